"""The way back from a refresh that did not succeed in its time, whatever the group launches from."""

import time
from collections.abc import Callable
from typing import TypedDict

from shared.cancelled_run import is_cancelled
from shared.data import Data
from shared.group_instances import list_staying
from shared.handed_on import read_handed_on
from shared.refreshes import ENDED, find_refresh

LATE_SECONDS = 60


class RollBackEvent(TypedDict):
    ExecutionId: str
    AutoScalingGroupName: str
    HandedOn: list[str]
    RefreshId: str
    InstanceRefresh: list[str]


# Stops a refresh, and gives it as it is then.
Stop = Callable[[str, Data], Data]


def stop_and_restore(event: RollBackEvent, stop: Stop, restore: Callable[[], object]) -> dict[str, object]:
    name, image_id = event["AutoScalingGroupName"], read_handed_on(event["HandedOn"])["ImageId"]
    refresh = find_refresh(name, event["RefreshId"])
    # An attempt before this one may have stopped it.
    is_stopped = bool(refresh) and refresh["Status"] not in ENDED
    try:
        if is_stopped:
            refresh = stop(name, refresh)
    finally:
        # Even where it could not be stopped.
        if event["RefreshId"] != "refused" and is_ours_to_restore(refresh):
            if event["RefreshId"] == "failed":
                # After so long a call that got no answer is made, or never will be.
                time.sleep(LATE_SECONDS)
            restore()
    return {
        "RefreshId": refresh["InstanceRefreshId"] if refresh else "none",
        "Stopped": why_stopped(event["ExecutionId"]) if is_stopped else "no",
        "NewInstances": list_staying(name, image_id, refresh),
    }


def is_ours_to_restore(refresh: Data) -> bool:
    """With a desired configuration AWS changes the group, and only when the refresh has succeeded."""
    return not refresh or not (refresh.get("DesiredConfiguration") or refresh["Status"] == "Successful")


def why_stopped(execution_id: str) -> str:
    return "cancelled" if is_cancelled(execution_id) else "late"
