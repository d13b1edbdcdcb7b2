"""Refuses a golden instance of which EC2 would take no image, or that the group may replace."""

from collections.abc import Mapping
from typing import Any, TypedDict

from botocore.exceptions import ClientError

from shared.answers import error_code
from shared.clients import ec2
from shared.tags import tags_of


class Event(TypedDict):
    InstanceId: str
    AutoScalingGroupName: str


def check_golden_instance(event: Event, _context: object) -> None:
    instance = read_instance(event["InstanceId"])
    refuse_state(instance)
    refuse_member(instance, event["AutoScalingGroupName"])
    refuse_instance_store(instance)


def read_instance(instance_id: str) -> Mapping[str, Any]:
    try:
        reservations = ec2.describe_instances(InstanceIds=[instance_id])["Reservations"]
    except ClientError as error:
        if error_code(error) != "InvalidInstanceID.NotFound":
            raise
        reservations = []
    for reservation in reservations:
        for instance in reservation["Instances"]:
            return instance
    raise Exception(
        f"Golden instance {instance_id} does not exist in this Region: set instanceId in the component "
        "and run pulumi up."
    )


def refuse_state(instance: Mapping[str, Any]) -> None:
    state = instance["State"]["Name"]
    if state not in ("running", "stopped"):
        raise Exception(
            f"Golden instance {instance['InstanceId']} is {state}, but an image is taken of a running or "
            "stopped instance only: start or stop it, and start the runbook again."
        )


def refuse_member(instance: Mapping[str, Any], group_name: str) -> None:
    """AWS gives this tag to the members of a group, and to nothing else."""
    if tags_of(instance).get("aws:autoscaling:groupName") == group_name:
        raise Exception(
            f"Golden instance {instance['InstanceId']} is a member of Auto Scaling group {group_name}, which "
            "may replace it at any time: detach it, or name an instance outside the group in the component."
        )


def refuse_instance_store(instance: Mapping[str, Any]) -> None:
    if instance.get("RootDeviceType", "ebs") != "ebs":
        raise Exception(
            f"Golden instance {instance['InstanceId']} has no EBS volume as its root device, so that EC2 "
            "takes no image of it: use another one."
        )
