"""Starts the image of the golden instance, under a name that is free, and waits until AWS shows it."""

import time
from collections.abc import Iterator
from typing import Any, TypedDict

from botocore.exceptions import ClientError

from shared.autoscaling_client import autoscaling
from shared.clock import utc_now
from shared.ec2_client import ec2
from shared.once_clients import ec2_once
from shared.tags import EXECUTION_TAG, GROUP_TAG, SOURCE_INSTANCE_TAG

NAME_ATTEMPTS = 10
# AWS may answer for up to two minutes that a new image does not exist.
PATIENCE_SECONDS = 300


class Event(TypedDict):
    InstanceId: str
    AutoScalingGroupName: str
    LaunchConfigPrefix: str
    Reboot: bool | str
    Tags: list[str]
    ExecutionId: str


def create_image(event: Event, _context: object) -> dict[str, str]:
    image_id, image_name = start_under_free_name(event)
    wait_until_visible(image_id)
    return {"ImageId": image_id, "ImageName": image_name}


def start_under_free_name(event: Event) -> tuple[str, str]:
    names = propose_names(event)
    for _ in range(NAME_ATTEMPTS):
        name = next(names)
        try:
            return start_image(event, name), name
        except ClientError as error:
            # Another group has the same golden instance and schedule, and was a moment faster.
            if error.response["Error"]["Code"] != "InvalidAMIName.Duplicate":
                raise
    raise Exception(
        f"Ten names for the image were taken, the last being {name}: see what else images "
        f"{event['InstanceId']} at this time, and start the runbook again."
    )


def propose_names(event: Event) -> Iterator[str]:
    """With the date, and on a further run of the day with the time as well."""
    date = f"_{utc_now():%Y-%m-%d}"
    if not is_taken(event, date):
        yield event["InstanceId"] + date
        time.sleep(1)
    while True:
        yield f"{event['InstanceId']}_{utc_now():%Y-%m-%d_%H.%M.%S}"
        time.sleep(1)


def is_taken(event: Event, suffix: str) -> bool:
    """By an image, or by a launch configuration, to which the roll-out would give the same suffix.

    Whatever the group launches with: it may have left its launch configurations behind.
    """
    name, configuration = event["InstanceId"] + suffix, event["LaunchConfigPrefix"] + suffix
    images = ec2.describe_images(Owners=["self"], Filters=[{"Name": "name", "Values": [name]}])
    found = autoscaling.describe_launch_configurations(LaunchConfigurationNames=[configuration])
    return bool(images["Images"] or found["LaunchConfigurations"])


def start_image(event: Event, name: str) -> str:
    tags = [{"Key": key, "Value": value} for key, value in make_tags(event).items()]
    specifications: list[Any] = [{"ResourceType": of, "Tags": tags} for of in ("image", "snapshot")]
    description = f"Golden image of {event['InstanceId']} for {event['AutoScalingGroupName']}"
    return ec2_once.create_image(
        InstanceId=event["InstanceId"],
        Name=name,
        # AWS takes no more.
        Description=description[:255],
        # As text, so that it makes no difference in which form Automation hands a Boolean on.
        NoReboot=str(event["Reboot"]).lower() != "true",
        TagSpecifications=specifications,
    )["ImageId"]


def make_tags(event: Event) -> dict[str, str]:
    further = (tag.partition("=") for tag in event["Tags"])
    return {
        **{key: value for key, _, value in further},
        GROUP_TAG: event["AutoScalingGroupName"],
        SOURCE_INSTANCE_TAG: event["InstanceId"],
        EXECUTION_TAG: event["ExecutionId"],
    }


def wait_until_visible(image_id: str) -> None:
    deadline = time.time() + PATIENCE_SECONDS
    while time.time() < deadline:
        try:
            if ec2.describe_images(ImageIds=[image_id])["Images"]:
                return
        except ClientError as error:
            if error.response["Error"]["Code"] != "InvalidAMIID.NotFound":
                raise
        time.sleep(5)
    raise Exception(
        f"AWS does not show the new image {image_id} within {PATIENCE_SECONDS} seconds, and the group was "
        "not changed: start the runbook again."
    )
