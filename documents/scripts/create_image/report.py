"""What the run did, in words and as values."""

from typing import TypedDict

from shared.run_records import read_run


class Event(TypedDict):
    """The values of steps that did not run are a text of Automation's own."""

    InstanceId: str
    EarlierRun: str
    Outliving: list[str]
    ImageId: str
    ImageName: str
    RollOutExecutionId: str


def report(event: Event, _context: object) -> dict[str, object]:
    if event["EarlierRun"] != "none":
        summary = f"Run {event['EarlierRun']} is at work and goes on: this run made nothing."
        made = ("ImageId", "ImageName", "RollOutExecutionId")
        return {**event, **dict.fromkeys(made, "none"), "Summary": summary}
    # Automation has every output of a run as a list of texts.
    rolled_out = "".join(read_run(event["RollOutExecutionId"])["Outputs"]["report.Summary"])
    summary = (
        f"Image {event['ImageId']} ({event['ImageName']}) of golden instance {event['InstanceId']} was made "
        f"and rolled out: {rolled_out}"
    )
    return {**event, "Summary": summary + describe_outliving(event["Outliving"])}


def describe_outliving(devices: list[str]) -> str:
    if devices == ["none"]:
        return ""
    return (
        f" Volumes at {', '.join(devices)} outlive each instance that is launched, and cost money until "
        "somebody deletes them: set DeleteOnTermination on the golden instance, or exclude the devices."
    )
