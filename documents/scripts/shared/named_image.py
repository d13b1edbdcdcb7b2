"""The image that a parameter names for a group, where its launch template takes its image from one."""

from shared.data import Data
from shared.groups import find_group
from shared.image_parameter import RESOLVED, read_parameter
from shared.template_versions import read_version


def read_named_image(group_name: str) -> str:
    """Nothing where the group's template takes its image from no parameter, by now."""
    template: Data = find_group(group_name).get("LaunchTemplate")
    if not template:
        return ""
    version = read_version(template["LaunchTemplateId"], template.get("Version", "$Default"))
    image: str = version["LaunchTemplateData"].get("ImageId", "")
    return str(read_parameter(image.removeprefix(RESOLVED))["Value"]) if image.startswith(RESOLVED) else ""
