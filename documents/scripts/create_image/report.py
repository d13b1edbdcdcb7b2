"""What the run did, in words and as values."""

from typing import Final, TypedDict

from shared.run_records import read_run

MADE: Final = ("ImageId", "ImageName", "RollOutExecutionId")


class Event(TypedDict):
    """The values of steps that did not run are a text of Automation's own."""

    InstanceId: str
    EarlierRun: str
    ImageId: str
    ImageName: str
    RollOutExecutionId: str


def report(event: Event, _context: object) -> dict[str, str]:
    earlier = event["EarlierRun"]
    if earlier != "none":
        start = read_run(earlier)["ExecutionStartTime"]
        summary = f"Run {earlier}, which started at {start}, is at work and goes on: this run made nothing."
        return {"Summary": summary, **dict.fromkeys(MADE, "none"), "EarlierRun": earlier}
    # Automation has every output of a run as a list of texts.
    rolled_out = "".join(read_run(event["RollOutExecutionId"])["Outputs"]["report.Summary"])
    summary = (
        f"Image {event['ImageId']} ({event['ImageName']}) of golden instance {event['InstanceId']} was made "
        f"and rolled out: {rolled_out}"
    )
    return {"Summary": summary, **{name: event[name] for name in MADE}, "EarlierRun": "none"}
