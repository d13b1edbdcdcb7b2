"""What only EC2 knows of an image."""

from typing import Any

from botocore.exceptions import ClientError

from shared.answers import error_code, read_pages
from shared.ec2_client import ec2

# What is not available was never anybody's, and EC2 may not know it.
USABLE = ("available", "disabled")
# Another run may just have deleted it.
IMAGE_GONE = ("InvalidAMIID.NotFound", "InvalidAMIID.Unavailable")
# Beside what is read one by one: instances with their states, and the versions of templates that are in use.
REFERRING = (
    "ec2:LaunchTemplate",
    "ssm:Parameter",
    "imagebuilder:ImageRecipe",
    "imagebuilder:ContainerRecipe",
)


def ask_for_references(image_ids: list[str]) -> list[tuple[str, str]]:
    """The ARNs of what refers to which image; of ten at once. Not every boto3, nor every Region, has it."""
    found: list[Any] = []
    for start in range(0, len(image_ids) if hasattr(ec2, "describe_image_references") else 0, 10):
        found += read_image_references(image_ids[start : start + 10])
    return [(one["ImageId"], one["Arn"]) for one in found]


def read_image_references(image_ids: list[str]) -> list[Any]:
    request = {"ImageIds": image_ids, "ResourceTypes": [{"ResourceType": name} for name in REFERRING]}
    try:
        return read_pages(ec2, "describe_image_references", "ImageReferences", **request)
    except ClientError as error:
        code = error_code(error)
        if code in IMAGE_GONE and len(image_ids) > 1:
            return [found for one in image_ids for found in read_image_references([one])]
        if code not in (*IMAGE_GONE, "InvalidAction", "UnsupportedOperation"):
            raise
        return []


def read_shares(image_id: str) -> str:
    """With whom an image is shared."""
    try:
        answer = ec2.describe_image_attribute(ImageId=image_id, Attribute="launchPermission")
    except ClientError as error:
        if error_code(error) not in IMAGE_GONE:
            raise
        return ""
    return ", ".join(str(value) for one in answer["LaunchPermissions"] for value in one.values())
