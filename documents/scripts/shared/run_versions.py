"""Versions of launch templates that one run made."""

from shared.answers import read_pages
from shared.data import Data
from shared.ec2_client import ec2
from shared.parts import list_group_parts
from shared.template_versions import read_version

# More than one run makes of a template: one for each version of it to which the group refers.
NEWEST = 50


def list_run_versions(group: Data, execution_id: str) -> list[tuple[str, str]]:
    """By their descriptions: a run that was ended did not come to say what it had made."""
    ids = {part["LaunchTemplateId"] for part in list_group_parts(group) if "LaunchTemplateId" in part}
    return [one for template_id in sorted(ids) for one in list_versions(template_id, execution_id)]


def list_versions(template_id: str, execution_id: str) -> list[tuple[str, str]]:
    newest = int(read_version(template_id, "$Latest")["VersionNumber"])
    found = read_pages(
        ec2,
        "describe_launch_template_versions",
        "LaunchTemplateVersions",
        LaunchTemplateId=template_id,
        MinVersion=str(max(0, newest - NEWEST)),
    )
    return [
        (template_id, str(one["VersionNumber"]))
        for one in found
        if one.get("VersionDescription", "").endswith(execution_id)
    ]
