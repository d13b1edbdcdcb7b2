"""What the roll-out did, in words and as values."""

from typing import TypedDict


class Event(TypedDict):
    AutoScalingGroupName: str
    ImageId: str
    ImageName: str
    Versions: list[str]
    Before: dict[str, str]


def report(event: Event, _context: object) -> dict[str, object]:
    before, versions, left = event["Before"], event["Versions"], event["Before"]["LeftAlone"]
    through = ", ".join(f"launch template {version}" for version in versions)
    if versions == ["none"]:
        # The image is in overrides, or where it was already.
        through = "image ids of overrides" if before["ImageIds"] != "none" else before["PreviousLaunchSource"]
    summary = (
        f"Auto Scaling group {event['AutoScalingGroupName']} now launches image {event['ImageId']} "
        f"({event['ImageName']}) through {through}; before, it launched image {before['PreviousImageId']} "
        f"through {before['PreviousLaunchSource']}"
    ) + ("." if left == "none" else f"; of another architecture and left alone: {left}.")
    return {**event, **before, "Summary": summary}
