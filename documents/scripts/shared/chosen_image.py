"""Which image a roll-out is to make what the group launches."""

from typing import Any

from shared.image_ownership import is_own_image
from shared.images import find_image, read_available_image
from shared.tag_values import tags_of
from shared.tags import PREVIOUS_IMAGE_TAG


def choose_image(wanted: str, group_name: str, present: list[Any]) -> Any:
    """The image of an id, or of the word previous: what the group launches now says what was before.

    Only tags of our images count: people copy images with their tags.
    """
    tags = [tags_of(one).get(PREVIOUS_IMAGE_TAG, "") for one in present if is_own_image(one, group_name)]
    now = [image["ImageId"] for image in present]
    before = [one for one in dict.fromkeys(" ".join(tags).split()) if one not in now]
    if wanted == "previous":
        return choose_previous(group_name, before)
    image = read_available_image(wanted)
    if not is_own_image(image, group_name) and wanted not in before:
        raise Exception(
            f"Image {wanted} is neither one that create-image made for Auto Scaling group {group_name}, nor "
            f"named by the tag {PREVIOUS_IMAGE_TAG} of what it launches now: start the roll-out with such an "
            "image."
        )
    return image


def choose_previous(group_name: str, before: list[str]) -> Any:
    """The only one that can be launched, or the only one of ours among several."""
    images = [image for image in map(find_image, before) if image and image["State"] == "available"]
    chosen = [image for image in images if is_own_image(image, group_name)] or images
    if len(chosen) == 1:
        return chosen[0]
    ids = ", ".join([image["ImageId"] for image in chosen] or before)
    found = f"several images ({ids})" if chosen else f"not available any more ({ids})"
    raise Exception(
        f"What Auto Scaling group {group_name} launched before is {found if ids else 'not written down'}: "
        "start the roll-out with an ImageId instead of the word previous."
    )
