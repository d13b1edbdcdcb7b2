"""What earlier runs made, and what is known of it."""

import re
import time
from datetime import UTC, datetime, timedelta

from shared.answers import read_pages
from shared.data import Data
from shared.ec2_client import ec2
from shared.ended_runs import is_at_work
from shared.history_tags import ROLLED_OUT_TAG
from shared.image_ownership import is_own_image, tags_of
from shared.naming import read_images
from shared.roll_outs import read_rolling_out
from shared.tags import EXECUTION_TAG, GROUP_TAG

OLD_AGE = timedelta(hours=12)
# Each costs a call.
MOST_RUNS = 200
# Older ones also name the volume.
MADE_FOR = re.compile(r"Created by CreateImage\(i-\w+\) for (ami-\w+)( from vol-\w+)?")
LATER = "its turn comes in a later run"


class State:
    """All of it, and what follows from it. Who uses it, shared/references.py adds."""

    # What was made later is young.
    limit: datetime
    # Images that were made later are kept, however many.
    kept_since: datetime
    # Ours, the oldest first, and those that are gone and have left snapshots behind: their state is "gone".
    images: dict[str, Data]
    # Why images have to wait that were not rolled out.
    waiting: dict[str, str]
    # The images with which roll-outs at work were started.
    rolling_out: set[str]
    snapshots: dict[str, Data]
    # Ours, and the versions in the group's launch templates that name these images.
    configurations: list[Data]
    versions: list[Data]
    # What the group launched before what it launches now.
    previous: list[str]
    # Who uses which image, and which group has which launch configuration.
    users: dict[str, str]
    # The image from which the golden instance was launched.
    source_images: list[str]
    # The newest images and launch configurations that were rolled out, by id and by name.
    newest: set[str]
    # With whom which image is shared: asked last, as it takes a call for each.
    shared: dict[str, str]


def read_what_is_ours(event: Data) -> State:
    """The order matters: of an image whose roll-out ends between two of these, the later one tells."""
    state, group_name = State(), event["AutoScalingGroupName"]
    now = state.kept_since = datetime.fromtimestamp(time.time(), UTC)
    state.limit = now - OLD_AGE
    images = sorted(read_own_images(group_name), key=made_at)
    state.images = {one["ImageId"]: one for one in images}
    state.waiting = read_waiting(state)
    state.rolling_out = read_rolling_out(event["RollOutDocumentName"])
    request: Data = {"OwnerIds": ["self"], "Filters": filter_by_group(group_name), "MaxResults": 200}
    snapshots = read_pages(ec2, "describe_snapshots", "Snapshots", **request)
    state.snapshots = {one["SnapshotId"]: one for one in snapshots}
    state.images |= find_left_over(state)
    state.shared = {}
    return state


def read_own_images(group_name: str) -> list[Data]:
    """Our images of this group, in any state but gone."""
    request = {"Owners": ["self"], "IncludeDisabled": True, "MaxResults": 200}
    images = read_pages(ec2, "describe_images", "Images", Filters=filter_by_group(group_name), **request)
    return [one for one in images if one["State"] != "deregistered" and is_own_image(one, group_name)]


def filter_by_group(group_name: str) -> list[dict[str, Data]]:
    """What EC2 has with our tag."""
    # In the value of a filter * and ? are wildcards, and group names have none; a backslash escapes.
    return [{"Name": f"tag:{GROUP_TAG}", "Values": [group_name.replace("\\", "\\\\")]}]


def made_at(thing: Data) -> datetime:
    """Of an image, of a launch configuration, or of the version of a launch template."""
    made = thing.get("CreationDate") or thing.get("CreatedTime") or thing["CreateTime"]
    return datetime.fromisoformat(made) if isinstance(made, str) else made


def name_of(thing: Data) -> str:
    """Of a launch configuration, or an image's id."""
    return str(thing.get("LaunchConfigurationName") or thing["ImageId"])


def is_young(state: State, thing: Data) -> bool:
    return made_at(thing) > state.limit


def read_waiting(state: State) -> dict[str, str]:
    """Of those that nobody has rolled out yet, whether the run that made them may still do so."""
    old = {key: tags_of(one) for key, one in state.images.items() if not is_young(state, one)}
    asked = [image_id for image_id, tags in old.items() if ROLLED_OUT_TAG not in tags]
    waiting = dict.fromkeys(asked[MOST_RUNS:], LATER)
    for image_id in asked[:MOST_RUNS]:
        execution_id = old[image_id].get(EXECUTION_TAG, "")
        # AWS refuses what is no id.
        if len(execution_id) == 36 and is_at_work(execution_id):
            waiting[image_id] = "the run that made it is not finished"
    return waiting


def find_left_over(state: State) -> dict[str, Data]:
    """The images of ours that are gone, as far as their snapshots tell."""
    left: dict[str, Data] = {}
    for one in sorted(state.snapshots.values(), key=lambda one: one["StartTime"]):
        made_for = MADE_FOR.fullmatch(one.get("Description", ""))
        if made_for and made_for[1] not in state.images:
            gone: Data = {"ImageId": made_for[1], "State": "gone", "BlockDeviceMappings": []}
            image: Data = left.setdefault(made_for[1], gone)
            # The newest tells how old it is.
            image["CreationDate"] = one["StartTime"]
            image["BlockDeviceMappings"].append({"Ebs": one})
    # The snapshots of a new image may be shown before the image is.
    there = read_images([*left])
    return {image_id: image for image_id, image in left.items() if image_id not in there}
