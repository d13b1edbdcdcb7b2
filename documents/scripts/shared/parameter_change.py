"""The change of a parameter that names an image.

AWS answers first, then looks at the image, and only then is there a new version of the parameter: of an image
that does not exist, or that the caller may not see, there never is one.
"""

import time
from functools import partial

from botocore.exceptions import BotoCoreError, ClientError

from shared.data import Data
from shared.image_parameter import look_at_parameter, write_parameter
from shared.put_back import Change, make_change

PATIENCE_SECONDS = 180
# After so long a value that got no answer is there, or never will be.
LOOK_SECONDS = 60


def change_parameter(before: dict[str, str], image_id: str, changes: list[Change]) -> str:
    """The number of the new version."""
    name = before["Parameter"]
    restore = partial(restore_value, before, image_id)
    make_change(changes, f"parameter {name}", partial(write_parameter, name, image_id), restore)
    now = wait_for_value(before, image_id, PATIENCE_SECONDS)
    if now["Value"] != image_id:
        raise Exception(
            f"AWS took image {image_id} for parameter {name}, which names {now['Value']} after "
            f"{PATIENCE_SECONDS} seconds: see whether the image is available and who else changes the "
            "parameter, and start the roll-out again."
        )
    return str(now["Version"])


def wait_for_value(before: dict[str, str], image_id: str, seconds: int) -> Data:
    """The parameter as it is when it names the image in a new version, or when the time is over."""
    deadline = time.time() + seconds
    while True:
        now = look_at_parameter(before["Parameter"])
        is_new = now["Version"] > int(before["ParameterVersion"])
        if (is_new and now["Value"] == image_id) or time.time() >= deadline:
            return now
        time.sleep(5)


def restore_value(before: dict[str, str], image_id: str, answered: bool) -> str | None:
    """The value before is written also where the new one is not there yet: it may still come."""
    old = before["PreviousImageId"]
    now = (
        look_at_parameter(before["Parameter"]) if answered else wait_for_value(before, image_id, LOOK_SECONDS)
    )
    if now["Value"] not in (old, image_id):
        return "it names something else by now"
    problem = ""
    if answered or now["Value"] == image_id:
        problem = write_back(before["Parameter"], old)
        now = wait_for_value(before, old, PATIENCE_SECONDS)
    return None if now["Value"] == old else problem or f"it names {now['Value']}, and AWS does not take {old}"


def write_back(name: str, image_id: str) -> str:
    """The error, which AWS may give though it does what was asked."""
    try:
        write_parameter(name, image_id)
    except (BotoCoreError, ClientError) as error:
        return str(error)
    return ""
