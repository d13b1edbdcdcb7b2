"""What was rolled out is written down on the image, and not inferred from anything."""

import time

from shared.data import Data
from shared.ec2_client import ec2
from shared.history_tags import PREVIOUS_IMAGE_TAG, ROLLED_OUT_TAG


def tag_as_rolled_out(image_id: str, before: dict[str, str]) -> None:
    """An image that people made is left as it is, and what is written down where nothing was replaced."""
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    tags: list[Data] = [{"Key": ROLLED_OUT_TAG, "Value": now}]
    if before["ImageIds"] != "none":
        tags.append({"Key": PREVIOUS_IMAGE_TAG, "Value": before["ImageIds"]})
    if before["IsOurs"] == "true":
        ec2.create_tags(Resources=[image_id], Tags=tags)
