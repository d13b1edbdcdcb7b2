"""Our images, all of them."""

from typing import Any

from shared.answers import read_pages
from shared.ec2_client import ec2
from shared.image_ownership import is_own_image
from shared.tags import GROUP_TAG


def read_own_images(group_name: str) -> list[Any]:
    """Our images of this group, in any state but gone."""
    request = {"Owners": ["self"], "IncludeDisabled": True, "MaxResults": 200}
    images = read_pages(ec2, "describe_images", "Images", Filters=filter_by_group(group_name), **request)
    return [one for one in images if one["State"] != "deregistered" and is_own_image(one, group_name)]


def filter_by_group(group_name: str) -> list[dict[str, Any]]:
    """What EC2 has with our tag."""
    # In the value of a filter * and ? are wildcards, and group names have none; a backslash escapes.
    return [{"Name": f"tag:{GROUP_TAG}", "Values": [group_name.replace("\\", "\\\\")]}]
