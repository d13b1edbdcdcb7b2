"""A group that exists, and is to go on existing."""

from shared.data import Data
from shared.groups import find_group


def read_existing_group(name: str) -> Data:
    group = find_group(name)
    if not group or group.get("Status"):
        raise Exception(
            f"Auto Scaling group {name} does not exist in this Region, or is being deleted: set "
            "autoScalingGroupName and run pulumi up."
        )
    return group
