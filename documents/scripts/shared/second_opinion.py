"""What only EC2 knows of an image."""

from typing import Any

from shared.answers import read_pages
from shared.ec2_client import ec2
from shared.refusals import ask

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
    found = ask(lambda: read_pages(ec2, "describe_image_references", "ImageReferences", **request), NOT_KNOWN)
    return [one["Arn"] for one in found]


def read_shares(image_id: str) -> str:
    """With whom an image is shared."""
    request: Any = {"ImageId": image_id, "Attribute": "launchPermission"}
    found = ask(lambda: ec2.describe_image_attribute(**request)["LaunchPermissions"], NOT_KNOWN)
    return ", ".join(str(value) for one in found for value in one.values())
