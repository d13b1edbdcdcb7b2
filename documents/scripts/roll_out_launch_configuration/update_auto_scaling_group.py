"""Sets the group to the launch configuration and tags the image as rolled out, or puts the group back."""

from functools import partial
from typing import TypedDict

from shared.autoscaling_client import autoscaling
from shared.groups import find_group
from shared.images import read_available_image
from shared.put_back import Change, make_change, put_back
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
    now = read_remaining_group(group_name).get("LaunchConfigurationName")
    refuse_changed(f"What Auto Scaling group {group_name} launches from", now, before)
    read_available_image(event["ImageId"])
    changes: list[Change] = []
    try:
        if name != before:
            what = f"Auto Scaling group {group_name}"
            restore = partial(restore_group, group_name, before, name)
            make_change(changes, what, partial(set_group, group_name, name), restore)
        # Somebody may have deleted it between the look and the change.
        read_available_image(event["ImageId"])
        tag_as_rolled_out(event["ImageId"], event["Before"])
    except Exception as error:
        raise put_back(error, changes, []) from error


def set_group(group_name: str, name: str) -> None:
    autoscaling.update_auto_scaling_group(AutoScalingGroupName=group_name, LaunchConfigurationName=name)


def restore_group(group_name: str, before: str, name: str, answered: bool) -> str | None:
    now = name if answered else find_group(group_name).get("LaunchConfigurationName")
    if now == name:
        set_group(group_name, before)
    return None if now in (name, before) else "it is on something else by now"
