"""Something new may not be shown at once."""

import time
from collections.abc import Callable
from typing import Any

PATIENCE_SECONDS = 60


def look_up(what: str, find: Callable[[], Any]) -> Any:
    """What is found, as soon as it is."""
    deadline = time.time() + PATIENCE_SECONDS
    while True:
        found = find()
        if found:
            return found
        if time.time() > deadline:
            raise Exception(
                f"{what} cannot be found for {PATIENCE_SECONDS} seconds, and the group was not changed: see "
                "whether somebody deleted it."
            )
        time.sleep(5)
