"""Gives the parameter the image, and writes down what was rolled out, or puts the parameter back."""

from typing import TypedDict

from shared.image_parameter import explain_parameter
from shared.images import read_available_image
from shared.parameter_change import change_parameter
from shared.parameter_source import read_parameter_source
from shared.put_back import Change, put_back
from shared.remaining_group import read_remaining_group
from shared.roll_out_guard import refuse_other_runs
from shared.roll_out_tags import tag_as_rolled_out
from shared.unchanged import refuse_changed


class Event(TypedDict):
    ExecutionId: str
    AutoScalingGroupName: str
    ImageId: str
    Before: dict[str, str]


def put_parameter(event: Event, _context: object) -> dict[str, str]:
    """The version of the parameter that names the image."""
    name, image_id, before = event["AutoScalingGroupName"], event["ImageId"], event["Before"]
    refuse_other_runs(event["ExecutionId"], image_id)
    refuse_moved(name, before)
    read_available_image(image_id)
    changes: list[Change] = []
    version = before["ParameterVersion"]
    try:
        if before["PreviousImageId"] != image_id:
            version = change_parameter(before, image_id, changes)
        # Somebody may have deleted it between the look and the change.
        read_available_image(image_id)
        tag_as_rolled_out(image_id, before)
    except Exception as error:
        raise put_back(explain_parameter(before["Parameter"], error), changes, []) from error
    return {"ParameterVersion": version}


def refuse_moved(group_name: str, before: dict[str, str]) -> None:
    """What the group refers to, the version that this means, and what the parameter names."""
    group = read_remaining_group(group_name)
    # Where the group has no launch template any more, there is no parameter to read.
    seen = read_parameter_source(group)["seen"] if group.get("LaunchTemplate") else ""
    refuse_changed(f"What Auto Scaling group {group_name} launches from", seen, before["Seen"])
