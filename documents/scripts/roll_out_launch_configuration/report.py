"""What the roll-out did, in words and as values."""

from typing import TypedDict


class Event(TypedDict):
    AutoScalingGroupName: str
    ImageId: str
    ImageName: str
    LaunchConfigurationName: str
    Before: dict[str, str]


def report(event: Event, _context: object) -> dict[str, object]:
    before = event["Before"]
    through = f"launch configuration {event['LaunchConfigurationName']}"
    summary = (
        f"Auto Scaling group {event['AutoScalingGroupName']} now launches image {event['ImageId']} "
        f"({event['ImageName']}) through {through}; before, it launched image {before['PreviousImageId']} "
        f"through {before['LaunchSource']}."
    )
    return {
        **event,
        **before,
        "Summary": summary,
        "LaunchSource": through,
        "PreviousLaunchSource": before["LaunchSource"],
    }
