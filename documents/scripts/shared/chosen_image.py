"""Which image a roll-out is to make what the group launches."""

from collections.abc import Iterable, Mapping
from typing import Any

from shared.images import find_image, read_available_image
from shared.own_images import is_own_image
from shared.patience import look_up
from shared.tag_values import tags_of
from shared.tags import PREVIOUS_IMAGE_TAG


def choose_image(wanted: str, group_name: str, present: Iterable[Mapping[str, Any]]) -> Any:
    """The image of an id, or of the word previous: what the group launches now says what was before."""
    before = list_images_before(group_name, [*present])
    if wanted == "previous":
        return choose_previous(group_name, before)
    look_up(f"Image {wanted}", lambda: find_image(wanted))
    image = read_available_image(wanted)
    if not is_own_image(image, group_name) and wanted not in before:
        raise Exception(
            f"Image {wanted} is neither one that create-image made for Auto Scaling group {group_name}, nor "
            f"named by the tag {PREVIOUS_IMAGE_TAG} of what the group launches now: start the roll-out with "
            "such an image."
        )
    return image


def list_images_before(group_name: str, present: list[Mapping[str, Any]]) -> list[str]:
    """As the tags of our images say it: people copy images with their tags."""
    tags = [
        tags_of(image).get(PREVIOUS_IMAGE_TAG, "") for image in present if is_own_image(image, group_name)
    ]
    now = {image["ImageId"] for image in present}
    return [image_id for image_id in dict.fromkeys(" ".join(tags).split()) if image_id not in now]


def choose_previous(group_name: str, before: list[str]) -> Any:
    """The only one that can be launched, or the only one of ours among several."""
    images = [image for image in map(find_image, before) if image and image["State"] == "available"]
    chosen = [image for image in images if is_own_image(image, group_name)] or images
    if len(chosen) == 1:
        return chosen[0]
    ids = ", ".join([image["ImageId"] for image in chosen] or before)
    found = f"several images ({ids})" if chosen else f"not available any more ({ids})"
    raise Exception(
        f"What Auto Scaling group {group_name} launched before is {found if before else 'not written down'}: "
        "start the roll-out with an ImageId instead of the word previous."
    )
