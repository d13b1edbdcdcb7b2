"""Says why the roll-out failed, in the words of the run that it started."""

from typing import NoReturn, TypedDict

from shared.failures import extract_sentence
from shared.launch_changes import list_made, read_changes
from shared.made_versions import delete_unused
from shared.run_records import read_run


class Event(TypedDict):
    AutoScalingGroupName: str
    ImageId: str
    HandedOn: list[str]
    Prepare: str
    Refresh: str


def explain_failed_run(event: Event, _context: object) -> NoReturn:
    # Where AWS refused the start there is no such run, and Automation hands on a text of its own.
    started = [one for one in (event["Refresh"], event["Prepare"]) if len(one) == 36]
    run = read_run(started[0]) if started else {"AutomationExecutionStatus": "Success"}
    status = run["AutomationExecutionStatus"]
    if status == "Success":
        step = "refreshInstances" if started else "prepare"
        take_back_versions(event["AutoScalingGroupName"], event["HandedOn"])
        raise Exception(
            f"The roll-out of image {event['ImageId']} did not go on, and the group was not changed: look "
            "at step "
            f"{step} of this run for AWS's reason, and start it again when that is mended."
        )
    raise Exception(
        extract_sentence(run.get("FailureMessage", ""))
        or f"Run {started[0]} of the roll-out of image {event['ImageId']} is {status} and does not say "
        "why: look at "
        "its steps, and at what it did to the group."
    )


def take_back_versions(group_name: str, handed_on: list[str]) -> None:
    """Those that prepare made, where the refresh was not started."""
    for template_id, number in list_made(read_changes(handed_on)):
        reason = delete_unused(group_name, template_id, number)
        if reason:
            raise Exception(
                f"Version {number} of launch template {template_id} could not be deleted ({reason}), "
                "though its roll-out "
                "did not go on: delete it by hand."
            )
