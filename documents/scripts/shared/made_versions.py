"""Versions of launch templates that a run made."""

from shared.ec2_client import ec2
from shared.groups import find_group
from shared.parts import list_parts


def delete_unused(group_name: str, template_id: str, number: str) -> str | None:
    """Unless the group names it. The reason, where EC2 does not delete it."""
    group = find_group(group_name)
    parts = list_parts([group.get("LaunchTemplate"), group.get("MixedInstancesPolicy")])
    named = [(part.get("LaunchTemplateId"), part.get("Version")) for part in parts]
    return None if (template_id, number) in named else delete_version(template_id, number)


def delete_version(template_id: str, number: str) -> str | None:
    """The reason, where EC2 does not delete it."""
    answer = ec2.delete_launch_template_versions(LaunchTemplateId=template_id, Versions=[number])
    for one in answer.get("UnsuccessfullyDeletedLaunchTemplateVersions", []):
        # boto3 may have asked twice.
        error = one["ResponseError"]
        if error["Code"] != "launchTemplateVersionDoesNotExist":
            return error.get("Message", error["Code"])
    return None
