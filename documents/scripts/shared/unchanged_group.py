"""Is the group what it was when the run began?"""

from shared.data import Data
from shared.groups import find_group, fingerprint


def read_unchanged_group(name: str, seen: str) -> Data:
    group = find_group(name)
    if fingerprint(group) != seen:
        raise Exception(
            f"Auto Scaling group {name} does not use any more what it used when this run began, and was left "
            "as it is: see who changed it, and start the runbook again."
        )
    return group
