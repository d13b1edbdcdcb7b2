"""What EC2 has that names certain images."""

from typing import Any

from botocore.exceptions import ClientError

from shared.answers import read_pages
from shared.ec2_client import ec2
from shared.error_codes import error_code


def read_naming(image_ids: list[str], operation: str, member: str, **request: Any) -> list[Any]:
    """EC2 takes 200 values in one call."""
    found: list[Any] = []
    for start in range(0, len(image_ids), 200):
        filters = [{"Name": "image-id", "Values": image_ids[start : start + 200]}]
        found += read_pages(ec2, operation, member, Filters=filters, MaxResults=200, **request)
    return found


def read_images(image_ids: list[str]) -> dict[str, Any]:
    """Those of this account, in any state but gone. What does not exist is no error."""
    found = read_naming(image_ids, "describe_images", "Images", Owners=["self"], IncludeDisabled=True)
    return {one["ImageId"]: one for one in found if one["State"] != "deregistered"}


def read_versions(image_ids: list[str], **request: Any) -> list[Any]:
    """Of launch templates."""
    operation = "describe_launch_template_versions"
    try:
        return read_naming(image_ids, operation, "LaunchTemplateVersions", **request)
    except ClientError as error:
        # Somebody refers to a template that is gone.
        if not error_code(error).startswith("InvalidLaunchTemplate"):
            raise
        return []
