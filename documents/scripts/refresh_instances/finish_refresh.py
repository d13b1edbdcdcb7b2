"""Writes down what was rolled out, when all instances are replaced."""

from typing import TypedDict

from shared.handed_on import read_handed_on
from shared.roll_out_tags import tag_as_rolled_out


class Event(TypedDict):
    AutoScalingGroupName: str
    HandedOn: list[str]
    RefreshId: str


def finish_refresh(event: Event, _context: object) -> dict[str, str]:
    name, handed = event["AutoScalingGroupName"], read_handed_on(event["HandedOn"])
    try:
        tag_as_rolled_out(handed["ImageId"], handed)
    except Exception as error:
        raise Exception(
            f"Auto Scaling group {name} launches image {handed['ImageId']} and its instances run it, but "
            "that "
            f"could not be written down ({error}): start the roll-out again with this image."
        ) from error
    refresh_id = event["RefreshId"]
    what = (
        "No instance had to be replaced"
        if refresh_id == "none"
        else f"Instance refresh {refresh_id} succeeded"
    )
    return {"Summary": what}
