"""Versions of launch templates that a run made."""

from shared.ec2_client import ec2


def delete_version(template_id: str, number: str) -> str | None:
    """The reason, where EC2 does not delete it."""
    answer = ec2.delete_launch_template_versions(LaunchTemplateId=template_id, Versions=[number])
    for one in answer.get("UnsuccessfullyDeletedLaunchTemplateVersions", []):
        # boto3 may have asked twice.
        error = one["ResponseError"]
        if error["Code"] != "launchTemplateVersionDoesNotExist":
            return error.get("Message", error["Code"])
    return None
