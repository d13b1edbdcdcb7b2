"""May the group be changed at all?"""

from collections.abc import Mapping
from typing import Any

from shared.autoscaling_client import autoscaling
from shared.groups import find_group

REFRESH_ENDED = ("Successful", "Failed", "Cancelled", "RollbackSuccessful", "RollbackFailed")


def read_group(name: str) -> Any:
    group = find_group(name)
    if not group or group.get("Status"):
        raise Exception(
            f"Auto Scaling group {name} does not exist in this Region, or is being deleted: set "
            "autoScalingGroupName in the component and run pulumi up."
        )
    return group


def refuse_active_refresh(group_name: str) -> None:
    """It may roll back to what the group launches now, and takes back what is changed meanwhile."""
    answer = autoscaling.describe_instance_refreshes(AutoScalingGroupName=group_name)
    for refresh in answer["InstanceRefreshes"]:
        if refresh["Status"] not in REFRESH_ENDED:
            raise Exception(
                f"Instance refresh {refresh['InstanceRefreshId']} of Auto Scaling group {group_name} is "
                f"{refresh['Status']}: wait for its end, or cancel it, and start the runbook again."
            )


def refuse_other_kind(group: Mapping[str, Any], expected: str, *references: str) -> None:
    """An update with a launch configuration would discard a template."""
    if not any(group.get(name) for name in references):
        raise Exception(
            f"Auto Scaling group {group['AutoScalingGroupName']} launches from another kind of source now, "
            f"but this runbook is for {expected}: run pulumi up."
        )
