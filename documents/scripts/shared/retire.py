"""Deletes what earlier runs made, is old, and is used by nothing.

It reads what exists (shared/retire_state.py, shared/references.py), decides what goes and why the rest is
kept (shared/retire_decision.py), and deletes it (shared/deletion.py). A dry run does all but the last.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import NotRequired, TypedDict

from shared.booleans import is_true
from shared.data import Data
from shared.deletion import NO_TIME, Job, delete_configuration, delete_image, delete_snapshot, delete_versions
from shared.dry_runs import find_earlier_run
from shared.history_tags import ROLLED_OUT_TAG
from shared.image_ownership import tags_of
from shared.naming import ask_for_references, read_images, read_shares
from shared.references import read_references
from shared.retire_decision import (
    ROLLING_OUT,
    choose_newest,
    decide,
    decide_configurations,
    explain_snapshots,
    find_reason,
    list_configurations,
    list_own_versions,
    note_references,
    title_of,
)
from shared.retire_state import LATER, State, name_of, read_what_is_ours
from shared.roll_outs import read_rolling_out
from shared.tags import GROUP_TAG

# So many go in a minute, and what uses them is read but once. What stays in the end takes nobody's turn.
AT_ONCE = 30
MEANWHILE = "it was rolled out meanwhile, or is not ours any more"


class Event(TypedDict):
    ExecutionId: str
    InstanceId: str
    LaunchConfigPrefix: str
    AutoScalingGroupName: str
    RollOutDocumentName: str
    RetainImages: int
    RetainLaunchConfigurations: int
    RetainDays: NotRequired[int]
    DryRun: bool


def retire(event: Event, _context: object) -> dict[str, str | list[str]]:
    return retire_unused(event, read_references)


def retire_unused(event: Event, read_users: Callable[[State, Event], None]) -> dict[str, str | list[str]]:
    job = Job(is_true(event["DryRun"]))
    earlier: Data = {} if job.dry else find_earlier_run(event["ExecutionId"])
    if not earlier:
        retire_old(event, job, read_users)
    return {
        "EarlierRun": earlier.get("AutomationExecutionId", "none"),
        "Retired": cut_list(job.retired),
        "Kept": cut_list(job.kept),
    }


def cut_list(texts: list[str]) -> list[str]:
    """AWS takes lists of 100, and what Automation makes of an empty one between steps is not documented."""
    return [*texts[:99], f"and {len(texts) - 99} more"] if len(texts) > 100 else texts or ["none"]


def retire_old(event: Event, job: Job, read_users: Callable[[State, Event], None]) -> None:
    """What goes comes first, so that what could not be deleted is reported before what was never to go."""
    counts = [read_count(event, name) for name in ("RetainImages", "RetainLaunchConfigurations")]
    state = read_state(event)
    read_users(state, event)
    state.newest = choose_newest(state, *counts)
    for thing, reason in decide(state):
        retire_thing(event, state, thing, reason, job)
    job.refuse_denials()


def read_state(event: Event) -> State:
    """What is ours, and since when all of it is kept."""
    state = read_what_is_ours(event)
    if "RetainDays" in event:
        state.kept_since -= timedelta(days=read_count(event, "RetainDays"))
    return state


def retire_thing(event: Event, state: State, thing: Data, decided: str, job: Job) -> None:
    reason = decided or look_again(event, state, thing, job)
    if reason:
        job.keep(title_of(thing), reason)
    elif "LaunchConfigurationName" in thing:
        delete_configuration(job, name_of(thing))
    else:
        delete_whole(state, thing, job)
    if not decided and reason not in ("", LATER, NO_TIME, MEANWHILE, ROLLING_OUT):
        # With whom it is shared is known only now. Its launch configurations go as those of any that stays.
        for one, why in decide_configurations(state, name_of(thing)):
            retire_thing(event, state, one, why, job)


def read_count(event: Data, name: str) -> int:
    """What the group launches now is always kept."""
    count = int(float(event[name]))
    if count < 1:
        raise Exception(
            f"{name} {count} is too small: at least 1 is kept; start the runbook again with 1 or more."
        )
    return count


def look_again(event: Event, state: State, thing: Data, job: Job) -> str:
    """Why it is kept after all. Roll-outs first: of one that ends in between, the image's tags tell."""
    if job.count("image ") >= AT_ONCE:
        return LATER
    if job.is_late():
        return NO_TIME
    image_id = thing["ImageId"]
    state.rolling_out = read_rolling_out(event["RollOutDocumentName"])
    image = read_images([image_id]).get(image_id)
    if not image:
        # Somebody was faster, or only snapshots are left.
        return ""
    seen, now = tags_of(state.images[image_id]), tags_of(image)
    if any(seen.get(tag) != now.get(tag) for tag in (GROUP_TAG, ROLLED_OUT_TAG)):
        return MEANWHILE
    if "LaunchConfigurationName" in thing:
        return find_reason(state, thing)
    # What is not available was never anybody's, and EC2 may not know it.
    if image["State"] in ("available", "disabled"):
        note_references(state, image_id, ask_for_references(image_id))
        state.shared[image_id] = read_shares(image_id)
    return find_reason(state, image)


def delete_whole(state: State, image: Data, job: Job) -> None:
    """What names an image goes before the image, and its snapshots go after it."""
    image_id = image["ImageId"]
    answers = [delete_configuration(job, name_of(one)) for one in list_configurations(state, image_id)]
    answers += [delete_versions(job, *one) for one in list_own_versions(state, image_id).items()]
    if None in answers:
        return
    snapshots = explain_snapshots(state, image)
    # One call for all, unless one of them is to stay.
    if image["State"] != "gone" and not delete_image(job, image_id, not any(snapshots.values())):
        return
    for snapshot_id, reason in snapshots.items():
        if reason:
            job.keep(f"snapshot {snapshot_id}", reason)
        elif f"snapshot {snapshot_id}" not in job.retired:
            delete_snapshot(job, snapshot_id)
