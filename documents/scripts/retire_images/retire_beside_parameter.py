"""Deletes as shared/retire.py does, and keeps what the group's parameter names and what it named before."""

from shared.history_tags import PREVIOUS_IMAGE_TAG
from shared.image_ownership import tags_of
from shared.named_image import read_named_image
from shared.naming import read_images
from shared.references import read_references
from shared.retire import Event, retire_unused
from shared.retire_state import State


def retire_beside_parameter(event: Event, _context: object) -> dict[str, str | list[str]]:
    return retire_unused(event, read_references_and_parameter)


def read_references_and_parameter(state: State, event: Event) -> None:
    # What launches is read before what it has launched: in the other order something could be missed.
    named = read_named_image(event["AutoScalingGroupName"])
    read_references(state, event)
    keep_named(state, event["AutoScalingGroupName"], named)


def keep_named(state: State, group_name: str, image_id: str) -> None:
    """Of the group's launch template EC2 tells the parameter, and not the image."""
    for image in read_images([image_id]).values() if image_id else []:
        state.users[image_id] = f"Auto Scaling group {group_name}"
        state.previous += tags_of(image).get(PREVIOUS_IMAGE_TAG, "").split()
