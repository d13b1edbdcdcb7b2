"""Which images are ours."""

import re
from collections.abc import Mapping
from typing import Any

from shared.answers import read_pages
from shared.ec2_client import ec2
from shared.tag_values import tags_of
from shared.tags import GROUP_TAG

# What follows the instance's id in the name of an image,
# and the prefix in the name of a launch configuration.
DATED = r"_\d{4}-\d\d-\d\d(_\d\d\.\d\d\.\d\d)?"


def is_own_image(image: Mapping[str, Any], group_name: str) -> bool:
    """Made by CreateImage for this group, and named after that very instance.

    People copy images with their tags.
    """
    if tags_of(image).get(GROUP_TAG) != group_name:
        return False
    return bool(re.fullmatch(re.escape(image.get("SourceInstanceId") or "-") + DATED, image.get("Name", "")))


def read_own_images(group_name: str) -> list[Any]:
    """Our images of this group, in any state but gone."""
    request = {"Owners": ["self"], "IncludeDisabled": True, "MaxResults": 200}
    images = read_pages(ec2, "describe_images", "Images", Filters=filter_by_group(group_name), **request)
    return [one for one in images if one["State"] != "deregistered" and is_own_image(one, group_name)]


def filter_by_group(group_name: str) -> list[dict[str, Any]]:
    """What EC2 has with our tag."""
    # In the value of a filter * and ? are wildcards, and group names have none; a backslash escapes.
    return [{"Name": f"tag:{GROUP_TAG}", "Values": [group_name.replace("\\", "\\\\")]}]
