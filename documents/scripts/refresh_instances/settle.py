"""What is left to do when a refresh that did not succeed has come to its end."""

from typing import TypedDict

from shared.autoscaling_client import autoscaling
from shared.data import Data
from shared.group_instances import list_with_image
from shared.handed_on import read_handed_on
from shared.refresh_preferences import safe_percentages
from shared.refreshes import find_refresh
from shared.remaining_group import read_remaining_group
from shared.unused_versions import delete_unused

# What watches over a new image has nothing to say about the one before.
NOT_BACK = (
    "AlarmSpecification",
    "AutoRollback",
    "BakeTime",
    "CheckpointDelay",
    "CheckpointPercentages",
    "SkipMatching",
)


class Event(TypedDict):
    AutoScalingGroupName: str
    HandedOn: list[str]
    RefreshId: str
    Stopped: str
    InstanceRefresh: list[str]


def settle(event: Event, _context: object) -> dict[str, str]:
    """The refresh by which instances are replaced once more, and the versions that could not be deleted."""
    name = event["AutoScalingGroupName"]
    refresh = find_refresh(name, event["RefreshId"])
    if refresh and refresh["Status"] == "Successful":
        return {"RefreshId": "none", "Left": "none"}
    left = delete_unused(name, event["HandedOn"])
    return {"RefreshId": go_back(event, refresh), "Left": "; ".join(left) or "none"}


def go_back(event: Event, refresh: Data) -> str:
    """AWS cannot roll a group with a launch configuration back: its instances are replaced once more."""
    name = event["AutoScalingGroupName"]
    group = read_remaining_group(name)
    # Who cancels a refresh or a run wants to see it stand still.
    is_wanted = event["Stopped"] == "late" or (bool(refresh) and refresh["Status"] == "Failed")
    if (
        "LaunchConfigurationName" not in group
        or not is_wanted
        or "AutoRollback=false" in event["InstanceRefresh"]
    ):
        return "none"
    if not list_with_image(name, read_handed_on(event["HandedOn"])["ImageId"]):
        return "none"
    before = refresh.get("Preferences", {})
    kept = {key: value for key, value in before.items() if key not in NOT_BACK}
    request: Data = {"AutoScalingGroupName": name, "Preferences": {**safe_percentages(group), **kept}}
    return str(autoscaling.start_instance_refresh(**request)["InstanceRefreshId"])
