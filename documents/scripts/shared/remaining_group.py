"""A group that somebody may delete during a run."""

from shared.data import Data
from shared.groups import find_group


def read_remaining_group(name: str) -> Data:
    """The group, of which a run has seen before that it exists."""
    group = find_group(name)
    if not group:
        raise Exception(
            f"Auto Scaling group {name} was deleted meanwhile: see who did it, and start the runbook again."
        )
    return group
