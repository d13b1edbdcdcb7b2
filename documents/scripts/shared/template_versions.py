"""Versions of launch templates."""

import time

from shared.data import Data
from shared.ec2_client import ec2


def read_version(template_id: str, version: str, patience: int = 60) -> Data:
    """One version, by its number, $Default or $Latest. A new one may not be shown at once."""
    try:
        found = ec2.describe_launch_template_versions(LaunchTemplateId=template_id, Versions=[version])
        return found["LaunchTemplateVersions"][0]
    except ec2.exceptions.ClientError as error:
        if not patience or error.response["Error"]["Code"] != "InvalidLaunchTemplateId.VersionNotFound":
            raise
    time.sleep(5)
    return read_version(template_id, version, patience - 5)
