"""What the names of an image and of what launches it have in common."""

from collections.abc import Mapping
from typing import Any

from shared.clock import utc_now
from shared.own_images import is_own_image


def suffix_of(image: Mapping[str, Any], group_name: str) -> str:
    """The date, and perhaps the time, in an image's name. An image that people made gets today's date."""
    if is_own_image(image, group_name):
        return str(image["Name"][len(image["SourceInstanceId"]) :])
    return f"_{utc_now():%Y-%m-%d}"
