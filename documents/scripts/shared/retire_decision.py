"""What goes, and what is kept and why: of what exists alone."""

import re

from shared.data import Data
from shared.history_tags import ROLLED_OUT_TAG
from shared.image_ownership import DATED, tags_of
from shared.retire_state import State, is_young, made_at, name_of

# A roll-out ends the description of a version with its own id.
DESCRIPTION = re.compile(".+" + DATED + " [0-9a-f-]{36}")

# With this one, whatever its value, a person keeps an image or a snapshot.
KEEP_TAG = "ami-refresh:keep"

BEFORE = "the group launched it before"
NEWEST = "it is one of the newest that were rolled out"
ROLLING_OUT = "a roll-out with it is at work"
YOUNG = "it is younger than 12 hours"
RECENT = "it is younger than images are kept"
# What is kept for one of these is not kept against its age, and needs no words.
EXPECTED = (BEFORE, NEWEST, RECENT, YOUNG)
OFF = "disabled"
KEPT_BY_TAG = "it has the tag ami-refresh:keep"


def decide(state: State) -> list[tuple[Data, str]]:
    """The images and launch configurations that go, then what is kept against its age, with the reason."""
    decided = []
    for image_id, image in state.images.items():
        # With an image that goes they go anyway.
        reason = find_reason(state, image)
        decided += [(image, reason)] if reason not in EXPECTED else []
        decided += decide_configurations(state, image_id) if reason else []
    return sorted(decided, key=lambda one: one[1] != "")


def decide_configurations(state: State, image_id: str) -> list[tuple[Data, str]]:
    """The same of those of an image that stays."""
    decided = [(one, find_reason(state, one)) for one in list_configurations(state, image_id)]
    return [one for one in decided if one[1] not in EXPECTED]


def find_reason(state: State, thing: Data) -> str:
    """Why an image is kept, or a launch configuration whose image stays; an empty text where it goes."""
    image_id, name = thing["ImageId"], name_of(thing)
    naming = [*list_configurations(state, name), *list_versions(state, name)]
    guards: dict[str, object] = {
        # Of a launch configuration its image tells as well,
        YOUNG: is_young(state, thing),
        NEWEST: name in state.newest,
        RECENT: "LaunchConfigurationName" not in thing and made_at(thing) > state.kept_since,
        "{}": state.waiting.get(image_id),
        ROLLING_OUT: image_id in state.rolling_out,
        BEFORE: image_id in state.previous,
        # and here it tells for itself, and has only users.
        KEPT_BY_TAG: KEEP_TAG in tags_of(thing),
        "it is protected against deregistration": thing.get("DeregistrationProtection", OFF) != OFF,
        "the golden instance was launched from it": name in state.source_images,
        "used by {}": state.users.get(name),
        # A roll-out may have made it a moment ago.
        "what names it is younger than 12 hours": any(is_young(state, one) for one in naming),
        "shared with {}": state.shared.get(name),
    }
    return choose_first(guards)


def choose_first(guards: dict[str, object]) -> str:
    """The reason of the first that holds; {} in it is what was found."""
    return next((reason.replace("{}", str(found)) for reason, found in guards.items() if found), "")


def title_of(thing: Data) -> str:
    kind = "launch configuration" if "LaunchConfigurationName" in thing else "image"
    return f"{kind} {name_of(thing)}"


def list_configurations(state: State, image_id: str) -> list[Data]:
    return [one for one in state.configurations if one["ImageId"] == image_id]


def list_versions(state: State, image_id: str) -> list[Data]:
    return [one for one in state.versions if one["LaunchTemplateData"]["ImageId"] == image_id]


def list_own_versions(state: State, image_id: str) -> dict[str, list[str]]:
    """The numbers of those that go with an image, by their launch templates."""
    found: dict[str, list[str]] = {}
    for one in list_versions(state, image_id):
        if DESCRIPTION.fullmatch(one.get("VersionDescription", "")):
            found.setdefault(one["LaunchTemplateId"], []).append(str(one["VersionNumber"]))
    return found


def explain_snapshots(state: State, image: Data) -> dict[str, str]:
    """The snapshots of an image, with the reason why one stays where the image goes."""
    ours = {key: KEPT_BY_TAG if KEEP_TAG in tags_of(one) else "" for key, one in state.snapshots.items()}
    ids = [device.get("Ebs", {}).get("SnapshotId") for device in image.get("BlockDeviceMappings", [])]
    return {one: ours.get(one, "it does not have our tag") for one in ids if one}


def choose_newest(state: State, most: int, most_configurations: int) -> set[str]:
    """Of the images that were rolled out, and of the launch configurations of these."""
    times = {image_id: tags_of(one).get(ROLLED_OUT_TAG, "") for image_id, one in state.images.items()}
    ids = sorted((image_id for image_id in times if times[image_id]), key=lambda one: times[one])
    names = [name_of(one) for image_id in ids for one in list_configurations(state, image_id)]
    return {*ids[-most:], *names[-most_configurations:]}


def note_references(state: State, image_id: str, arns: list[str]) -> None:
    """EC2 does not say which version of a template it means: where all are ours, they go with the image."""
    named = [one["LaunchTemplateId"] for one in list_versions(state, image_id)]
    ours = list_own_versions(state, image_id)
    for arn in arns:
        template_id = arn.split("/")[-1]
        if template_id not in ours or len(ours[template_id]) < named.count(template_id):
            state.users[image_id] = arn
