"""Starts the image of the golden instance, under a name that is free, and waits until AWS shows it."""

import time
from typing import Any, NotRequired, TypedDict

from shared.autoscaling_client import autoscaling
from shared.ec2_client import ec2
from shared.once_clients import ec2_once
from shared.tags import EXECUTION_TAG, GROUP_TAG

# What follows the instance's id in the name, and on a further run of the day.
DAY, SECOND = "_%Y-%m-%d", "_%Y-%m-%d_%H.%M.%S"
ATTEMPTS = 10
NAME_IS_TAKEN = "InvalidAMIName.Duplicate"
# What passes, and the seconds to wait for it: EC2 asks for 15 between two snapshots of a volume.
PAUSES = {NAME_IS_TAKEN: 1, "SnapshotCreationPerVolumeRateExceeded": 15}
# AWS may answer for up to two minutes that a new image does not exist.
PATIENCE_SECONDS = 300


class Event(TypedDict):
    InstanceId: str
    AutoScalingGroupName: str
    LaunchConfigPrefix: str
    Reboot: bool | str
    Tags: list[str]
    ExcludeDevices: NotRequired[list[str]]
    ExecutionId: str


def create_image(event: Event, _context: object) -> dict[str, str]:
    image_id, image_name = start_under_free_name(event)
    wait_until_visible(image_id)
    return {"ImageId": image_id, "ImageName": image_name}


def start_under_free_name(event: Event) -> tuple[str, str]:
    suffix = time.strftime(DAY, time.gmtime())
    if is_taken(event, suffix):
        suffix = time.strftime(SECOND, time.gmtime())
    for _ in range(ATTEMPTS):
        name = event["InstanceId"] + suffix
        try:
            return start_image(event, name), name
        except ec2_once.exceptions.ClientError as error:
            code = error.response["Error"]["Code"]
            if code not in PAUSES:
                raise
        # Another group has the same golden instance and schedule, and was a moment faster.
        time.sleep(PAUSES[code])
        if code == NAME_IS_TAKEN:
            suffix = time.strftime(SECOND, time.gmtime())
    raise Exception(
        f"EC2 refused image {name} and those before it {ATTEMPTS} times, at last with {code}: see what else "
        f"images {event['InstanceId']} at this time, and start the runbook again."
    )


def is_taken(event: Event, suffix: str) -> bool:
    """By an image, or by a launch configuration, to which the roll-out would give the same suffix.

    Whatever the group launches with: it may have left its launch configurations behind.
    """
    name, configuration = event["InstanceId"] + suffix, event["LaunchConfigPrefix"] + suffix
    images = ec2.describe_images(Owners=["self"], Filters=[{"Name": "name", "Values": [name]}])
    found = autoscaling.describe_launch_configurations(LaunchConfigurationNames=[configuration])
    return bool(images["Images"] or found["LaunchConfigurations"])


def start_image(event: Event, name: str) -> str:
    description = f"Golden image of {event['InstanceId']} for {event['AutoScalingGroupName']}"
    tags = make_tags(event)
    left_out: Any = [{"DeviceName": one, "NoDevice": ""} for one in event.get("ExcludeDevices", [])]
    return ec2_once.create_image(
        InstanceId=event["InstanceId"],
        Name=name,
        # AWS takes no more.
        Description=description[:255],
        # As text, so that it makes no difference in which form Automation hands a Boolean on.
        NoReboot=str(event["Reboot"]).lower() != "true",
        **({"BlockDeviceMappings": left_out} if left_out else {}),
        TagSpecifications=[
            {"ResourceType": "image", "Tags": tags},
            {"ResourceType": "snapshot", "Tags": tags},
        ],
    )["ImageId"]


def make_tags(event: Event) -> list[Any]:
    tags = [
        *event["Tags"],
        f"{GROUP_TAG}={event['AutoScalingGroupName']}",
        f"ami-refresh:source-instance={event['InstanceId']}",
        f"{EXECUTION_TAG}={event['ExecutionId']}",
    ]
    return [{"Key": key, "Value": value} for key, _, value in (tag.partition("=") for tag in tags)]


def wait_until_visible(image_id: str) -> None:
    deadline = time.time() + PATIENCE_SECONDS
    while time.time() < deadline:
        try:
            if ec2.describe_images(ImageIds=[image_id])["Images"]:
                return
        except ec2.exceptions.ClientError as error:
            if error.response["Error"]["Code"] != "InvalidAMIID.NotFound":
                raise
        time.sleep(5)
    raise Exception(
        f"AWS does not show the new image {image_id} within {PATIENCE_SECONDS} seconds, and the group was "
        "not changed: start the runbook again."
    )
