"""Measures how old what the group launches is, and since when nothing was rolled out."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import NotRequired, TypedDict

from shared.answers import read_pages
from shared.cloudwatch_client import cloudwatch
from shared.data import Data
from shared.ec2_client import ec2
from shared.existing_group import read_existing_group
from shared.history_tags import ROLLED_OUT_TAG
from shared.iam_client import iam
from shared.image_ownership import is_own_image, tags_of
from shared.launched_images import read_launched_images
from shared.tags import GROUP_TAG
from shared.unchanged_runs import read_last_unchanged

HOUR, DAY = 3600, 86400


class Event(TypedDict):
    AutomationAssumeRole: str
    AutoScalingGroupName: str
    CreateImageDocumentName: NotRequired[str]


def measure(event: Event, _context: object) -> dict[str, str]:
    return measure_with(event, read_oldest_launched)


def measure_with(event: Event, read_image: Callable[[Data], Data]) -> dict[str, str]:
    name = event["AutoScalingGroupName"]
    ours = [one for one in read_tagged(name, "describe_images", "Images") if is_own_image(one, name)]
    hours = seconds_since(read_last_success(event, ours)) / HOUR
    snapshots = read_tagged(name, "describe_snapshots", "Snapshots")
    # First what is known in any case: the alarm on it speaks also where the group cannot be read.
    put(name, HoursSinceSuccess=hours, Images=len(ours), Snapshots=len(snapshots))
    image = read_image(read_existing_group(name))
    days = seconds_since(made_at(image)) / DAY
    put(name, ImageAgeDays=days)
    return {
        "HoursSinceSuccess": f"{hours:.1f}",
        "ImageAgeDays": f"{days:.1f}",
        "ImageId": image["ImageId"],
    }


def read_tagged(group_name: str, operation: str, member: str) -> list[Data]:
    filters = [{"Name": f"tag:{GROUP_TAG}", "Values": [group_name]}]
    whose = {"describe_images": "Owners", "describe_snapshots": "OwnerIds"}[operation]
    return read_pages(ec2, operation, member, Filters=filters, **{whose: ["self"]})


def read_last_success(event: Event, ours: list[Data]) -> datetime:
    """When the newest image that was rolled out was made; before the first, when this was deployed.

    Where runs may find nothing changed, that counts too.
    """
    successes = [made_at(one) for one in ours if ROLLED_OUT_TAG in tags_of(one)]
    if successes and "CreateImageDocumentName" in event:
        unchanged = read_last_unchanged(event["CreateImageDocumentName"])
        successes += [unchanged] if unchanged else []
    if successes:
        return max(successes)
    role_name = event["AutomationAssumeRole"].rpartition("/")[2]
    made: datetime = iam.get_role(RoleName=role_name)["Role"]["CreateDate"]
    return made


def read_oldest_launched(group: Data) -> Data:
    """Of ours, where any is: a roll-out leaves those alone that are of another architecture."""
    images, name = read_launched_images(group), group["AutoScalingGroupName"]
    return min([one for one in images if is_own_image(one, name)] or images, key=made_at)


def made_at(image: Data) -> datetime:
    return datetime.fromisoformat(image["CreationDate"])


def seconds_since(moment: datetime) -> float:
    return time.time() - moment.timestamp()


def put(group_name: str, **values: float) -> None:
    dimensions: Data = [{"Name": "AutoScalingGroupName", "Value": group_name}]
    data: Data = [
        {"MetricName": name, "Value": value, "Dimensions": dimensions} for name, value in values.items()
    ]
    cloudwatch.put_metric_data(Namespace="AmiRefresh", MetricData=data)
