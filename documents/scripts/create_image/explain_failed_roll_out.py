"""Says why the roll-out failed, in its own words."""

import re
from collections.abc import Mapping
from typing import Any, NoReturn, TypedDict

from shared.failures import extract_sentence
from shared.runs import FINAL, read_run


class Event(TypedDict):
    ImageId: str
    RollOutExecutionId: str


def explain_failed_roll_out(event: Event, _context: object) -> NoReturn:
    # Where AWS refused the start there is no such run, and Automation hands on a text of its own.
    if re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", event["RollOutExecutionId"]):
        raise Exception(explain(event["ImageId"], read_run(event["RollOutExecutionId"])))
    raise Exception(
        f"The roll-out of image {event['ImageId']} was not started, and the group was not changed: look at "
        "step rollOut of this run for AWS's reason, and start the roll-out runbook with this image when it "
        "is mended."
    )


def explain(image_id: str, roll_out: Mapping[str, Any]) -> str:
    status = roll_out["AutomationExecutionStatus"]
    subject = f"Roll-out {roll_out['AutomationExecutionId']} of image {image_id}"
    late = f"{subject} did not end within an hour, for which the run waits"
    if status not in FINAL:
        return f"{late}, and is {status}: look at it, because it may still change the group."
    if status == "Success":
        return f"{late}, but did so since: the group launches the image; look at what took so long."
    return extract_sentence(roll_out.get("FailureMessage", "")) or (
        f"{subject} ended {status} and does not say why: look at its steps, and start the roll-out runbook "
        "with this image when that is mended."
    )
