"""Why a run that this one started is no success."""

import re

from shared.failures import extract_sentence
from shared.final_statuses import FINAL
from shared.run_records import read_run


def explain_started_run(execution_id: str, subject: str, *, not_started: str, look: str, repair: str) -> str:
    """In its own words.

    `look` says what to look at where it goes on, `repair` what to do where it says nothing.
    """
    # Where AWS refused the start there is no such run, and Automation hands on a text of its own.
    if not re.fullmatch("[0-9a-f-]{36}", execution_id):
        return not_started
    run = read_run(execution_id)
    status = run["AutomationExecutionStatus"]
    # It may have ended well, but too late.
    if status not in FINAL or status == "Success":
        return f"{subject} did not end in the time that the run waits, and is {status} by now: {look}."
    return extract_sentence(run.get("FailureMessage", "")) or (
        f"{subject} ended {status} and does not say why: look at its steps, and {repair}."
    )
