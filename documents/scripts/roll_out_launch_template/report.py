"""What the roll-out did, in words and as values."""

import re
from typing import TypedDict

from shared.hand_on import hand_on
from shared.roll_out_report import describe_schedule


class Event(TypedDict):
    AutoScalingGroupName: str
    ImageId: str
    ImageName: str
    Versions: list[str]
    Before: dict[str, str]
    Changes: list[str]
    Pause: str
    RuleName: str
    ReplaceInstances: str


def report(event: Event, _context: object) -> dict[str, object]:
    before, versions, left = event["Before"], event["Versions"], event["Before"]["LeftAlone"]
    through = ", ".join(f"launch template {version}" for version in versions)
    if versions == ["none"]:
        # The image is in overrides, or where it was already.
        through = "image ids of overrides" if before["ImageIds"] != "none" else before["PreviousLaunchSource"]
    # Where instances are replaced too, the group is changed next.
    is_all = event["ReplaceInstances"] == "false"
    launches = "now launches" if is_all else "is to launch"
    summary = (
        f"Auto Scaling group {event['AutoScalingGroupName']} {launches} image {event['ImageId']} "
        f"({event['ImageName']}) through {through}; before, it launched image {before['PreviousImageId']} "
        f"through {before['PreviousLaunchSource']}"
    ) + ("." if left == "none" else f"; of another architecture and left alone: {left}.")
    return {
        **event,
        **before,
        "Summary": summary,
        "Schedule": describe_schedule(event["Pause"] if is_all else "false", event["RuleName"]),
        "HandedOn": ["none"] if is_all else list_handed_on(event),
    }


def list_handed_on(event: Event) -> list[str]:
    before = event["Before"]
    known = {name: before[name] for name in ("Seen", "IsOurs", "ImageIds", "Launched")}
    known |= {"ImageId": event["ImageId"], "Pause": event["Pause"]}
    places = [*event["Changes"], *(keep(one) for one in before["Kept"].split(";"))]
    return hand_on(known, [one for one in places if one != "none"])


def keep(plan: str) -> str:
    """As a change, to the version that there is: `base lt-1 4 4 number`."""
    return re.sub(r" (\d+) (\w+)$", r" \1 \1 \2", plan)
