"""One image."""

from shared.data import Data
from shared.ec2_client import ec2


def find_image(image_id: str) -> Data:
    """The image, or None where it cannot be read any more."""
    try:
        images = ec2.describe_images(ImageIds=[image_id])["Images"]
        return images[0] if images else None
    except ec2.exceptions.ClientError as error:
        # NotFound, Unavailable, or somebody else's.
        if not error.response["Error"]["Code"].startswith(("InvalidAMIID.", "AuthFailure")):
            raise
        return None


def read_available_image(image_id: str) -> Data:
    image = find_image(image_id) or {"State": "gone"}
    if image["State"] != "available":
        raise Exception(
            f"Image {image_id} is {image['State']} and not available any more, and the group stays as it "
            "was: roll out another one."
        )
    return image
