"""Versions that a roll-out made and that nothing came to use."""

from botocore.exceptions import BotoCoreError, ClientError

from shared.data import Data
from shared.made_versions import delete_version
from shared.parts import list_group_parts


def delete_unused(group: Data, versions: list[tuple[str, str]]) -> list[str]:
    """All that the group does not name. Gives which could not be deleted, and why."""
    named = [(part.get("LaunchTemplateId"), part.get("Version")) for part in list_group_parts(group)]
    problems = {one: find_problem(*one) for one in versions if one not in named}
    return [
        f"version {number} of launch template {template_id} ({problem})"
        for (template_id, number), problem in problems.items()
        if problem
    ]


def find_problem(template_id: str, number: str) -> str | None:
    try:
        return delete_version(template_id, number)
    except (BotoCoreError, ClientError) as error:
        return str(error)
