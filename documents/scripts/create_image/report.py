"""What the run did, in words and as values."""

from typing import NotRequired, TypedDict

from shared.run_records import read_run

MADE = ("ImageId", "ImageName", "RollOutExecutionId")


class Event(TypedDict):
    """The values of steps that did not run are a text of Automation's own."""

    InstanceId: str
    EarlierRun: str
    Outliving: list[str]
    Unchanged: NotRequired[str]
    ImageId: str
    ImageName: str
    RollOutExecutionId: str
    PatchExecutionId: NotRequired[str]


def report(event: Event, _context: object) -> dict[str, object]:
    nothing = find_reason_for_nothing(event)
    if nothing:
        return {
            **event,
            **dict.fromkeys(MADE, "none"),
            "Unchanged": read_unchanged(event) or "none",
            "Summary": nothing,
        }
    # Automation has every output of a run as a list of texts.
    rolled_out = "".join(read_run(event["RollOutExecutionId"])["Outputs"]["report.Summary"])
    summary = (
        f"Image {event['ImageId']} ({event['ImageName']}) of golden instance {event['InstanceId']} was made "
        f"and rolled out: {rolled_out}"
    )
    patched = describe_patches(event.get("PatchExecutionId", ""))
    return {
        **event,
        "Unchanged": "none",
        "Summary": patched + summary + describe_outliving(event["Outliving"]),
    }


def describe_patches(execution_id: str) -> str:
    """What the runbook did that is started before the image is taken, where there is one."""
    if len(execution_id) != 36:
        return ""
    return f"{''.join(read_run(execution_id)['Outputs']['report.Summary'])} "


def find_reason_for_nothing(event: Event) -> str:
    """Why the run made nothing; an empty text where it made an image."""
    if event["EarlierRun"] != "none":
        return f"Run {event['EarlierRun']} is at work and goes on: this run made nothing."
    if read_unchanged(event):
        return (
            f"Nothing changed: golden instance {event['InstanceId']} has been stopped since image "
            f"{event['Unchanged']} was made of it, which the group launches, so that this run made nothing."
        )
    return ""


def read_unchanged(event: Event) -> str:
    unchanged = event.get("Unchanged", "")
    return unchanged if unchanged.startswith("ami-") else ""


def describe_outliving(devices: list[str]) -> str:
    if devices == ["none"]:
        return ""
    return (
        f" Volumes at {', '.join(devices)} outlive each instance that is launched, and cost money until "
        "somebody deletes them: set DeleteOnTermination on the golden instance, or exclude the devices."
    )
