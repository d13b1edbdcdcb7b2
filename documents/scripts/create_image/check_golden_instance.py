"""Refuses a golden instance of which EC2 would take no image, or whose group is gone or may replace it."""

from typing import Any, TypedDict

from shared.ec2_client import ec2
from shared.existing_group import read_existing_group


class Event(TypedDict):
    InstanceId: str
    AutoScalingGroupName: str


def check_golden_instance(event: Event, _context: object) -> None:
    # Without a group nothing is rolled out, and what is not rolled out would be made again every night.
    read_existing_group(event["AutoScalingGroupName"])
    instance_id = event["InstanceId"]
    # A filter, because of an id that does not exist EC2 makes an error.
    found = ec2.describe_instances(Filters=[{"Name": "instance-id", "Values": [instance_id]}])
    instances = [instance for one in found["Reservations"] for instance in one["Instances"]]
    problem = find_problem(instances, event["AutoScalingGroupName"])
    if problem:
        raise Exception(f"Golden instance {instance_id} {problem}.")


def find_problem(instances: list[Any], group_name: str) -> str:
    """What is wrong with it, and how that is mended; nothing where it will do."""
    if not instances:
        return "does not exist in this Region: set instanceId and run pulumi up"
    instance = instances[0]
    state = instance["State"]["Name"]
    if state not in ("running", "stopped"):
        return (
            f"is {state}, but an image is taken of a running or stopped instance only: start or stop it, and "
            "start the runbook again"
        )
    # AWS gives this tag to the members of a group, and to nothing else.
    if {"Key": "aws:autoscaling:groupName", "Value": group_name} in instance.get("Tags", []):
        return (
            f"is a member of Auto Scaling group {group_name}, which may replace it at any time: detach it, "
            "or name an instance outside the group in the component"
        )
    if instance.get("RootDeviceType", "ebs") != "ebs":
        return "has no EBS volume as its root device, so that EC2 takes no image of it: use another one"
    return ""
