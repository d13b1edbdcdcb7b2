"""AWS names images and launch templates in many places, at whatever depth."""

from collections.abc import Iterator

from shared.data import Data


def list_parts(thing: Data) -> Iterator[Data]:
    """It and every object in it."""
    if isinstance(thing, dict):
        yield thing
        thing = list(thing.values())
    if isinstance(thing, list):
        for one in thing:
            yield from list_parts(one)
