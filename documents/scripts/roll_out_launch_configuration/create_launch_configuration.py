"""Makes the launch configuration that names the image, and reads it back before the group refers to it."""

import base64
import time
from typing import TypedDict

from shared.autoscaling_client import autoscaling
from shared.data import Data
from shared.denials import explain_denial
from shared.device_snapshots import snapshots_of
from shared.ec2_client import ec2
from shared.images import read_available_image

# The volume types that a launch configuration knows, with what it can say of each; io2 comes from the image.
VOLUME_TYPES = {
    **{name: ["VolumeType"] for name in ("standard", "gp2", "st1", "sc1")},
    "io1": ["VolumeType", "Iops"],
    "gp3": ["VolumeType", "Iops", "Throughput"],
}
# All else that AWS answers of a launch configuration is what one is made of.
NOT_COPIED = ("LaunchConfigurationName", "LaunchConfigurationARN", "ImageId", "CreatedTime")


class Event(TypedDict):
    ImageId: str
    Name: str
    InstanceId: str
    LaunchConfigurationFrom: str
    Before: dict[str, str]


def create_launch_configuration(event: Event, _context: object) -> dict[str, str]:
    name = event["Name"]
    image = read_available_image(event["ImageId"])
    found = find_configuration(name)
    if not found or found["ImageId"] != event["ImageId"]:
        make_configuration(event, image)
    made = read_configuration(name)
    refuse_foreign(made, image)
    previous = find_configuration(event["Before"]["PreviousLaunchConfigurationName"])
    return {"LaunchConfigurationName": name, "Lost": ", ".join(list_lost(previous or {}, made)) or "none"}


def find_configuration(name: str) -> Data:
    found = autoscaling.describe_launch_configurations(LaunchConfigurationNames=[name])[
        "LaunchConfigurations"
    ]
    return found[0] if found else None


def read_configuration(name: str) -> Data:
    """A new one may not be shown at once."""
    for _ in range(13):
        found = find_configuration(name)
        if found:
            return found
        time.sleep(5)
    raise Exception(
        f"Launch configuration {name} cannot be found for 60 seconds, and the group was not changed: see "
        "whether somebody deleted it."
    )


def make_configuration(event: Event, image: Data) -> None:
    if event["LaunchConfigurationFrom"] == "instance":
        found = ec2.describe_instances(InstanceIds=[event["InstanceId"]])["Reservations"]
        settings = copy_instance(found[0]["Instances"][0], image)
    else:
        settings = copy_configuration(
            find_configuration(event["Before"]["PreviousLaunchConfigurationName"]), image
        )
    name = event["Name"]
    try:
        autoscaling.create_launch_configuration(
            LaunchConfigurationName=name, ImageId=event["ImageId"], **settings
        )
    except autoscaling.exceptions.ClientError as error:
        code = error.response["Error"]["Code"]
        if code == "LimitExceeded":
            raise Exception(
                "This account has all of the launch configurations that it may have in this Region, and the "
                "group was not changed: delete some, or have the quota raised."
            ) from error
        if code != "AlreadyExists":
            raise explain_denial(error) from error
        # It is this run's own where boto3 asked again because the first answer did not come.
        if read_configuration(name)["ImageId"] != event["ImageId"]:
            raise Exception(
                f"Launch configuration {name} was made by someone else during this run, and the group was "
                "not changed: give each component a prefix of its own."
            ) from error


def copy_instance(instance: Data, image: Data) -> dict[str, Data]:
    """AWS derives the rest from the instance, but may take volumes and metadata settings from elsewhere."""
    devices = image.get("BlockDeviceMappings", [])
    settings = {
        "InstanceId": instance["InstanceId"],
        "MetadataOptions": list_metadata_options(instance.get("MetadataOptions", {})),
        "BlockDeviceMappings": [copy_device(device) for device in devices if "NoDevice" not in device],
    }
    return {name: value for name, value in settings.items() if value}


def list_metadata_options(options: Data) -> dict[str, Data]:
    """What a launch configuration can say of the instance metadata service."""
    # A service that is switched off has no further settings, and Auto Scaling may refuse them beside it.
    off = options.get("HttpEndpoint") == "disabled"
    known = ["HttpEndpoint"] if off else ["HttpTokens", "HttpPutResponseHopLimit", "HttpEndpoint"]
    return pick(options, known)


def copy_device(device: Data) -> dict[str, Data]:
    """A device of the image, written out as far as a launch configuration can say it."""
    if "Ebs" not in device:
        return pick(device, ["DeviceName", "VirtualName"])
    volume = device["Ebs"]
    of_type = VOLUME_TYPES.get(volume.get("VolumeType"), [])
    known = ["SnapshotId", "VolumeSize", "DeleteOnTermination", *of_type]
    return {"DeviceName": device["DeviceName"], "Ebs": pick(volume, known)}


def pick(members: Data, names: list[str]) -> dict[str, Data]:
    return {name: members[name] for name in names if name in members}


def copy_configuration(current: Data, image: Data) -> dict[str, Data]:
    """The current launch configuration, with volumes that the image fills."""
    settings = {
        name: value
        for name, value in current.items()
        if value not in (None, "", [], {}) and name not in NOT_COPIED and not name.startswith("ClassicLink")
    }
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


def fill_device(device: Data, of_image: Data) -> Data:
    if "Ebs" not in device or "Ebs" not in of_image:
        return device
    volume = {**device["Ebs"], "SnapshotId": of_image["Ebs"]["SnapshotId"]}
    if not volume.get("Encrypted"):
        # "Not encrypted" would contradict an encrypted image.
        volume.pop("Encrypted", None)
    return {**device, "Ebs": volume}


def list_lost(previous: Data, made: Data) -> list[str]:
    """What AWS does not derive from an instance, as a Spot price: only names, user data may hold secrets."""
    settings = [name for name, value in previous.items() if is_lost(value, made.get(name))]
    devices, left = (of.get("BlockDeviceMappings", []) for of in (previous, made))
    left = [one["DeviceName"] for one in left]
    disks = [one["DeviceName"] for one in devices if "Ebs" in one or one.get("VirtualName")]
    return [*settings, *(name for name in disks if name not in left)]


def is_lost(value: Data, now: Data) -> bool:
    nothing: Data = (None, "", [], {}, {"Enabled": False})
    return value not in nothing and (now in nothing or (value is True and now is False))


def refuse_foreign(made: Data, image: Data) -> None:
    """The group never refers to another image than the one rolled out, nor to another image's snapshots."""
    foreign = [one for one in snapshots_of(made) if one not in snapshots_of(image)]
    if foreign or made["ImageId"] != image["ImageId"]:
        raise Exception(
            f"Launch configuration {made['LaunchConfigurationName']} names image "
            f"{made['ImageId']}{' and snapshots ' if foreign else ''}{', '.join(foreign)}, which is not "
            f"image {image['ImageId']} alone, and the group was not changed: delete it, and set "
            "launchConfigurationFrom in the component to the other value."
        )
