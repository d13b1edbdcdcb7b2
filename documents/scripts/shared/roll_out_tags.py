"""What was rolled out is written down on the image, and not inferred from anything."""

from collections.abc import Iterable, Mapping
from typing import Any

from shared.clock import utc_now
from shared.ec2_client import ec2
from shared.own_images import is_own_image
from shared.tags import PREVIOUS_IMAGE_TAG, ROLLED_OUT_TAG

# AWS's limit for the value of a tag.
LONGEST_VALUE = 256


def list_previous(image_id: str, replaced: Iterable[str], left: Iterable[str]) -> str:
    """What the group launched before, in front what was replaced; none where nothing was replaced."""
    gone = [one for one in replaced if one != image_id]
    others = [one for one in left if one != image_id]
    return " ".join(dict.fromkeys([*gone, *others])) if gone else "none"


def tag_as_rolled_out(image: Mapping[str, Any], group_name: str, previous: str) -> None:
    """An image that people made is left as it is."""
    if is_own_image(image, group_name):
        tags = list_tags(previous, f"{utc_now():%Y-%m-%dT%H:%M:%SZ}")
        ec2.create_tags(
            Resources=[image["ImageId"]], Tags=[{"Key": key, "Value": value} for key, value in tags.items()]
        )


def list_tags(previous: str, time: str) -> dict[str, str]:
    """Where nothing was replaced, what the group launched before that stays written down."""
    if previous == "none":
        return {ROLLED_OUT_TAG: time}
    # Whole ids only.
    fitting = f"{previous} "[: LONGEST_VALUE + 1].rpartition(" ")[0]
    return {ROLLED_OUT_TAG: time, PREVIOUS_IMAGE_TAG: fitting}
