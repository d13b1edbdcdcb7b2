"""Versions of launch templates."""

from typing import Any

from botocore.exceptions import ClientError

from shared.answers import error_code
from shared.ec2_client import ec2
from shared.patience import look_up


def find_version(template_id: str, version: str) -> Any:
    """One version by its number, $Default or $Latest; None where there is none of that number."""
    try:
        answer = ec2.describe_launch_template_versions(LaunchTemplateId=template_id, Versions=[version])
    except ClientError as error:
        if error_code(error) != "InvalidLaunchTemplateId.VersionNotFound":
            raise
        return None
    return answer["LaunchTemplateVersions"][0]


def read_version(template_id: str, version: str) -> Any:
    return look_up(
        f"Version {version} of launch template {template_id}", lambda: find_version(template_id, version)
    )
