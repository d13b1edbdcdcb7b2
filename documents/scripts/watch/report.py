"""What the run measured, in words and as values. It calls nothing."""

from typing import TypedDict


class Event(TypedDict):
    AutoScalingGroupName: str
    HoursSinceSuccess: str
    ImageAgeDays: str
    ImageId: str


def report(event: Event, _context: object) -> dict[str, object]:
    summary = (
        f"Image {event['ImageId']}, the oldest that Auto Scaling group {event['AutoScalingGroupName']} "
        f"launches, is {event['ImageAgeDays']} days old; the last success was {event['HoursSinceSuccess']} "
        "hours ago."
    )
    return {**event, "Summary": summary}
