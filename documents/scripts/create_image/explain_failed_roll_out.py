"""Says why the roll-out failed, in its own words."""

import re
from typing import NoReturn, TypedDict

from shared.data import Data
from shared.failures import extract_sentence
from shared.final_statuses import FINAL
from shared.run_records import read_run


class Event(TypedDict):
    ImageId: str
    RollOutExecutionId: str


def explain_failed_roll_out(event: Event, _context: object) -> NoReturn:
    image_id, roll_out_id = event["ImageId"], event["RollOutExecutionId"]
    # Where AWS refused the start there is no such run, and Automation hands on a text of its own.
    if re.fullmatch("[0-9a-f-]{36}", roll_out_id):
        raise Exception(explain(f"Roll-out {roll_out_id} of image {image_id}", read_run(roll_out_id)))
    raise Exception(
        f"The roll-out of image {image_id} was not started, and the group was not changed: look at step "
        "rollOut of this run for AWS's reason, and start the roll-out runbook with this image when it is "
        "mended."
    )


def explain(subject: str, roll_out: Data) -> str:
    status = roll_out["AutomationExecutionStatus"]
    # It may have ended well, but too late.
    if status not in FINAL or status == "Success":
        return (
            f"{subject} did not end in the time that the run waits, and is {status} by now: look at what it "
            "does to the group."
        )
    return extract_sentence(roll_out.get("FailureMessage", "")) or (
        f"{subject} ended {status} and does not say why: look at its steps, and start the roll-out runbook "
        "with this image when that is mended."
    )
