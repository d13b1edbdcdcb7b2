"""Sets the group to the launch configuration and tags the image as rolled out, or puts the group back."""

from typing import TypedDict

from shared.images import read_available_image
from shared.launch_source import change_launch_source
from shared.put_back import Change, put_back
from shared.roll_out_guard import read_unchanged_group, refuse_other_runs
from shared.roll_out_tags import tag_as_rolled_out


class Event(TypedDict):
    ExecutionId: str
    ImageId: str
    AutoScalingGroupName: str
    LaunchConfigurationName: str
    Before: dict[str, str]


def update_auto_scaling_group(event: Event, _context: object) -> None:
    group_name, name = event["AutoScalingGroupName"], event["LaunchConfigurationName"]
    refuse_other_runs(event["ExecutionId"], event["ImageId"])
    group = read_unchanged_group(group_name, event["Before"]["Seen"])
    image = read_available_image(event["ImageId"])
    changes: list[Change] = []
    try:
        if group["LaunchConfigurationName"] != name:
            change_launch_source(
                changes, group, {"AutoScalingGroupName": group_name, "LaunchConfigurationName": name}
            )
        # Somebody may have deleted it between the look and the change.
        read_available_image(event["ImageId"])
        tag_as_rolled_out(image, group_name, event["Before"]["ImageIds"])
    except Exception as error:
        put_back(changes, error)
        raise
