"""Versions of launch templates."""

import time
from typing import Any

from botocore.exceptions import ClientError

from shared.ec2_client import ec2


def read_version(template_id: str, version: str) -> Any:
    """One version, by its number, $Default or $Latest. A new one may not be shown at once."""
    for _ in range(13):
        try:
            found = ec2.describe_launch_template_versions(LaunchTemplateId=template_id, Versions=[version])
            return found["LaunchTemplateVersions"][0]
        except ClientError as error:
            if error.response["Error"]["Code"] != "InvalidLaunchTemplateId.VersionNotFound":
                raise
        time.sleep(5)
    raise Exception(
        f"Version {version} of launch template {template_id} cannot be found for 60 seconds, and the group "
        "stays as it was: see whether somebody deleted it."
    )
