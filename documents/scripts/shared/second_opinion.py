"""What only EC2 knows of an image."""

from typing import Any

from botocore.exceptions import ClientError

from shared.answers import read_pages
from shared.ec2_client import ec2
from shared.error_codes import error_code

# Another run may just have deleted it. And not every Region knows of references.
NOT_KNOWN = ("InvalidAMIID.NotFound", "InvalidAMIID.Unavailable", "InvalidAction", "UnsupportedOperation")
# Beside what is read one by one: instances with their states, and the versions of templates that are in use.
REFERRING = (
    "ec2:LaunchTemplate",
    "ssm:Parameter",
    "imagebuilder:ImageRecipe",
    "imagebuilder:ContainerRecipe",
)


def ask_for_references(image_id: str) -> list[str]:
    """The ARNs of what refers to an image. Not every boto3 can ask for them."""
    if not hasattr(ec2, "describe_image_references"):
        return []
    request: Any = {"ImageIds": [image_id], "ResourceTypes": [{"ResourceType": name} for name in REFERRING]}
    try:
        found = read_pages(ec2, "describe_image_references", "ImageReferences", **request)
    except ClientError as error:
        if error_code(error) not in NOT_KNOWN:
            raise
        return []
    return [one["Arn"] for one in found]


def read_shares(image_id: str) -> str:
    """With whom an image is shared."""
    try:
        answer = ec2.describe_image_attribute(ImageId=image_id, Attribute="launchPermission")
    except ClientError as error:
        if error_code(error) not in NOT_KNOWN:
            raise
        return ""
    return ", ".join(str(value) for one in answer["LaunchPermissions"] for value in one.values())
