"""Why something is kept."""

from collections.abc import Callable, Iterable
from typing import Any

# The reason, and a function that finds whether it holds; {} in the reason is what the function finds.
Guard = tuple[str, Callable[[Any, Any], object]]


def find_reason(guards: Iterable[Guard], state: Any, thing: Any) -> str:
    """Of the first guard that holds; an empty text where none does."""
    for reason, finds in guards:
        found = finds(state, thing)
        if found:
            return reason.replace("{}", str(found))
    return ""
