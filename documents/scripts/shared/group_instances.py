"""The instances of a group."""

from shared.answers import read_pages
from shared.data import Data
from shared.ec2_client import ec2


def read_group_instances(group_name: str) -> list[Data]:
    """Those that are there, with the images that they were launched from."""
    # In the value of a filter * and ? are wildcards, and group names have none; a backslash escapes.
    filters: Data = [
        {"Name": "tag:aws:autoscaling:groupName", "Values": [group_name.replace("\\", "\\\\")]},
        {"Name": "instance-state-name", "Values": ["pending", "running"]},
    ]
    found = read_pages(ec2, "describe_instances", "Reservations", Filters=filters)
    return [one for reservation in found for one in reservation["Instances"]]


def list_with_image(group_name: str, image_id: str) -> list[str]:
    return [one["InstanceId"] for one in read_group_instances(group_name) if one["ImageId"] == image_id]


def count_instances(ids: list[str]) -> str:
    """How many they are, and the first of them by name."""
    some = ", ".join(ids[:5]) + (", ..." if len(ids) > 5 else "")
    return f"{len(ids)} instance{'' if len(ids) == 1 else 's'} ({some})"


def list_staying(group_name: str, image_id: str, refresh: Data) -> list[str]:
    """Instances of an image that is given up, unless AWS replaces them once more."""
    if refresh and refresh["Status"].startswith("Rollback"):
        return ["none"]
    return list_with_image(group_name, image_id) or ["none"]
