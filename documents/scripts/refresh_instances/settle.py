"""What is left to do when a refresh that did not succeed has come to its end."""

from typing import TypedDict

from shared.autoscaling_client import autoscaling
from shared.data import Data
from shared.group_instances import list_with_image
from shared.handed_on import read_handed_on
from shared.launch_changes import list_made, read_changes
from shared.made_versions import delete_unused
from shared.refresh_entries import is_rolling_back, read_entries
from shared.refresh_preferences import build_preferences
from shared.remaining_group import read_remaining_group
from shared.run_records import read_run

# What watches over a new image has nothing to say about the one before.
NOT_BACK = ("AlarmSpecification", "CheckpointPercentages", "CheckpointDelay", "BakeTime", "SkipMatching")


class Event(TypedDict):
    ExecutionId: str
    AutoScalingGroupName: str
    HandedOn: list[str]
    RefreshId: str
    Status: str
    InstanceRefresh: list[str]


def settle(event: Event, _context: object) -> dict[str, str]:
    """The refresh by which instances are replaced once more, or the one before where they are not."""
    name = event["AutoScalingGroupName"]
    group = read_remaining_group(name)
    if event["Status"] != "Successful":
        for version in list_made(read_changes(event["HandedOn"])):
            delete_unused(name, *version)
    given = read_entries(event["InstanceRefresh"])
    if not is_to_go_back(event, group, given):
        return {"RefreshId": event["RefreshId"]}
    preferences = build_preferences(given, group, can_roll_back=False)
    kept: Data = {key: value for key, value in preferences.items() if key not in NOT_BACK}
    answer = autoscaling.start_instance_refresh(AutoScalingGroupName=name, Preferences=kept)
    return {"RefreshId": answer["InstanceRefreshId"]}


def is_to_go_back(event: Event, group: Data, given: dict[str, list[str]]) -> bool:
    """AWS cannot roll a group with a launch configuration back: its instances are replaced once more.

    Who cancels a refresh or a run wants to see it stand still.
    """
    if "LaunchConfigurationName" not in group or not is_rolling_back(given):
        return False
    if event["Status"] in ("Successful", "Cancelling", "Cancelled") or is_cancelled(event["ExecutionId"]):
        return False
    image_id = read_handed_on(event["HandedOn"])["ImageId"]
    return bool(list_with_image(event["AutoScalingGroupName"], image_id))


def is_cancelled(execution_id: str) -> bool:
    run = read_run(execution_id)
    parent = run.get("ParentAutomationExecutionId")
    runs = [run, read_run(parent)] if parent else [run]
    return any(one["AutomationExecutionStatus"].startswith("Cancel") for one in runs)
