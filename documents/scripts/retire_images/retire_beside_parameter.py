"""Deletes as shared/retire.py does, and keeps what the group's parameter names and what it named before."""

from shared.booleans import is_true
from shared.data import Data
from shared.deletion import Job
from shared.dry_runs import find_earlier_run
from shared.history_tags import PREVIOUS_IMAGE_TAG
from shared.image_ownership import tags_of
from shared.named_image import read_named_image
from shared.naming import read_images
from shared.references import read_references
from shared.retire import Event, cut_list, read_count, read_state, retire_thing
from shared.retire_decision import choose_newest, decide
from shared.retire_state import State


def retire_beside_parameter(event: Event, _context: object) -> dict[str, str | list[str]]:
    job = Job(is_true(event["DryRun"]))
    earlier: Data = {} if job.dry else find_earlier_run(event["ExecutionId"])
    if not earlier:
        retire_unnamed(event, job)
    return {
        "EarlierRun": earlier.get("AutomationExecutionId", "none"),
        "Retired": cut_list(job.retired),
        "Kept": cut_list(job.kept),
    }


def retire_unnamed(event: Event, job: Job) -> None:
    counts = [read_count(event, name) for name in ("RetainImages", "RetainLaunchConfigurations")]
    state = read_state(event)
    # What launches is read before what it has launched: in the other order something could be missed.
    named = read_named_image(event["AutoScalingGroupName"])
    read_references(state, event)
    keep_named(state, event["AutoScalingGroupName"], named)
    state.newest = choose_newest(state, *counts)
    for thing, reason in decide(state):
        retire_thing(event, state, thing, reason, job)
    job.refuse_denials()


def keep_named(state: State, group_name: str, image_id: str) -> None:
    """Of the group's launch template EC2 tells the parameter, and not the image."""
    for image in read_images([image_id]).values() if image_id else []:
        state.users[image_id] = f"Auto Scaling group {group_name}"
        state.previous += tags_of(image).get(PREVIOUS_IMAGE_TAG, "").split()
