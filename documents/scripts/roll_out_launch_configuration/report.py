"""What the roll-out did, in words and as values."""

from typing import TypedDict


class Event(TypedDict):
    AutoScalingGroupName: str
    ImageId: str
    ImageName: str
    LaunchConfigurationName: str
    Lost: str
    Before: dict[str, str]


def report(event: Event, _context: object) -> dict[str, object]:
    before = event["Before"]
    summary = (
        f"Auto Scaling group {event['AutoScalingGroupName']} now launches image {event['ImageId']} "
        f"({event['ImageName']}) through launch configuration {event['LaunchConfigurationName']}; before, it "
        f"launched image {before['PreviousImageId']} through launch configuration "
        f"{before['PreviousLaunchConfigurationName']}."
    )
    if event["Lost"] != "none":
        summary += f" The new launch configuration no longer has what that one had: {event['Lost']}."
    return {**event, **before, "Summary": summary}
