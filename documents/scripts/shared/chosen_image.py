"""Which image a roll-out is to make what the group launches."""

from shared.data import Data
from shared.history_tags import PREVIOUS_IMAGE_TAG
from shared.image_ownership import is_own_image
from shared.images import read_available_image
from shared.tag_values import tags_of


def choose_image(wanted: str, group_name: str, present: list[Data]) -> Data:
    """The image of an id, or of the word previous: what the group launches now says what was before.

    Only tags of our images count: people copy images with their tags.
    """
    tags = [tags_of(one).get(PREVIOUS_IMAGE_TAG, "") for one in present if is_own_image(one, group_name)]
    now = [image["ImageId"] for image in present]
    before = [one for one in " ".join(tags).split() if one not in now]
    if wanted == "previous":
        if not before:
            raise Exception(
                f"What Auto Scaling group {group_name} launched before is not written down: start the "
                "roll-out with an ImageId instead of the word previous."
            )
        # In front is what was replaced, and behind it what was left alone.
        return read_available_image(before[0])
    image = read_available_image(wanted)
    if not is_own_image(image, group_name) and wanted not in before:
        raise Exception(
            f"Image {wanted} is neither one that create-image made for Auto Scaling group {group_name}, nor "
            f"named by the tag {PREVIOUS_IMAGE_TAG} of what it launches now: start the roll-out with such an "
            "image."
        )
    return image
