"""What goes, and what is kept and why: of what exists alone."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from shared.history_tags import ROLLED_OUT_TAG
from shared.image_ownership import DATED
from shared.retire_state import LATER, State, age_order, is_young
from shared.tag_values import tags_of
from shared.tags import KEEP_TAG

# A roll-out ends the description of a version with its own id.
DESCRIPTION = re.compile(".+" + DATED + " [0-9a-f-]{36}")

# The reason, and a function that finds whether it holds; {} in the reason is what the function finds.
Guard = tuple[str, Callable[[Any, Any], object]]

BEFORE = "the group launched it before"
NEWEST = "it is one of the newest that were rolled out"
TRIED = "its turn was before"
YOUNG = "it is younger than 12 hours"
# What is kept for one of these is not kept against its age, and needs no words.
EXPECTED = (BEFORE, NEWEST, TRIED, YOUNG)
KEPT_BY_TAG = "it has the tag ami-refresh:keep"

ROLLING_OUT: Guard = (
    "a roll-out with it is at work",
    lambda state, thing: thing["ImageId"] in state.rolling_out,
)
# The first that holds is the reason for keeping something: these are for images and launch configurations,
COMMON_GUARDS: list[Guard] = [
    (TRIED, lambda state, thing: thing["ImageId"] in state.tried),
    (YOUNG, is_young),
    (NEWEST, lambda state, thing: name_of(thing) in state.newest),
    ("{}", lambda state, thing: state.waiting.get(thing["ImageId"])),
    ROLLING_OUT,
    (BEFORE, lambda state, thing: thing["ImageId"] in state.references.previous),
]
# these for images alone,
IMAGE_GUARDS: list[Guard] = [
    *COMMON_GUARDS,
    (KEPT_BY_TAG, lambda _, image: KEEP_TAG in tags_of(image)),
    ("it is protected against deregistration", lambda _, image: is_protected(image)),
    ("the golden instance was launched from it", lambda state, image: image["ImageId"] == state.source_image),
    ("used by {}", lambda state, image: state.references.users.get(image["ImageId"])),
    ("what names it is younger than 12 hours", lambda state, image: has_young_user(state, image["ImageId"])),
    ("shared with {}", lambda state, image: state.shared.get(image["ImageId"])),
]
# then this one,
TURN: Guard = (LATER, lambda state, image: image["ImageId"] not in state.turn)
# and these for launch configurations whose image stays.
CONFIGURATION_GUARDS: list[Guard] = [
    *COMMON_GUARDS,
    ("used by {}", lambda state, one: state.references.attached.get(one["LaunchConfigurationName"])),
]


@dataclass
class Entry:
    """What goes of an image: all that is its own, or only launch configurations."""

    image: Any
    whole: bool
    configurations: list[str]
    versions: dict[str, list[str]] = field(default_factory=dict)
    snapshots: list[str] = field(default_factory=list)


def find_reason(guards: Iterable[Guard], state: State, thing: Any) -> str:
    """Of the first guard that holds; an empty text where none does."""
    for reason, finds in guards:
        found = finds(state, thing)
        if found:
            return reason.replace("{}", str(found))
    return ""


def decide(state: State) -> tuple[list[Entry], list[str]]:
    """What goes, and what is kept against its age."""
    entries: list[Entry] = []
    kept: list[str] = []
    for image in state.images:
        reason = find_reason([*IMAGE_GUARDS, TURN], state, image)
        if reason:
            kept += tell("image", image["ImageId"], reason)
            # Of an image whose turn comes later, nothing goes before.
            going = choose_configurations(state, image, kept) if reason != LATER else []
            entries += [Entry(image, False, going)] if going else []
        else:
            entries.append(choose_all(state, image, kept))
    return entries, kept


def tell(what: str, name: str, reason: str) -> list[str]:
    return [f"{what} {name} ({reason})"] if reason and reason not in EXPECTED else []


def choose_configurations(state: State, image: Any, kept: list[str]) -> list[str]:
    """Of an image that stays."""
    going: list[str] = []
    for one in list_configurations(state, image["ImageId"]):
        reason = find_reason(CONFIGURATION_GUARDS, state, one)
        kept += tell("launch configuration", one["LaunchConfigurationName"], reason)
        if not reason:
            going.append(one["LaunchConfigurationName"])
    return going


def choose_all(state: State, image: Any, kept: list[str]) -> Entry:
    """Of an image that goes."""
    configurations = [one["LaunchConfigurationName"] for one in list_configurations(state, image["ImageId"])]
    entry = Entry(image, True, configurations)
    for one in list_versions(state, image["ImageId"]):
        if is_own_version(one):
            entry.versions.setdefault(one["LaunchTemplateId"], []).append(str(one["VersionNumber"]))
    for snapshot_id in list_snapshots(image):
        reason = find_snapshot_reason(state.snapshots.get(snapshot_id))
        kept += tell("snapshot", snapshot_id, reason)
        if not reason:
            entry.snapshots.append(snapshot_id)
    return entry


def list_configurations(state: State, image_id: str) -> list[Any]:
    return [one for one in state.configurations if one["ImageId"] == image_id]


def list_versions(state: State, image_id: str) -> list[Any]:
    return [one for one in state.versions if one["LaunchTemplateData"]["ImageId"] == image_id]


def is_own_version(version: Any) -> bool:
    return bool(DESCRIPTION.fullmatch(version.get("VersionDescription", "")))


def list_snapshots(image: Any) -> list[str]:
    ids = [device.get("Ebs", {}).get("SnapshotId") for device in image.get("BlockDeviceMappings", [])]
    return [snapshot_id for snapshot_id in ids if snapshot_id]


def find_snapshot_reason(snapshot: Any) -> str:
    if not snapshot:
        return "it does not have our tag"
    return KEPT_BY_TAG if KEEP_TAG in tags_of(snapshot) else ""


def is_protected(image: Any) -> bool:
    return bool(image.get("DeregistrationProtection", "disabled") != "disabled")


def name_of(thing: Any) -> str:
    return str(thing.get("LaunchConfigurationName") or thing["ImageId"])


def has_young_user(state: State, image_id: str) -> bool:
    """A roll-out may have made it a moment ago."""
    users = [*list_configurations(state, image_id), *list_versions(state, image_id)]
    return any(is_young(state, one) for one in users)


def choose_newest(state: State, most: int, most_configurations: int) -> set[str]:
    """Of the images that were rolled out, and of the launch configurations of these."""
    rolled_out = [one for one in state.images if ROLLED_OUT_TAG in tags_of(one)]
    order = {one["ImageId"]: (tags_of(one)[ROLLED_OUT_TAG], *age_order(one)) for one in rolled_out}
    images = sorted(order, key=lambda image_id: order[image_id])
    ours = [one for one in state.configurations if one["ImageId"] in order]
    ours.sort(key=lambda one: (order[one["ImageId"]], age_order(one)))
    return {*images[-most:], *(name_of(one) for one in ours[-most_configurations:])}


def choose_turn(state: State, most: int) -> set[str]:
    """The oldest that nothing keeps, as many as a round has the time for."""
    idle = [one for one in state.images if not find_reason(IMAGE_GUARDS, state, one)]
    return {one["ImageId"] for one in idle[:most]}


def note_references(state: State, image_id: str, arns: list[str]) -> None:
    """EC2 does not say which version of a template it means: where all are ours, they go with the image."""
    for arn in arns:
        named = [
            one for one in list_versions(state, image_id) if one["LaunchTemplateId"] == arn.split("/")[-1]
        ]
        if not named or not all(is_own_version(one) for one in named):
            state.references.users[image_id] = arn
