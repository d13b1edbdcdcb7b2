"""Images, and the snapshots that they name."""

from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError

from shared.answers import error_code
from shared.ec2_client import ec2

IMAGE_GONE = ("InvalidAMIID.NotFound", "InvalidAMIID.Unavailable", "AuthFailure")


def find_image(image_id: str) -> Any:
    """The image, or None where it cannot be read any more."""
    try:
        images = ec2.describe_images(ImageIds=[image_id])["Images"]
    except ClientError as error:
        if error_code(error) not in IMAGE_GONE:
            raise
        return None
    return images[0] if images else None


def read_available_image(image_id: str) -> Any:
    image = find_image(image_id)
    state = image["State"] if image else "gone"
    if state != "available":
        raise Exception(
            f"Image {image_id} is {state} and not available any more, and the group stays as it was: see who "
            "did that, and start the runbook again."
        )
    return image


def snapshots_of(mapped: Mapping[str, Any]) -> set[str]:
    """What the volumes of an image, or of a launch configuration, are filled from."""
    ids = [device.get("Ebs", {}).get("SnapshotId") for device in mapped.get("BlockDeviceMappings", [])]
    return {snapshot_id for snapshot_id in ids if snapshot_id}
