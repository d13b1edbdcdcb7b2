"""Sets the group to the launch configuration and tags the image as rolled out, or puts the group back."""

from typing import TypedDict

from shared.configuration_change import change_configuration
from shared.images import read_available_image
from shared.put_back import Change, put_back
from shared.remaining_group import read_remaining_group
from shared.roll_out_guard import refuse_other_runs
from shared.roll_out_tags import tag_as_rolled_out
from shared.unchanged import refuse_changed


class Event(TypedDict):
    ExecutionId: str
    ImageId: str
    AutoScalingGroupName: str
    LaunchConfigurationName: str
    Before: dict[str, str]


def update_auto_scaling_group(event: Event, _context: object) -> None:
    group_name, name = event["AutoScalingGroupName"], event["LaunchConfigurationName"]
    refuse_other_runs(event["ExecutionId"], event["ImageId"])
    before = event["Before"]["PreviousLaunchConfigurationName"]
    group = read_remaining_group(group_name)
    now = group.get("LaunchConfigurationName")
    refuse_changed(f"What Auto Scaling group {group_name} launches from", now, before)
    read_available_image(event["ImageId"])
    changes: list[Change] = []
    try:
        change_configuration(group, name, changes)
        # Somebody may have deleted it between the look and the change.
        read_available_image(event["ImageId"])
        tag_as_rolled_out(event["ImageId"], event["Before"])
    except Exception as error:
        raise put_back(error, changes, []) from error
