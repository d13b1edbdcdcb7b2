"""Which images are ours, as their tags and names say."""

import re

from shared.data import Data
from shared.tags import GROUP_TAG

# What follows the instance's id in the name of an image,
# and the prefix in the name of a launch configuration.
DATED = r"_\d{4}-\d\d-\d\d(_\d\d\.\d\d\.\d\d)?"


def tags_of(thing: Data) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in thing.get("Tags", [])}


def is_own_image(image: Data, group_name: str) -> bool:
    """Made by CreateImage for this group, and named after that very instance.

    People copy images with their tags.
    """
    named = re.escape(image.get("SourceInstanceId") or "-") + DATED
    return tags_of(image).get(GROUP_TAG) == group_name and bool(re.fullmatch(named, image.get("Name", "")))
