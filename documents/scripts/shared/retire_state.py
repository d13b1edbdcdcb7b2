"""What exists, as far as retire's decision needs it."""

import re
from datetime import datetime, timedelta
from typing import Any

from shared.answers import read_pages
from shared.clock import utc_now
from shared.ec2_client import ec2
from shared.ended_runs import is_at_work
from shared.history_tags import ROLLED_OUT_TAG
from shared.image_ownership import DATED
from shared.naming import read_images, read_versions
from shared.own_images import filter_by_group, read_own_images
from shared.references import References, read_references
from shared.roll_outs import read_rolling_out
from shared.tag_values import tags_of
from shared.tags import EXECUTION_TAG

OLD_AGE = timedelta(hours=12)
# Each costs a call.
MOST_RUNS = 200
# Older ones also name the volume.
MADE_FOR = re.compile(r"Created by CreateImage\(i-\w+\) for (ami-\w+)( from vol-\w+)?")
UNFINISHED = "the run that made it is not finished"
LATER = "its turn comes in a later run"


class State:
    """All of it, and what follows from it."""

    now: datetime
    # Ours, the oldest first, and those that are gone and have left snapshots behind: their state is "gone".
    images: list[Any]
    # Why images have to wait that were not rolled out.
    waiting: dict[str, str]
    # The images with which roll-outs at work were started.
    rolling_out: set[str]
    snapshots: dict[str, Any]
    references: References
    # Ours, and the versions in the group's launch templates that name these images.
    configurations: list[Any]
    versions: list[Any]
    source_image: str
    # The newest images and launch configurations that were rolled out, by id and by name.
    newest: set[str]
    # With whom which image is shared: asked last, as it takes a call for each.
    shared: dict[str, str]
    # The images of which this round may delete any, and those with which the rounds before it were busy.
    turn: set[str]
    tried: set[str]


def read_state(event: Any) -> State:
    """The order matters: of an image whose roll-out ends between two of these, the later one tells."""
    group_name = event["AutoScalingGroupName"]
    state = State()
    state.now = utc_now()
    state.images = sorted(read_own_images(group_name), key=age_order)
    state.waiting = read_waiting(state)
    state.rolling_out = read_rolling_out(event["RollOutDocumentName"])
    state.snapshots = read_own_snapshots(group_name)
    state.images += find_left_over(state)
    ids = [one["ImageId"] for one in state.images]
    name = re.compile(re.escape(event["LaunchConfigPrefix"]) + DATED)

    def is_ours(one: Any) -> bool:
        return bool(name.fullmatch(one["LaunchConfigurationName"])) and one["ImageId"] in ids

    state.references = read_references(group_name, ids, is_ours)
    state.configurations = [one for one in state.references.configurations if is_ours(one)]
    templates = state.references.templates
    state.versions = [one for by, template in templates for one in read_versions(ids, **{by: template})]
    state.shared = {}
    state.source_image = read_source_image(event["InstanceId"])
    return state


def made_at(thing: Any) -> datetime:
    """Of an image, of a launch configuration, or of the version of a launch template."""
    made = thing.get("CreationDate") or thing.get("CreatedTime") or thing["CreateTime"]
    return datetime.fromisoformat(made) if isinstance(made, str) else made


def age_order(thing: Any) -> tuple[datetime, str]:
    """Names end with the time, where two are of one second."""
    return made_at(thing), thing.get("Name") or thing["LaunchConfigurationName"]


def is_young(state: State, thing: Any) -> bool:
    return state.now - made_at(thing) < OLD_AGE


def read_waiting(state: State) -> dict[str, str]:
    """Of those that nobody has rolled out yet, whether the run that made them may still do so."""
    new = [one for one in state.images if ROLLED_OUT_TAG not in tags_of(one)]
    asked = [one for one in new if not is_young(state, one)]
    waiting = {one["ImageId"]: LATER for one in asked[MOST_RUNS:]}
    for image in asked[:MOST_RUNS]:
        execution_id = tags_of(image).get(EXECUTION_TAG, "")
        # AWS refuses what is no id.
        if len(execution_id) == 36 and is_at_work(execution_id):
            waiting[image["ImageId"]] = UNFINISHED
    return waiting


def read_own_snapshots(group_name: str) -> dict[str, Any]:
    request: Any = {"OwnerIds": ["self"], "Filters": filter_by_group(group_name), "MaxResults": 200}
    return {one["SnapshotId"]: one for one in read_pages(ec2, "describe_snapshots", "Snapshots", **request)}


def find_left_over(state: State) -> list[Any]:
    """The images of ours that are gone, as far as their snapshots tell."""
    own = [one["ImageId"] for one in state.images]
    left: dict[str, list[Any]] = {}
    for one in state.snapshots.values():
        made_for = MADE_FOR.fullmatch(one.get("Description", ""))
        if made_for and made_for[1] not in own:
            left.setdefault(made_for[1], []).append(one)
    # The snapshots of a new image may be shown before the image is.
    there = read_images([*left])
    return [
        {
            "ImageId": image_id,
            "State": "gone",
            "CreationDate": max(one["StartTime"] for one in found),
            "BlockDeviceMappings": [{"Ebs": one} for one in found],
        }
        for image_id, found in left.items()
        if image_id not in there
    ]


def read_source_image(instance_id: str) -> str:
    """Without its image a golden instance gives no launch configuration. One that is gone needs none."""
    filters = [{"Name": "instance-id", "Values": [instance_id]}]
    reservations = read_pages(ec2, "describe_instances", "Reservations", Filters=filters)
    return next((one["ImageId"] for found in reservations for one in found["Instances"]), "none")
