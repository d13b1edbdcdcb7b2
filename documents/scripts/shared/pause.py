"""Is the schedule to be switched off after a roll-out?"""

from shared.data import Data


def decide_pause(wanted: str, image: Data, present: list[Data], *, is_back: bool) -> str:
    """The next run would roll forward again what somebody has just rolled back.

    That is so too where a refresh was just stopped, and the image is what the group launches again.
    """
    is_older = any(
        one["CreationDate"] > image["CreationDate"] or (is_back and one["ImageId"] == image["ImageId"])
        for one in present
        if one
    )
    return str(is_older).lower() if wanted == "auto" else wanted
