"""Is the schedule to be switched off after a roll-out?"""

from shared.data import Data


def decide_pause(wanted: str, image: Data, present: list[Data], *, is_back: bool) -> str:
    """The next run would roll forward again what somebody has just rolled back."""
    is_back = is_back or any(one["CreationDate"] > image["CreationDate"] for one in present if one)
    return str(is_back).lower() if wanted == "auto" else wanted
