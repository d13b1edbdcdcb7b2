"""What AWS cannot do for every group."""

from shared.data import Data
from shared.parts import list_group_parts, list_parts


def find_no_match(group: Data) -> str:
    """Why AWS cannot tell whether an instance is as the group would launch it. An empty text where it can."""
    if group.get("LaunchConfigurationName"):
        return "it has a launch configuration"
    if any("InstanceRequirements" in part for part in list_parts(group.get("MixedInstancesPolicy"))):
        return "it chooses its instance types by their attributes"
    return ""


def find_no_way_back(group: Data) -> str:
    """Why AWS can neither take a desired configuration for a refresh nor roll it back, or an empty text."""
    for part in list_group_parts(group):
        version = part.get("Version", "$Default")
        if "LaunchTemplateId" in part and not version.isdigit():
            return f"it refers to launch template {part['LaunchTemplateId']} by {version}"
    return find_no_match(group)
