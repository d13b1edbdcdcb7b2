"""Lets the group launch the image through new versions of its launch templates, or puts everything back."""

from typing import TypedDict

from shared.data import Data
from shared.fingerprint import fingerprint
from shared.images import read_available_image
from shared.new_versions import NewVersions, make_version
from shared.put_back import Change, put_back
from shared.remaining_group import read_remaining_group
from shared.roll_out_guard import refuse_other_runs
from shared.roll_out_tags import tag_as_rolled_out
from shared.template_plan import Plan, list_sources, read_plan, refuse_moved
from shared.template_references import change_references
from shared.unchanged import refuse_changed


class Event(TypedDict):
    ExecutionId: str
    AutoScalingGroupName: str
    LaunchConfigPrefix: str
    ImageId: str
    Plan: list[str]
    Before: dict[str, str]
    ReplaceInstances: str


def advance_launch_templates(event: Event, _context: object) -> dict[str, list[str]]:
    plan = read_plan(event["Plan"])
    image_id, before = event["ImageId"], event["Before"]
    refuse_other_runs(event["ExecutionId"], image_id)
    name = event["AutoScalingGroupName"]
    group = read_remaining_group(name)
    refuse_changed(f"What Auto Scaling group {name} launches from", fingerprint(group), before["Seen"])
    for source in list_sources(plan):
        refuse_moved(*source)
    read_available_image(image_id)
    new = NewVersions(image_id, event["ExecutionId"], event["LaunchConfigPrefix"][:190] + before["Suffix"])
    changes: list[Change] = []
    unused: list[Change] = []
    try:
        for source in list_sources(plan):
            make_version(new, source, changes if source[2] == "latest" else unused)
        use_versions(event, group, plan, new, changes)
    except Exception as error:
        raise put_back(error, changes, unused) from error
    return describe_made(plan, new)


def use_versions(event: Event, group: Data, plan: Plan, new: NewVersions, changes: list[Change]) -> None:
    """Where instances are replaced too, another runbook changes the group."""
    image_id, is_left = event["ImageId"], event["ReplaceInstances"] == "true"
    if not is_left:
        change_references(group, plan, new.made, changes, image_id)
    # Somebody may have deleted it between the look and the change.
    read_available_image(image_id)
    if is_left:
        # Who cancels meanwhile finds nothing yet to take back, and a group may follow its latest version.
        refuse_other_runs(event["ExecutionId"], image_id)
    else:
        tag_as_rolled_out(image_id, event["Before"])


def describe_made(plan: Plan, new: NewVersions) -> dict[str, list[str]]:
    return {
        "Versions": [f"{key[0]} version {number}" for key, number in new.made.items()] or ["none"],
        "Changes": [" ".join(describe_change(one, new)) for one in plan] or ["none"],
    }


def describe_change(entry: list[str], new: NewVersions) -> list[str]:
    """With the number of the new version."""
    *place, by = entry
    return entry if by == "image" else [*place, new.made[entry[1], entry[2]], by]
