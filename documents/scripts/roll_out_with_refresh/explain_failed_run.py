"""Says why the roll-out failed, in the words of the run that it started."""

from typing import NoReturn, TypedDict

from shared.data import Data
from shared.failures import extract_sentence
from shared.group_instances import list_with_image
from shared.handed_on import read_handed_on, select_handed_on
from shared.parts import list_parts
from shared.remaining_group import read_remaining_group
from shared.run_records import read_run
from shared.unused_versions import delete_unused


class Event(TypedDict):
    AutoScalingGroupName: str
    ImageId: str
    Prepared: list[str]
    Prepare: str
    Refresh: str


def explain_failed_run(event: Event, _context: object) -> NoReturn:
    # Where AWS refused the start there is no such run, and Automation hands on a text of its own.
    started = [one for one in (event["Refresh"], event["Prepare"]) if len(one) == 36]
    run = read_run(started[0]) if started else {"AutomationExecutionStatus": "Success"}
    if run["AutomationExecutionStatus"] == "Success":
        raise Exception(explain_missing_run(event, "refreshInstances" if started else "prepare"))
    raise Exception(extract_sentence(run.get("FailureMessage", "")) or describe_run(event, run))


def explain_missing_run(event: Event, step: str) -> str:
    """The versions that prepare made are taken back, where the refresh was not started."""
    left = delete_unused(event["AutoScalingGroupName"], select_handed_on(event["Prepared"]))
    by_hand = f", and delete by hand {'; '.join(left)}" if left else ""
    return (
        f"The roll-out of image {event['ImageId']} did not go on, and the group was not changed: look at "
        f"step {step} of this run for AWS's reason, and start it again when that is mended{by_hand}."
    )


def describe_run(event: Event, run: Data) -> str:
    """What there is to say of a run that says nothing."""
    name = event["AutoScalingGroupName"]
    image_id = read_handed_on(select_handed_on(event["Prepared"])).get("ImageId", event["ImageId"])
    return (
        f"Run {run['AutomationExecutionId']} of the roll-out of image {image_id} is "
        f"{run['AutomationExecutionStatus']} and does not say why: look at its steps; Auto Scaling group "
        f"{name} launches from {describe_source(read_remaining_group(name))}, and "
        f"{len(list_with_image(name, image_id))} of its instances run the image."
    )


def describe_source(group: Data) -> str:
    parts = list_parts([group.get("LaunchTemplate"), group.get("MixedInstancesPolicy")])
    templates = [
        f"launch template {part['LaunchTemplateId']} version {part.get('Version', '$Default')}"
        for part in parts
        if "LaunchTemplateId" in part
    ]
    return group.get("LaunchConfigurationName") or ", ".join(templates)
