"""What names an image."""

from typing import TypedDict

from shared.data import Data


class ImageSource(TypedDict):
    """What names an image for instances of the group."""

    name: str
    image_id: str
    types: list[str]
    devices: list[Data]
    # Whether the metadata service asks for tokens (IMDSv2) is said there, so that the image does not decide.
    names_tokens: bool
