"""Is the group what it was when the run began?"""

from typing import Any

from shared.groups import find_group, fingerprint


def read_unchanged_group(name: str, seen: str) -> Any:
    group = find_group(name)
    if not group or group.get("Status"):
        raise Exception(
            f"Auto Scaling group {name} was deleted during this run, or is being deleted: set "
            "autoScalingGroupName in the component to a group that stays and run pulumi up."
        )
    if fingerprint(group) != seen:
        raise Exception(
            f"Auto Scaling group {name} does not use any more what it used when this run began, and was left "
            "as it is: see who changed it, and start the runbook again."
        )
    return group
