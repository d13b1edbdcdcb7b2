"""The default version of a launch template."""

from shared.ec2_client import ec2
from shared.template_versions import read_version


def set_default(template_id: str, number: str) -> None:
    ec2.modify_launch_template(LaunchTemplateId=template_id, DefaultVersion=number)


def restore_default(template_id: str, version: str, number: str, answered: bool) -> None:
    """Where it is still the one that was made the default."""
    if answered or str(read_version(template_id, "$Default")["VersionNumber"]) == number:
        set_default(template_id, version)
