"""Refuses a golden instance of which EC2 would take no image, or whose group is gone or may replace it."""

from typing import NotRequired, TypedDict

from shared.data import Data
from shared.devices import volumes_of
from shared.existing_group import read_existing_group
from shared.golden_instance import read_instance


class Event(TypedDict):
    InstanceId: str
    AutoScalingGroupName: str
    ExcludeDevices: NotRequired[list[str]]


def check_golden_instance(event: Event, _context: object) -> dict[str, list[str]]:
    # Without a group nothing is rolled out, and what is not rolled out would be made again every night.
    read_existing_group(event["AutoScalingGroupName"])
    instance_id, excluded = event["InstanceId"], event.get("ExcludeDevices", [])
    instance = read_instance(instance_id)
    problem = find_problem(instance, event["AutoScalingGroupName"]) or find_wrong_device(instance, excluded)
    if problem:
        raise Exception(f"Golden instance {instance_id} {problem}.")
    return {"Outliving": list_outliving(instance, excluded) or ["none"]}


def find_problem(instance: Data, group_name: str) -> str:
    """What is wrong with it, and how that is mended; nothing where it will do."""
    if not instance:
        return "does not exist in this Region: set instanceId and run pulumi up"
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


def find_wrong_device(instance: Data, excluded: list[str]) -> str:
    """What cannot be left out of the image."""
    volumes = volumes_of(instance)
    if instance.get("RootDeviceName") in excluded:
        return (
            f"has its root volume at {instance['RootDeviceName']}, and without it no image can be launched: "
            "take it out of excludeDevices and run pulumi up"
        )
    unknown = [name for name in excluded if name not in volumes]
    if unknown:
        return (
            f"has no volume at {', '.join(unknown)}, only at {', '.join(sorted(volumes))}: correct "
            "excludeDevices and run pulumi up"
        )
    return ""


def list_outliving(instance: Data, excluded: list[str]) -> list[str]:
    """The devices whose volumes stay, and are paid for, when an instance of the image is terminated."""
    volumes = volumes_of(instance)
    return [
        name
        for name, volume in volumes.items()
        if volume.get("DeleteOnTermination") is False and name not in excluded
    ]
