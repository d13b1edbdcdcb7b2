"""Deletes what earlier runs made, is old, and is used by nothing.

A round reads what exists (shared/retire_state.py), decides what goes and why the rest is kept
(shared/retire_decision.py), and deletes it (shared/deletion.py). A dry run does all but the last.
"""

import time
from typing import TypedDict

from shared.answers import is_true
from shared.deletion import NO_TIME, Job, delete_configuration, delete_image, delete_snapshot, delete_versions
from shared.dry_runs import find_earlier_run
from shared.history_tags import ROLLED_OUT_TAG
from shared.naming import read_images
from shared.retire_decision import (
    IMAGE_GUARDS,
    ROLLING_OUT,
    Entry,
    choose_newest,
    choose_turn,
    decide,
    find_reason,
    list_snapshots,
    note_references,
)
from shared.retire_state import State, read_state
from shared.roll_outs import read_rolling_out
from shared.second_opinion import ask_for_references, read_shares
from shared.tag_values import tags_of
from shared.tags import GROUP_TAG

# What uses so many images is known from one reading, which is a minute old then at most.
AT_ONCE = 30
ROUNDS = 3


class Event(TypedDict):
    ExecutionId: str
    InstanceId: str
    LaunchConfigPrefix: str
    AutoScalingGroupName: str
    RollOutDocumentName: str
    RetainImages: int
    RetainLaunchConfigurations: int
    DryRun: bool


def retire(event: Event, _context: object) -> dict[str, str | list[str]]:
    job = Job(is_true(event["DryRun"]))
    earlier = None if job.dry else find_earlier_run(event["ExecutionId"])
    kept = [] if earlier else retire_in_rounds(event, job)
    job.refuse_denials()
    return {
        "EarlierRun": earlier["AutomationExecutionId"] if earlier else "none",
        "EarlierRunStartedAt": str(earlier["ExecutionStartTime"]) if earlier else "none",
        "Retired": cut_list(job.retired),
        "Kept": cut_list([*job.kept, *kept]),
    }


def cut_list(texts: list[str]) -> list[str]:
    """AWS takes lists of 100, and what Automation makes of an empty one between steps is not documented."""
    return [*texts[:99], f"and {len(texts) - 99} more"] if len(texts) > 100 else texts or ["none"]


def retire_in_rounds(event: Event, job: Job) -> list[str]:
    """What the last round kept by its decision."""
    counts = [read_count(event["RetainImages"], "RetainImages")]
    counts.append(read_count(event["RetainLaunchConfigurations"], "RetainLaunchConfigurations"))
    tried: set[str] = set()
    kept: list[str] = []
    most = AT_ONCE * ROUNDS if job.dry else AT_ONCE
    for _ in range(1 if job.dry else ROUNDS):
        began = time.time()
        state = read_state(event)
        state.newest, state.tried = choose_newest(state, *counts), tried
        state.turn = choose_turn(state, most)
        entries, kept = decide(state)
        seconds = time.time() - began
        for entry in entries:
            retire_unless_used(event, state, entry, job)
        tried |= {entry.image["ImageId"] for entry in entries}
        # The next reading will take as long as this one.
        if len(state.turn) < most or time.time() + seconds > job.deadline:
            break
    return kept


def read_count(given: object, name: str) -> int:
    """What the group launches now is always kept."""
    count = int(float(str(given)))
    if count < 1:
        raise Exception(
            f"{name} {count} is too small: at least 1 is kept; start the runbook again with 1 or more."
        )
    return count


def retire_unless_used(event: Event, state: State, entry: Entry, job: Job) -> None:
    reason = NO_TIME if job.is_late() else look_again(event, state, entry)
    if not reason:
        delete_entry(entry, job)
    elif entry.whole:
        job.keep(f"image {entry.image['ImageId']}", reason)
    else:
        for name in entry.configurations:
            job.keep(f"launch configuration {name}", reason)


def look_again(event: Event, state: State, entry: Entry) -> str:
    """Why it is kept after all. Roll-outs first: of one that ends in between, the image's tags tell."""
    image_id = entry.image["ImageId"]
    state.rolling_out = read_rolling_out(event["RollOutDocumentName"])
    there = {image_id: entry.image} if entry.image["State"] == "gone" else read_images([image_id])
    if image_id not in there:
        # Somebody was faster.
        return ""
    image = there[image_id]
    seen, now = tags_of(entry.image), tags_of(image)
    if any(seen.get(tag) != now.get(tag) for tag in (GROUP_TAG, ROLLED_OUT_TAG)):
        return "it was rolled out meanwhile, or is not ours any more"
    if not entry.whole:
        return find_reason([ROLLING_OUT], state, image)
    # What is not available was never anybody's, and EC2 may not know it.
    if image["State"] in ("available", "disabled"):
        note_references(state, image_id, ask_for_references(image_id))
        state.shared[image_id] = read_shares(image_id)
    return find_reason(IMAGE_GUARDS, state, image)


def delete_entry(entry: Entry, job: Job) -> None:
    """What names an image goes before the image, and its snapshots go after it."""
    named = [delete_configuration(job, one) for one in entry.configurations]
    named += [delete_versions(job, *one) for one in entry.versions.items()] if all(named) else []
    if not entry.whole or not all(named):
        return
    gone: list[str] | None = []
    if entry.image["State"] != "gone":
        # One call for all, unless one of them is to stay.
        together = [*entry.snapshots] == list_snapshots(entry.image)
        gone = delete_image(job, entry.image["ImageId"], together)
    if gone is not None:
        for snapshot_id in entry.snapshots:
            if snapshot_id not in gone:
                delete_snapshot(job, snapshot_id)
