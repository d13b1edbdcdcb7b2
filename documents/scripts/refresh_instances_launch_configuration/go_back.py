"""Replaces instances once more: AWS cannot roll a group with a launch configuration back."""

from typing import TypedDict

from shared.autoscaling_client import autoscaling
from shared.data import Data
from shared.group_instances import list_with_image
from shared.handed_on import read_handed_on
from shared.refresh_entries import is_rolling_back
from shared.refreshes import find_refresh
from shared.remaining_group import read_remaining_group

# What watches over a new image has nothing to say about the one before.
NOT_BACK = (
    "AlarmSpecification",
    "AutoRollback",
    "BakeTime",
    "CheckpointDelay",
    "CheckpointPercentages",
    "SkipMatching",
)
# Where AWS does not say how the first one replaced them.
SAFE = {"MinHealthyPercentage": 100, "MaxHealthyPercentage": 110}


class Event(TypedDict):
    AutoScalingGroupName: str
    HandedOn: list[str]
    RefreshId: str
    Stopped: str
    InstanceRefresh: list[str]


def go_back(event: Event, _context: object) -> dict[str, str]:
    """The refresh that does so, or none."""
    name = event["AutoScalingGroupName"]
    refresh = find_refresh(name, event["RefreshId"])
    if not is_wanted(event, refresh) or "LaunchConfigurationName" not in read_remaining_group(name):
        return {"RefreshId": "none"}
    if not list_with_image(name, read_handed_on(event["HandedOn"])["ImageId"]):
        return {"RefreshId": "none"}
    asked = refresh.get("Preferences", SAFE)
    kept: Data = {key: value for key, value in asked.items() if key not in NOT_BACK}
    answer = autoscaling.start_instance_refresh(AutoScalingGroupName=name, Preferences=kept)
    return {"RefreshId": str(answer["InstanceRefreshId"])}


def is_wanted(event: Event, refresh: Data) -> bool:
    """Who cancels a refresh or a run wants to see it stand still."""
    if refresh["Status"] == "Successful" or not is_rolling_back(event["InstanceRefresh"]):
        return False
    return event["Stopped"] == "late" or bool(refresh["Status"] == "Failed")
