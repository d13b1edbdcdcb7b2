"""What a group launches from, beside what a roll-out made for it."""

from shared.data import Data
from shared.launch_changes import LaunchChange
from shared.launch_source import places_of, request_of
from shared.template_versions import read_version


def is_launching_made(group: Data, handed: dict[str, str], changes: list[LaunchChange]) -> bool:
    """Whether it launches from all that the roll-out made."""
    return is_launching(group, handed.get("LaunchConfigurationName"), changes, 3, handed["ImageId"])


def is_launching_before(group: Data, handed: dict[str, str], changes: list[LaunchChange]) -> bool:
    """Whether it launches from all that was before."""
    return is_launching(group, handed.get("Previous"), changes, 2, "")


def is_launching(
    group: Data, configuration: str | None, changes: list[LaunchChange], which: int, image_id: str
) -> bool:
    """`which` of a change's texts is the version; an image is this one, or the one before."""
    places = places_of(request_of(group))
    return group.get("LaunchConfigurationName") == configuration and all(
        places.get(one[0], {}).get("ImageId") == (image_id or one[1])
        if one[-1] == "image"
        else read_number(places.get(one[0], {}), one[1], one[-1]) == one[which]
        for one in changes
    )


def read_number(place: Data, template_id: str, by: str) -> str:
    """Which version of the template is launched now."""
    if by == "number":
        return str(place.get("LaunchTemplateSpecification", {}).get("Version"))
    return str(read_version(template_id, f"${by.capitalize()}")["VersionNumber"])
