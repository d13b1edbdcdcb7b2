"""Which image a roll-out is to make what the group launches, and what is said of it before and behind it."""

import time

from shared.data import Data
from shared.history_tags import PREVIOUS_IMAGE_TAG
from shared.image_ownership import is_own_image, tags_of
from shared.images import read_available_image


def choose_image(wanted: str, group_name: str, present: list[Data], *, is_back: bool) -> Data:
    """The image of an id, or of the word previous: what the group launches now says what was before.

    Where a refresh was just stopped, the group is back on what it launched before.

    Only tags of our images count: people copy images with their tags.
    """
    tags = [tags_of(one).get(PREVIOUS_IMAGE_TAG, "") for one in present if is_own_image(one, group_name)]
    now = [image["ImageId"] for image in present]
    before = now if is_back else [one for one in " ".join(tags).split() if one not in now]
    if wanted == "previous" and not before:
        raise Exception(
            f"What Auto Scaling group {group_name} launched before is not written down: start the roll-out "
            "with an ImageId instead of the word previous."
        )
    # In front is what was replaced, and behind it what was left alone.
    image = read_available_image(before[0] if wanted == "previous" else wanted)
    if image["ImageId"] not in before and not is_own_image(image, group_name):
        raise Exception(
            f"Image {wanted} is neither one that create-image made for Auto Scaling group {group_name}, nor "
            f"named by the tag {PREVIOUS_IMAGE_TAG} of what it launches now: start the roll-out with such an "
            "image."
        )
    return image


def suffix_of(image: Data, is_own: bool) -> str:
    """The date, and perhaps the time, in an image's name. An image that people made gets today's date."""
    today = time.strftime("_%Y-%m-%d", time.gmtime())
    return image["Name"].removeprefix(image["SourceInstanceId"]) if is_own else today


def list_previous(image_id: str, replaced: list[str], left: list[str]) -> str:
    """What the group launched before, to be written down on the image.

    In front what was replaced, as many ids as a tag takes; none where nothing was replaced.
    """
    ids = [one for one in dict.fromkeys([*replaced, *left]) if one != image_id]
    return " ".join(ids[:11]) if {*replaced} - {image_id} else "none"
