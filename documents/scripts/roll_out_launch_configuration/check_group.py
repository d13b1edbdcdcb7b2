"""Refuses an image that the group may not launch, and says which launch configuration is to name it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from shared.answers import read_pages
from shared.autoscaling_client import autoscaling
from shared.chosen_image import choose_image
from shared.clock import utc_now
from shared.group_checks import read_group, refuse_active_refresh, refuse_other_kind
from shared.groups import fingerprint
from shared.image_fit import ImageSource, find_misfit, read_instance_types, refuse_misfit
from shared.image_names import suffix_of
from shared.images import find_image
from shared.instances import read_instance
from shared.own_images import DATED
from shared.roll_out_guard import refuse_other_runs
from shared.roll_out_tags import list_previous
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


def check_group(event: Event, _context: object) -> dict[str, Any]:
    refuse_other_runs(event["ExecutionId"], event["ImageId"])
    group = read_changeable_group(event)
    configurations = read_pages(autoscaling, "describe_launch_configurations", "LaunchConfigurations")
    current = find_current(group, configurations)
    present = find_image(current["ImageId"])
    image = choose_image(event["ImageId"], event["AutoScalingGroupName"], [present] if present else [])
    reused = find_reusable(event["LaunchConfigPrefix"], image["ImageId"], current, configurations)
    refuse_image(event, image, present, source_of(event, current, is_new=not reused))
    if not reused:
        refuse_new_configuration(event)
    return {
        "ImageId": image["ImageId"],
        "ImageName": image.get("Name", "none"),
        "LaunchConfigurationName": reused or choose_name(event, image, configurations),
        "Before": {
            "Seen": fingerprint(group),
            "ImageIds": list_previous(image["ImageId"], [current["ImageId"]], []),
            "LaunchSource": f"launch configuration {current['LaunchConfigurationName']}",
            "PreviousLaunchConfigurationName": current["LaunchConfigurationName"],
            "PreviousImageId": current["ImageId"],
        },
    }


def read_changeable_group(event: Event) -> Any:
    name = event["AutoScalingGroupName"]
    group = read_group(name)
    if event["InstanceId"] in [instance["InstanceId"] for instance in group.get("Instances", [])]:
        raise Exception(
            f"Golden instance {event['InstanceId']} is a member of Auto Scaling group {name}: detach it, or "
            "name an instance outside the group in the component."
        )
    refuse_active_refresh(name)
    refuse_other_kind(group, "launch configurations", "LaunchConfigurationName")
    return group


def find_current(group: Mapping[str, Any], configurations: Sequence[Any]) -> Any:
    name = group["LaunchConfigurationName"]
    for one in configurations:
        if one["LaunchConfigurationName"] == name:
            return one
    raise Exception(
        f"Auto Scaling group {group['AutoScalingGroupName']} has no launch configuration that can be read "
        f"(it names {name}): give it a launch template and run pulumi up."
    )


def find_reusable(prefix: str, image_id: str, current: Any, configurations: Sequence[Any]) -> str | None:
    """The newest of ours that names the image; the one in use stays, where it is one of them."""
    form = re.compile(re.escape(prefix) + DATED)
    ours = [
        one
        for one in configurations
        if one["ImageId"] == image_id and form.fullmatch(one["LaunchConfigurationName"])
    ]
    if current in ours:
        return str(current["LaunchConfigurationName"])
    newest = max(ours, key=lambda one: one["CreatedTime"], default=None)
    return newest and str(newest["LaunchConfigurationName"])


def choose_name(event: Event, image: Mapping[str, Any], configurations: Sequence[Any]) -> str:
    """As the image is called, or after this moment where that name is taken."""
    taken = [one["LaunchConfigurationName"] for one in configurations]
    name = event["LaunchConfigPrefix"] + suffix_of(image, event["AutoScalingGroupName"])
    return f"{event['LaunchConfigPrefix']}_{utc_now():%Y-%m-%d_%H.%M.%S}" if name in taken else name


def source_of(event: Event, current: Mapping[str, Any], is_new: bool) -> ImageSource:
    """Only a copy of the group's launch configuration says of types and volumes what may not fit."""
    copied = is_new and event["LaunchConfigurationFrom"] == "group"
    return {
        "name": f"launch configuration {current['LaunchConfigurationName']}",
        "image_id": current["ImageId"],
        "types": [current["InstanceType"]] if copied else [],
        "devices": current.get("BlockDeviceMappings", []) if copied else [],
    }


def refuse_image(event: Event, image: Any, present: Any, source: ImageSource) -> None:
    misfit = find_misfit(source, image, present, read_instance_types(source["types"]))
    if misfit:
        refuse_misfit(image["ImageId"], source["name"], misfit)
    refuse_volumes(source, image, present)
    refuse_unready_keys(image, [present], event["CustomerKeyReady"])


def refuse_new_configuration(event: Event) -> None:
    limits = autoscaling.describe_account_limits()
    most = limits["MaxNumberOfLaunchConfigurations"]
    if limits["NumberOfLaunchConfigurations"] >= most:
        raise Exception(
            f"This account has all of the {most} launch configurations that it may have in this Region: "
            "delete some, or have the quota raised."
        )
    if event["LaunchConfigurationFrom"] == "instance":
        refuse_lost_source(event["InstanceId"])


def refuse_lost_source(instance_id: str) -> None:
    image_id = read_instance(instance_id)["ImageId"]
    if not find_image(image_id):
        raise Exception(
            f"Image {image_id}, from which golden instance {instance_id} was launched, cannot be used any "
            "more, and AWS derives no launch configuration without it: set launchConfigurationFrom to group "
            "in the component and run pulumi up."
        )
