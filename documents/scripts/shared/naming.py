"""What EC2 knows of certain images: what names them, and with whom they are shared."""

from shared.answers import read_pages
from shared.data import Data
from shared.ec2_client import ec2
from shared.refusals import ask

# Another run may just have deleted an image. And not every Region knows of references.
NOT_KNOWN = ("InvalidAMIID", "InvalidAction", "UnsupportedOperation")
# Beside what is read one by one: instances with their states, and the versions of templates that are in use.
REFERRING = (
    "ec2:LaunchTemplate",
    "ssm:Parameter",
    "imagebuilder:ImageRecipe",
    "imagebuilder:ContainerRecipe",
)


def read_naming(image_ids: list[str], operation: str, member: str, **request: Data) -> list[Data]:
    """EC2 takes 200 values in one call."""
    found: list[Data] = []
    for start in range(0, len(image_ids), 200):
        filters = [{"Name": "image-id", "Values": image_ids[start : start + 200]}]
        found += read_pages(ec2, operation, member, Filters=filters, MaxResults=200, **request)
    return found


def read_images(image_ids: list[str]) -> dict[str, Data]:
    """Those of this account, in any state but gone. What does not exist is no error."""
    found = read_naming(image_ids, "describe_images", "Images", Owners=["self"], IncludeDisabled=True)
    return {one["ImageId"]: one for one in found if one["State"] != "deregistered"}


def read_versions(image_ids: list[str], **request: Data) -> Data:
    """Of launch templates."""
    operation, member = "describe_launch_template_versions", "LaunchTemplateVersions"
    # Somebody may refer to a template that is gone.
    return ask(lambda: read_naming(image_ids, operation, member, **request), "InvalidLaunchTemplate")


def ask_for_references(image_id: str) -> list[str]:
    """The ARNs of what refers to an image. Not every boto3 can ask for them."""
    if not hasattr(ec2, "describe_image_references"):
        return []
    request: Data = {"ImageIds": [image_id], "ResourceTypes": [{"ResourceType": name} for name in REFERRING]}
    found = ask(lambda: read_pages(ec2, "describe_image_references", "ImageReferences", **request), NOT_KNOWN)
    return [one["Arn"] for one in found]


def read_shares(image_id: str) -> str:
    """With whom an image is shared."""
    request: Data = {"ImageId": image_id, "Attribute": "launchPermission"}
    found = ask(lambda: ec2.describe_image_attribute(**request)["LaunchPermissions"], NOT_KNOWN)
    return ", ".join(str(value) for one in found for value in one.values())
