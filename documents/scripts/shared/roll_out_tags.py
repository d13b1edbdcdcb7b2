"""What was rolled out is written down on the image, and not inferred from anything."""

import time

from shared.data import Data
from shared.ec2_client import ec2
from shared.history_tags import PREVIOUS_IMAGE_TAG, ROLLED_OUT_TAG


def tag_as_rolled_out(image_id: str, before: dict[str, str]) -> None:
    tag(image_id, before, {ROLLED_OUT_TAG: time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())})


def tag_with_previous(image_id: str, before: dict[str, str]) -> None:
    """What comes behind the roll-out may fail, and then nobody knows any more what was before."""
    tag(image_id, before, {})


def tag(image_id: str, before: dict[str, str], tags: dict[str, str]) -> None:
    """An image that people made is left as it is, and what is written down where nothing was replaced."""
    if before["ImageIds"] != "none":
        tags = {**tags, PREVIOUS_IMAGE_TAG: before["ImageIds"]}
    if before["IsOurs"] == "true" and tags:
        wanted: Data = [{"Key": key, "Value": value} for key, value in tags.items()]
        ec2.create_tags(Resources=[image_id], Tags=wanted)
