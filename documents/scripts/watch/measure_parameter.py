"""Measures as shared/measure.py does, where a parameter names what the group launches."""

from shared.data import Data
from shared.images import find_image
from shared.measure import Event, measure_with
from shared.named_image import read_named_image


def measure_parameter(event: Event, _context: object) -> dict[str, str]:
    return measure_with(event, read_named)


def read_named(group: Data) -> Data:
    group_name = group["AutoScalingGroupName"]
    image_id = read_named_image(group_name)
    image = find_image(image_id) if image_id else None
    if not image:
        raise Exception(
            f"The parameter of Auto Scaling group {group_name} names {image_id or 'nothing'}, which cannot "
            "be read: set it to an image that exists, start create-image, or where the group has no such "
            "parameter any more run pulumi up."
        )
    return image
