"""Can the disks of the golden instance have changed since the image was made that the group launches?"""

import re
from datetime import UTC, datetime
from typing import NotRequired, TypedDict

from shared.answers import read_pages
from shared.booleans import is_true
from shared.data import Data
from shared.devices import volumes_of
from shared.ec2_client import ec2
from shared.existing_group import read_existing_group
from shared.golden_instance import read_instance
from shared.image_ownership import is_own_image
from shared.images import find_image
from shared.launched_images import read_launched_images
from shared.named_image import read_named_image

# What EC2 says of an instance that somebody stopped: User initiated (2026-11-26 05:30:00 GMT)
STOPPED_AT = re.compile(r"\((\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) GMT\)")


class Event(TypedDict):
    InstanceId: str
    AutoScalingGroupName: str
    SkipUnchanged: bool | str
    ExcludeDevices: NotRequired[list[str]]


def look_for_changes(event: Event, _context: object) -> dict[str, str]:
    """The image that is still the golden instance's, or none."""
    return {"Unchanged": find_unchanged(event) if is_true(event["SkipUnchanged"]) else "none"}


def find_unchanged(event: Event) -> str:
    instance, image = read_instance(event["InstanceId"]), find_newest(event)
    stopped = find_stop(instance)
    if not image or not stopped:
        return "none"
    made = datetime.fromisoformat(image["CreationDate"])
    excluded = event.get("ExcludeDevices", [])
    volumes = {name: one for name, one in volumes_of(instance).items() if name not in excluded}
    is_same = (
        # It was stopped before the image was made, and has not been started since,
        instance["LaunchTime"] <= stopped < made
        # nor did anybody have its volumes elsewhere meanwhile, or make them larger.
        and all(one["AttachTime"] < made for one in volumes.values())
        and read_volumes(volumes) == read_snapshots(image)
    )
    return str(image["ImageId"]) if is_same else "none"


def find_newest(event: Event) -> Data:
    """Of our images that the group launches. Another instance may have been the golden one before."""
    name = event["AutoScalingGroupName"]
    named = read_named_image(name)
    images = [find_image(named)] if named else read_launched_images(read_existing_group(name))
    ours = [one for one in images if one and is_own_image(one, name)]
    newest: Data = max(ours, key=lambda one: str(one["CreationDate"]), default=None)
    return newest if newest and newest["SourceInstanceId"] == event["InstanceId"] else None


def find_stop(instance: Data) -> datetime | None:
    """When it was stopped, as long as it is; none where EC2 does not say so, which counts as a change."""
    if not instance or instance["State"]["Name"] != "stopped":
        return None
    found = STOPPED_AT.search(instance.get("StateTransitionReason", ""))
    return datetime.fromisoformat(found[1]).replace(tzinfo=UTC) if found else None


def read_volumes(volumes: dict[str, Data]) -> dict[str, tuple[str, int]]:
    """Which volume is at which device, and its size."""
    ids = [one["VolumeId"] for one in volumes.values()]
    found = read_pages(ec2, "describe_volumes", "Volumes", Filters=[{"Name": "volume-id", "Values": ids}])
    sizes = {one["VolumeId"]: int(one["Size"]) for one in found}
    return {name: (one["VolumeId"], sizes.get(one["VolumeId"], 0)) for name, one in volumes.items()}


def read_snapshots(image: Data) -> dict[str, tuple[str, int]]:
    """Of which volume the image is at which device, and its size then."""
    ids = {name: one["SnapshotId"] for name, one in volumes_of(image).items() if "SnapshotId" in one}
    filters = [{"Name": "snapshot-id", "Values": [*ids.values()]}]
    found = read_pages(ec2, "describe_snapshots", "Snapshots", Filters=filters, OwnerIds=["self"])
    snapshots = {one["SnapshotId"]: (str(one["VolumeId"]), int(one["VolumeSize"])) for one in found}
    return {name: snapshots.get(one, ("", 0)) for name, one in ids.items()}
