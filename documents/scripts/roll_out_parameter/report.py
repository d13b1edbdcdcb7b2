"""What the roll-out did, in words and as values."""

from typing import TypedDict

from shared.roll_out_report import describe_schedule


class Event(TypedDict):
    AutoScalingGroupName: str
    ImageId: str
    ImageName: str
    ParameterVersion: str
    Before: dict[str, str]
    Pause: str
    RuleName: str


def report(event: Event, _context: object) -> dict[str, object]:
    before = event["Before"]
    summary = (
        f"Auto Scaling group {event['AutoScalingGroupName']} now launches image {event['ImageId']} "
        f"({event['ImageName']}) through version {event['ParameterVersion']} of parameter "
        f"{before['Parameter']}; before, it launched image {before['PreviousImageId']} through "
        f"{before['PreviousLaunchSource']}."
    )
    return {
        **before,
        **event,
        "ParameterName": before["Parameter"],
        "Summary": summary,
        "Schedule": describe_schedule(event["Pause"], event["RuleName"]),
    }
