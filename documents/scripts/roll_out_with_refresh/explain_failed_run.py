"""Says why the roll-out failed, in the words of the run that it started."""

import time
from typing import NoReturn, TypedDict

from shared.data import Data
from shared.failures import extract_sentence
from shared.final_statuses import FINAL
from shared.group_instances import list_with_image
from shared.groups import find_group
from shared.handed_on import read_handed_on, select_handed_on
from shared.parts import list_group_parts
from shared.remaining_group import read_remaining_group
from shared.run_records import read_run
from shared.run_versions import list_run_versions
from shared.unused_versions import delete_unused

# AWS gives two minutes to a run that is cancelled.
PATIENCE_SECONDS = 60


class Event(TypedDict):
    AutoScalingGroupName: str
    ImageId: str
    Prepared: list[str]
    Prepare: str
    Refresh: str


def explain_failed_run(event: Event, _context: object) -> NoReturn:
    # Where AWS refused a start there is no such run, and Automation hands on a text of its own.
    if len(event["Refresh"]) == 36:
        raise Exception(explain_refresh(event, read_run(event["Refresh"])))
    raise Exception(explain_prepare(event, read_ended_run(event["Prepare"])))


def explain_refresh(event: Event, run: Data) -> str:
    if run["AutomationExecutionStatus"] != "Success":
        return extract_sentence(run.get("FailureMessage", "")) or describe_run(event, run)
    return (
        f"Run {run['AutomationExecutionId']} succeeded, though this run did not hear of it: Auto Scaling "
        f"group {event['AutoScalingGroupName']} launches image {find_image_id(event)}; only the schedule was "
        "not switched off and no parameter was written, where that was wanted."
    )


def explain_prepare(event: Event, run: Data) -> str:
    """The versions that it made are taken back, because no refresh was started."""
    left: list[str] = []
    step = "prepare"
    said = ""
    if run:
        group = find_group(event["AutoScalingGroupName"])
        left = delete_unused(group, list_run_versions(group, run["AutomationExecutionId"]))
        step = "refreshInstances"
        if run["AutomationExecutionStatus"] != "Success":
            said = extract_sentence(run.get("FailureMessage", "")) or describe_run(event, run)
    said = said or (
        f"The roll-out of image {event['ImageId']} did not go on, and the group was not changed: look at "
        f"step {step} of this run for AWS's reason, and start it again when that is mended."
    )
    return f"{said.rstrip('.')}; delete by hand {'; '.join(left)}." if left else said


def read_ended_run(execution_id: str) -> Data:
    """Where this run is cancelled, it finds so itself and ends soon. None where there is no such run."""
    run = read_run(execution_id) if len(execution_id) == 36 else None
    deadline = time.time() + PATIENCE_SECONDS
    while run and run["AutomationExecutionStatus"] not in FINAL and time.time() < deadline:
        time.sleep(5)
        run = read_run(execution_id)
    return run


def describe_run(event: Event, run: Data) -> str:
    """What there is to say of a run that says nothing."""
    name, image_id = event["AutoScalingGroupName"], find_image_id(event)
    return (
        f"Run {run['AutomationExecutionId']} of the roll-out of image {image_id} is "
        f"{run['AutomationExecutionStatus']} and does not say why: look at its steps; Auto Scaling group "
        f"{name} launches from {describe_source(read_remaining_group(name))}, and "
        f"{len(list_with_image(name, image_id))} of its instances run the image."
    )


def find_image_id(event: Event) -> str:
    """What the word previous stands for is known when it is prepared."""
    return read_handed_on(select_handed_on(event["Prepared"])).get("ImageId", event["ImageId"])


def describe_source(group: Data) -> str:
    templates = [
        f"launch template {part['LaunchTemplateId']} version {part.get('Version', '$Default')}"
        for part in list_group_parts(group)
        if "LaunchTemplateId" in part
    ]
    return group.get("LaunchConfigurationName") or ", ".join(templates)
