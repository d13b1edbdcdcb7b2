"""Writes what the group launches now into a parameter, for others to read."""

from typing import NotRequired, TypedDict

from botocore.exceptions import BotoCoreError, ClientError

from shared.booleans import is_true
from shared.image_parameter import write_parameter


class Event(TypedDict):
    ImageParameterName: str
    ImageId: str
    ReplaceInstances: NotRequired[str]


def publish_image(event: Event, _context: object) -> None:
    name, image_id = event["ImageParameterName"], event["ImageId"]
    # Where instances are replaced too, the group launches the image only when they are.
    if name == "none" or is_true(event.get("ReplaceInstances", "false")):
        return
    try:
        write_parameter(name, image_id)
    except (BotoCoreError, ClientError) as error:
        raise Exception(
            f"The group launches image {image_id}, but parameter {name} does not name it ({error}): mend "
            "that and start the roll-out again with this image."
        ) from error
