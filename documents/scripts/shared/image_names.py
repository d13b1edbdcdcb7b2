"""What the names of an image and of what launches it have in common."""

from shared.clock import utc_now
from shared.data import Data


def suffix_of(image: Data, is_own: bool) -> str:
    """The date, and perhaps the time, in an image's name. An image that people made gets today's date."""
    return image["Name"][len(image["SourceInstanceId"]) :] if is_own else f"_{utc_now():%Y-%m-%d}"
