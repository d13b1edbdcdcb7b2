"""The start of an instance refresh."""

import time

from botocore.exceptions import BotoCoreError, ClientError

from shared.autoscaling_client import autoscaling
from shared.data import Data
from shared.refreshes import read_refreshes


def start_instance_refresh(request: Data) -> str:
    """StartInstanceRefresh has no client token: without an answer one looks whether there is one now."""
    name = request["AutoScalingGroupName"]
    known = [one["InstanceRefreshId"] for one in read_refreshes(name)]
    try:
        return str(autoscaling.start_instance_refresh(**request)["InstanceRefreshId"])
    except (BotoCoreError, ClientError) as error:
        for _ in range(12 if isinstance(error, BotoCoreError) else 1):
            for one in read_refreshes(name):
                if one["InstanceRefreshId"] not in known and is_asked_for(one, request):
                    return str(one["InstanceRefreshId"])
            time.sleep(5)
        raise


def is_asked_for(refresh: Data, request: Data) -> bool:
    """Somebody else may have started another one in the same moment.

    What AWS does not show makes no difference.
    """
    asked = request["Preferences"]
    has = refresh.get("Preferences", {})
    return bool(refresh.get("DesiredConfiguration")) == ("DesiredConfiguration" in request) and all(
        has[name] == value for name, value in asked.items() if name in has
    )
