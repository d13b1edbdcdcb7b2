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
    summary = (
        f"Auto Scaling group {event['AutoScalingGroupName']} now launches image {event['ImageId']} "
        f"({event['ImageName']}) through launch configuration {event['LaunchConfigurationName']}; before, it "
        f"launched image {before['PreviousImageId']} through launch configuration "
        f"{before['PreviousLaunchConfigurationName']}."
    )
    return {**event, **before, "Summary": summary}
