"""What the run did, in words and as values."""

from typing import TypedDict

from shared.runs import read_run


class Event(TypedDict):
    """The values of steps that did not run are a text of Automation's own."""

    InstanceId: str
    EarlierRun: str
    ImageId: str
    ImageName: str
    RollOutExecutionId: str


def report(event: Event, _context: object) -> dict[str, str]:
    return report_image(event) if event["EarlierRun"] == "none" else report_earlier_run(event["EarlierRun"])


def report_earlier_run(execution_id: str) -> dict[str, str]:
    start = read_run(execution_id)["ExecutionStartTime"]
    return {
        "Summary": (
            f"Run {execution_id}, which started at {start}, is at work and goes on: this run made nothing."
        ),
        "ImageId": "none",
        "ImageName": "none",
        "RollOutExecutionId": "none",
        "EarlierRun": execution_id,
    }


def report_image(event: Event) -> dict[str, str]:
    # Automation has every output of a run as a list of texts.
    rolled_out = "".join(read_run(event["RollOutExecutionId"])["Outputs"]["report.Summary"])
    return {
        "Summary": (
            f"Image {event['ImageId']} ({event['ImageName']}) of golden instance {event['InstanceId']} was "
            f"made and rolled out: {rolled_out}"
        ),
        "ImageId": event["ImageId"],
        "ImageName": event["ImageName"],
        "RollOutExecutionId": event["RollOutExecutionId"],
        "EarlierRun": "none",
    }
