"""What the roll-out did, in words and as values."""

from typing import Any, TypedDict


class Event(TypedDict):
    AutoScalingGroupName: str
    ImageId: str
    ImageName: str
    Versions: list[str]
    Before: dict[str, str]


def report(event: Event, _context: object) -> dict[str, Any]:
    before = event["Before"]
    through = describe_source(event["Versions"], before)
    summary = (
        f"Auto Scaling group {event['AutoScalingGroupName']} now launches image {event['ImageId']} "
        f"({event['ImageName']}) through {through}; before, it launched image {before['PreviousImageId']} "
        f"through {before['LaunchSource']}"
    )
    if before["LeftAlone"] != "none":
        summary += f"; of another architecture and left alone: {before['LeftAlone']}"
    return {
        "Summary": f"{summary}.",
        "ImageId": event["ImageId"],
        "ImageName": event["ImageName"],
        "LaunchSource": through,
        "LaunchTemplateVersions": event["Versions"],
        "PreviousLaunchSource": before["LaunchSource"],
        "PreviousImageId": before["PreviousImageId"],
        "LeftAlone": before["LeftAlone"],
    }


def describe_source(versions: list[str], before: dict[str, str]) -> str:
    if versions != ["none"]:
        return ", ".join(f"launch template {version}" for version in versions)
    # Without a new version the image is in overrides, or where it was already.
    return "image ids of overrides" if before["ImageIds"] != "none" else before["LaunchSource"]
