"""What the roll-out did, in words and as values."""

from typing import TypedDict


class Event(TypedDict):
    AutoScalingGroupName: str
    ImageId: str
    ImageName: str
    LaunchConfigurationName: str
    Before: dict[str, str]


def report(event: Event, _context: object) -> dict[str, str]:
    before = event["Before"]
    through = f"launch configuration {event['LaunchConfigurationName']}"
    return {
        "Summary": (
            f"Auto Scaling group {event['AutoScalingGroupName']} now launches image {event['ImageId']} "
            f"({event['ImageName']}) through {through}; before, it launched image "
            f"{before['PreviousImageId']} through {before['LaunchSource']}."
        ),
        "ImageId": event["ImageId"],
        "ImageName": event["ImageName"],
        "LaunchSource": through,
        "LaunchConfigurationName": event["LaunchConfigurationName"],
        "PreviousLaunchSource": before["LaunchSource"],
        "PreviousLaunchConfigurationName": before["PreviousLaunchConfigurationName"],
        "PreviousImageId": before["PreviousImageId"],
    }
