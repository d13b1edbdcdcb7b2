"""Measures as shared/measure.py does, where a parameter names what the group launches."""

from shared.data import Data
from shared.existing_group import read_existing_group
from shared.image_ownership import is_own_image
from shared.images import find_image
from shared.measure import (
    DAY,
    HOUR,
    Event,
    made_at,
    put,
    read_last_success,
    read_tagged,
    seconds_since,
)
from shared.named_image import read_named_image


def measure_parameter(event: Event, _context: object) -> dict[str, str]:
    name = event["AutoScalingGroupName"]
    ours = [one for one in read_tagged(name, "describe_images", "Images") if is_own_image(one, name)]
    hours = seconds_since(read_last_success(event, ours)) / HOUR
    snapshots = read_tagged(name, "describe_snapshots", "Snapshots")
    # First what is known in any case: the alarm on it speaks also where the group cannot be read.
    put(name, HoursSinceSuccess=hours, Images=len(ours), Snapshots=len(snapshots))
    image = read_launched_image(name)
    days = seconds_since(made_at(image)) / DAY
    put(name, ImageAgeDays=days)
    return {
        "HoursSinceSuccess": f"{hours:.1f}",
        "ImageAgeDays": f"{days:.1f}",
        "ImageId": image["ImageId"],
    }


def read_launched_image(group_name: str) -> Data:
    read_existing_group(group_name)
    image_id = read_named_image(group_name)
    image = find_image(image_id) if image_id else None
    if not image:
        raise Exception(
            f"The parameter of Auto Scaling group {group_name} names {image_id or 'nothing'}, which cannot "
            "be read: set it to an image that exists, start create-image, or where the group has no such "
            "parameter any more run pulumi up."
        )
    return image
