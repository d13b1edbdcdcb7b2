"""Versions that a roll-out made and that nothing came to use."""

from botocore.exceptions import BotoCoreError, ClientError

from shared.groups import find_group
from shared.launch_changes import list_made, read_changes
from shared.made_versions import delete_version
from shared.parts import list_parts


def delete_unused(group_name: str, handed_on: list[str]) -> list[str]:
    """Which could not be deleted, and why."""
    found = [delete_one(group_name, *one) for one in list_made(read_changes(handed_on))]
    return [one for one in found if one]


def delete_one(group_name: str, template_id: str, number: str) -> str:
    """Unless the group names it."""
    try:
        group = find_group(group_name)
        parts = list_parts([group.get("LaunchTemplate"), group.get("MixedInstancesPolicy")])
        named = [(part.get("LaunchTemplateId"), part.get("Version")) for part in parts]
        reason = None if (template_id, number) in named else delete_version(template_id, number)
    except (BotoCoreError, ClientError) as error:
        reason = str(error)
    return f"version {number} of launch template {template_id} ({reason})" if reason else ""
