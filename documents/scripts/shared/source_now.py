"""What a group with launch templates launches from, beside what a roll-out made of it."""

from shared.comparison import compare
from shared.data import Data
from shared.handed_on import read_handed_on
from shared.launch_changes import read_places
from shared.launch_source import places_of, request_of
from shared.template_versions import read_version


def compare_source(group: Data, handed_on: list[str]) -> set[str]:
    """Of each place whether it is as it was before, as the roll-out made it, or other; or kept."""
    image_id = read_handed_on(handed_on)["ImageId"]
    # It may have got one meanwhile.
    found = {compare(group.get("LaunchConfigurationName"), None, None)}
    places = places_of(request_of(group))
    for key, *what, by in read_places(handed_on):
        place = places.get(key, {})
        if by == "image":
            found.add(compare(place.get("ImageId"), what[0], image_id))
        else:
            found.add(compare(read_number(place, what[0], by), what[1], what[2]))
    return found


def read_number(place: Data, template_id: str, by: str) -> str:
    """Which version of the template is launched now."""
    if by == "number":
        return str(place.get("LaunchTemplateSpecification", {}).get("Version"))
    return str(read_version(template_id, f"${by.capitalize()}")["VersionNumber"])
