"""What the roll-out did, in words and as values."""

from typing import TypedDict

from shared.hand_on import hand_on
from shared.roll_out_report import describe_schedule


class Event(TypedDict):
    AutoScalingGroupName: str
    ImageId: str
    ImageName: str
    LaunchConfigurationName: str
    Lost: str
    Before: dict[str, str]
    Pause: str
    RuleName: str
    ReplaceInstances: str


def report(event: Event, _context: object) -> dict[str, object]:
    before = event["Before"]
    # Where instances are replaced too, the group is changed next.
    is_all = event["ReplaceInstances"] == "false"
    launches = "now launches" if is_all else "is to launch"
    summary = (
        f"Auto Scaling group {event['AutoScalingGroupName']} {launches} image {event['ImageId']} "
        f"({event['ImageName']}) through launch configuration {event['LaunchConfigurationName']}; before, it "
        f"launched image {before['PreviousImageId']} through launch configuration "
        f"{before['PreviousLaunchConfigurationName']}."
    )
    if event["Lost"] != "none":
        summary += f" The new launch configuration no longer has what that one had: {event['Lost']}."
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
    known |= {
        "LaunchConfigurationName": event["LaunchConfigurationName"],
        "Previous": before["PreviousLaunchConfigurationName"],
    }
    return hand_on(known, [])
