"""Makes the launch configuration that names the image, and reads it back before the group refers to it."""

import base64
from collections.abc import Mapping
from typing import Any, TypedDict

from botocore.exceptions import ClientError
from shared.answers import error_code
from shared.autoscaling_client import autoscaling
from shared.denials import explaining_denials
from shared.images import read_available_image, snapshots_of
from shared.instances import read_instance
from shared.patience import look_up

# The volume types that a launch configuration knows, with what it can say of each; io2 comes from the image.
VOLUME_TYPES = {
    **{name: ["VolumeType"] for name in ("standard", "gp2", "st1", "sc1")},
    "io1": ["VolumeType", "Iops"],
    "gp3": ["VolumeType", "Iops", "Throughput"],
}
COPIED = (
    "KeyName",
    "SecurityGroups",
    "UserData",
    "InstanceType",
    "KernelId",
    "RamdiskId",
    "BlockDeviceMappings",
    "InstanceMonitoring",
    "SpotPrice",
    "IamInstanceProfile",
    "EbsOptimized",
    "AssociatePublicIpAddress",
    "PlacementTenancy",
    "MetadataOptions",
)


class Event(TypedDict):
    ImageId: str
    Name: str
    InstanceId: str
    LaunchConfigurationFrom: str
    Before: dict[str, str]


def create_launch_configuration(event: Event, _context: object) -> dict[str, str]:
    image = read_available_image(event["ImageId"])
    found = find_configuration(event["Name"])
    if not found or found["ImageId"] != event["ImageId"]:
        make_configuration(event, settings_for(event, image))
    check_configuration(read_configuration(event["Name"]), image)
    return {"LaunchConfigurationName": event["Name"]}


def find_configuration(name: str) -> Any:
    answer = autoscaling.describe_launch_configurations(LaunchConfigurationNames=[name])
    return answer["LaunchConfigurations"][0] if answer["LaunchConfigurations"] else None


def read_configuration(name: str) -> Any:
    return look_up(f"Launch configuration {name}", lambda: find_configuration(name))


def settings_for(event: Event, image: Mapping[str, Any]) -> dict[str, Any]:
    if event["LaunchConfigurationFrom"] == "instance":
        return copy_instance(read_instance(event["InstanceId"]), image)
    return copy_configuration(read_configuration(event["Before"]["PreviousLaunchConfigurationName"]), image)


def make_configuration(event: Event, settings: Mapping[str, Any]) -> None:
    try:
        with explaining_denials():
            autoscaling.create_launch_configuration(
                LaunchConfigurationName=event["Name"], ImageId=event["ImageId"], **settings
            )
    except ClientError as error:
        if error_code(error) != "AlreadyExists":
            raise
        # It is this run's own where boto3 asked again because the first answer did not come.
        if read_configuration(event["Name"])["ImageId"] != event["ImageId"]:
            raise Exception(
                f"Launch configuration {event['Name']} was made by someone else during this run, and the "
                "group was not changed: give each component a prefix of its own."
            ) from error


def copy_instance(instance: Mapping[str, Any], image: Mapping[str, Any]) -> dict[str, Any]:
    """AWS derives the rest from the instance, but may take volumes and metadata settings from elsewhere."""
    settings: dict[str, Any] = {"InstanceId": instance["InstanceId"]}
    options = list_metadata_options(instance.get("MetadataOptions", {}))
    if options:
        settings["MetadataOptions"] = options
    devices = [
        copy_device(device) for device in image.get("BlockDeviceMappings", []) if "NoDevice" not in device
    ]
    if devices:
        settings["BlockDeviceMappings"] = devices
    return settings


def list_metadata_options(options: Mapping[str, Any]) -> dict[str, Any]:
    """What a launch configuration can say of the instance metadata service."""
    # A service that is switched off has no further settings, and Auto Scaling may refuse them beside it.
    off = options.get("HttpEndpoint") == "disabled"
    known = ("HttpEndpoint",) if off else ("HttpTokens", "HttpPutResponseHopLimit", "HttpEndpoint")
    return {name: options[name] for name in known if name in options}


def copy_device(device: Mapping[str, Any]) -> dict[str, Any]:
    """A device of the image, written out as far as a launch configuration can say it."""
    if "Ebs" not in device:
        return {name: device[name] for name in ("DeviceName", "VirtualName") if name in device}
    volume = device["Ebs"]
    kept = [
        "SnapshotId",
        "VolumeSize",
        "DeleteOnTermination",
        *VOLUME_TYPES.get(volume.get("VolumeType"), []),
    ]
    return {
        "DeviceName": device["DeviceName"],
        "Ebs": {name: volume[name] for name in kept if name in volume},
    }


def copy_configuration(current: Mapping[str, Any], image: Mapping[str, Any]) -> dict[str, Any]:
    """The current launch configuration, with volumes that the image fills."""
    settings = {name: current[name] for name in COPIED if current.get(name) not in (None, "", [], {})}
    if "UserData" in settings:
        # AWS answers it in base64 and boto3 encodes it again.
        settings["UserData"] = base64.b64decode(settings["UserData"])
    if "BlockDeviceMappings" in settings:
        of_image = {device["DeviceName"]: device for device in image.get("BlockDeviceMappings", [])}
        settings["BlockDeviceMappings"] = [
            fill_device(device, of_image.get(device["DeviceName"], {}))
            for device in settings["BlockDeviceMappings"]
        ]
    return settings


def fill_device(device: Mapping[str, Any], of_image: Mapping[str, Any]) -> Mapping[str, Any]:
    if "Ebs" not in device or "Ebs" not in of_image:
        return device
    volume = {**device["Ebs"], "SnapshotId": of_image["Ebs"]["SnapshotId"]}
    if not volume.get("Encrypted"):
        # "Not encrypted" would contradict an encrypted image.
        volume.pop("Encrypted", None)
    return {**device, "Ebs": volume}


def check_configuration(made: Mapping[str, Any], image: Mapping[str, Any]) -> None:
    """The group never refers to another image than the one rolled out, nor to another image's snapshots."""
    foreign = sorted(snapshots_of(made) - snapshots_of(image))
    if made["ImageId"] != image["ImageId"] or foreign:
        raise Exception(
            f"Launch configuration {made['LaunchConfigurationName']} names image "
            f"{made['ImageId']}{' and snapshots ' if foreign else ''}{', '.join(foreign)}, which is not "
            f"image {image['ImageId']} alone, and the group was not changed: delete it, and set "
            "launchConfigurationFrom in the component to the other value."
        )
