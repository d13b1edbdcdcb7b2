"""Versions of launch templates."""

import time

from botocore.exceptions import ClientError

from shared.data import Data
from shared.ec2_client import ec2


def read_version(template_id: str, version: str) -> Data:
    """One version, by its number, $Default or $Latest. A new one may not be shown at once."""
    for wait in [5] * 12 + [0]:
        try:
            found = ec2.describe_launch_template_versions(LaunchTemplateId=template_id, Versions=[version])
            return found["LaunchTemplateVersions"][0]
        except ClientError as error:
            if not wait or error.response["Error"]["Code"] != "InvalidLaunchTemplateId.VersionNotFound":
                raise
        time.sleep(wait)
    return None
