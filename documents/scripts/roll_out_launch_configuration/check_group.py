"""Refuses an image that the group may not launch, and says which launch configuration is to name it."""

import re
import time
from typing import TypedDict

from shared.answers import read_pages
from shared.autoscaling_client import autoscaling
from shared.chosen_image import choose_image, list_previous, suffix_of
from shared.data import Data
from shared.ec2_client import ec2
from shared.fingerprint import fingerprint
from shared.group_checks import read_changeable_group
from shared.image_fit import find_misfit, read_types, refuse_misfit
from shared.image_ownership import DATED, is_own_image
from shared.image_source import ImageSource
from shared.images import find_image
from shared.pause import decide_pause
from shared.roll_out_guard import refuse_other_runs
from shared.volume_keys import refuse_unready_keys
from shared.volumes import refuse_volumes


class Event(TypedDict):
    ExecutionId: str
    ImageId: str
    InstanceId: str
    LaunchConfigPrefix: str
    AutoScalingGroupName: str
    LaunchConfigurationFrom: str
    CustomerKeyReady: object
    PauseSchedule: str
    IsBack: str


def check_group(event: Event, _context: object) -> dict[str, Data]:
    refuse_other_runs(event["ExecutionId"], event["ImageId"])
    group_name = event["AutoScalingGroupName"]
    group = read_changeable_group(group_name, "launch configurations", "LaunchConfigurationName")
    configurations = read_pages(autoscaling, "describe_launch_configurations", "LaunchConfigurations")
    current = find_current(group, configurations)
    present = find_image(current["ImageId"])
    is_back = event["IsBack"] == "true"
    image = choose_image(event["ImageId"], group_name, [present] if present else [], is_back=is_back)
    reused = find_reusable(event["LaunchConfigPrefix"], image, current, configurations)
    refuse_image(image, present, source_of(event, current, is_new=not reused))
    refuse_unready_keys(image, [present], event["CustomerKeyReady"], group)
    is_own = is_own_image(image, group_name)
    if not reused:
        if event["LaunchConfigurationFrom"] == "instance":
            refuse_lost_source(event["InstanceId"])
        reused = choose_name(event["LaunchConfigPrefix"], suffix_of(image, is_own), configurations)
    return {
        "ImageId": image["ImageId"],
        "ImageName": image.get("Name", "none"),
        "LaunchConfigurationName": reused,
        "Before": {"Seen": fingerprint(group), **describe_before(image["ImageId"], current, is_own=is_own)},
        "Pause": decide_pause(event["PauseSchedule"], image, [present], is_back=is_back),
    }


def describe_before(image_id: str, current: Data, *, is_own: bool) -> dict[str, str]:
    return {
        "Launched": image_id,
        "IsOurs": str(is_own).lower(),
        "ImageIds": list_previous(image_id, [current["ImageId"]], []),
        "PreviousLaunchConfigurationName": current["LaunchConfigurationName"],
        "PreviousImageId": current["ImageId"],
    }


def find_current(group: Data, configurations: list[Data]) -> Data:
    name = group["LaunchConfigurationName"]
    for one in configurations:
        if one["LaunchConfigurationName"] == name:
            return one
    raise Exception(
        f"Auto Scaling group {group['AutoScalingGroupName']} has no launch configuration that can be read "
        f"(it names {name}): give it a launch template and run pulumi up."
    )


def find_reusable(prefix: str, image: Data, current: Data, configurations: list[Data]) -> str:
    """The newest of ours that names the image; the one in use stays, where it is one of them."""
    form = re.compile(re.escape(prefix) + DATED)
    naming = [one for one in configurations if one["ImageId"] == image["ImageId"]]
    ours = [one for one in naming if form.fullmatch(one["LaunchConfigurationName"])]
    ours.sort(key=lambda one: (one == current, one["CreatedTime"]))
    return ours[-1]["LaunchConfigurationName"] if ours else ""


def choose_name(prefix: str, suffix: str, configurations: list[Data]) -> str:
    """As the image is called, or after this moment where that name is taken."""
    taken = [one["LaunchConfigurationName"] for one in configurations]
    if prefix + suffix in taken:
        suffix = time.strftime("_%Y-%m-%d_%H.%M.%S", time.gmtime())
    return prefix + suffix


def source_of(event: Event, current: Data, *, is_new: bool) -> ImageSource:
    """Only a copy of the group's launch configuration says of types and volumes what may not fit."""
    copied = is_new and event["LaunchConfigurationFrom"] == "group"
    return {
        "name": f"launch configuration {current['LaunchConfigurationName']}",
        "image_id": current["ImageId"],
        "types": [current["InstanceType"]] if copied else [],
        "devices": current.get("BlockDeviceMappings", []) if copied else [],
        "names_tokens": not copied or "HttpTokens" in current.get("MetadataOptions", {}),
    }


def refuse_image(image: Data, present: Data, source: ImageSource) -> None:
    misfit = find_misfit(source, image, present, read_types({*source["types"]}))
    if misfit:
        refuse_misfit(image, source, misfit)
    refuse_volumes(source, image, present)


def refuse_lost_source(instance_id: str) -> None:
    # A filter, because of an id that is gone EC2 makes an error.
    filters: Data = [{"Name": "instance-id", "Values": [instance_id]}]
    found = ec2.describe_instances(Filters=filters)["Reservations"]
    if not found:
        raise Exception(
            f"Golden instance {instance_id} does not exist in this Region: set instanceId and run pulumi up."
        )
    image_id = found[0]["Instances"][0]["ImageId"]
    if not find_image(image_id):
        raise Exception(
            f"Image {image_id}, from which golden instance {instance_id} was launched, cannot be used any "
            "more, and AWS derives no launch configuration without it: set launchConfigurationFrom to group "
            "and run pulumi up."
        )
