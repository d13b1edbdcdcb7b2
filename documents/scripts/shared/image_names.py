"""What the names of an image and of what launches it have in common."""

from typing import Any

from shared.clock import utc_now


def suffix_of(image: Any, is_own: bool) -> str:
    """The date, and perhaps the time, in an image's name. An image that people made gets today's date."""
    return image["Name"][len(image["SourceInstanceId"]) :] if is_own else f"_{utc_now():%Y-%m-%d}"
