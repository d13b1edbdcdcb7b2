"""Refuses an image that the group may not launch, and a parameter that is not for this group alone."""

from typing import TypedDict

from shared.booleans import is_true
from shared.chosen_image import choose_image, list_previous
from shared.data import Data
from shared.encryption import refuse_unencrypted
from shared.group_checks import read_changeable_group
from shared.image_fit import find_misfit, read_types, refuse_misfit
from shared.image_ownership import is_own_image
from shared.images import find_image
from shared.parameter_readers import refuse_other_readers
from shared.parameter_source import ParameterSource, read_parameter_source
from shared.pause import decide_pause
from shared.volume_keys import refuse_unready_keys
from shared.volumes import refuse_volumes


class Event(TypedDict):
    ImageId: str
    AutoScalingGroupName: str
    AllowSharedTemplate: object
    CustomerKeyReady: object
    PauseSchedule: str


def check_group(event: Event, _context: object) -> dict[str, Data]:
    name = event["AutoScalingGroupName"]
    group = read_changeable_group(name, "an image that a parameter names", "LaunchTemplate")
    source = read_parameter_source(group)
    now = find_image(source["image_id"])
    launched = [now] if now else []
    image = choose_image(event["ImageId"], name, launched, is_back=False)
    refuse_unfitting(source, image, now)
    refuse_unready_keys(image, [now], event["CustomerKeyReady"], group)
    if not is_true(event["AllowSharedTemplate"]) and image["ImageId"] != source["image_id"]:
        refuse_other_readers(name, source["parameter"], group["LaunchTemplate"]["LaunchTemplateId"])
    return {
        "ImageId": image["ImageId"],
        "ImageName": image.get("Name", "none"),
        "Before": describe_before(source, image, name),
        "Pause": decide_pause(event["PauseSchedule"], image, launched, is_back=False),
    }


def refuse_unfitting(source: ParameterSource, image: Data, now: Data) -> None:
    found = find_misfit(source, image, now, read_types({*source["types"]}))
    if not now and not source["types"]:
        found = "its image is gone, and it names no instance type to compare with"
    if found:
        refuse_misfit(image, source, found)
    if image["ImageId"] != source["image_id"]:
        refuse_volumes(source, image, now)
        refuse_unencrypted(source, image)


def describe_before(source: ParameterSource, image: Data, group_name: str) -> dict[str, str]:
    image_id, before = image["ImageId"], source["image_id"]
    return {
        "Seen": source["seen"],
        "IsOurs": str(is_own_image(image, group_name)).lower(),
        "ImageIds": list_previous(image_id, [before], [before]),
        "Parameter": source["parameter"],
        "ParameterVersion": str(source["version"]),
        "PreviousLaunchSource": source["name"],
        "PreviousImageId": before,
    }
