"""What the run did, in words and as values."""

from typing import TypedDict

from shared.run_records import read_run


class Event(TypedDict):
    """The values of steps that did not run are a text of Automation's own."""

    InstanceId: str
    EarlierRun: str
    ImageId: str
    ImageName: str
    RollOutExecutionId: str


def report(event: Event, _context: object) -> dict[str, str]:
    if event["EarlierRun"] != "none":
        nothing = dict.fromkeys(("ImageId", "ImageName", "RollOutExecutionId"), "none")
        return {**nothing, "EarlierRun": event["EarlierRun"], "Summary": tell_of_earlier_run(event)}
    return {
        "ImageId": event["ImageId"],
        "ImageName": event["ImageName"],
        "RollOutExecutionId": event["RollOutExecutionId"],
        "EarlierRun": "none",
        "Summary": tell_of_image(event),
    }


def tell_of_earlier_run(event: Event) -> str:
    start = read_run(event["EarlierRun"])["ExecutionStartTime"]
    return (
        f"Run {event['EarlierRun']}, which started at {start}, is at work and goes on: this run made nothing."
    )


def tell_of_image(event: Event) -> str:
    # Automation has every output of a run as a list of texts.
    summary = "".join(read_run(event["RollOutExecutionId"])["Outputs"]["report.Summary"])
    return (
        f"Image {event['ImageId']} ({event['ImageName']}) of golden instance {event['InstanceId']} was made "
        f"and rolled out: {summary}"
    )
