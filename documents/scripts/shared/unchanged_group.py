"""Is the group what it was when the run began?"""

from typing import Any

from shared.groups import find_group, fingerprint


def read_unchanged_group(name: str, seen: str) -> Any:
    group = find_group(name)
    if fingerprint(group) != seen:
        left = "does not use any more what it used when this run began, and was left as it is"
        raise Exception(
            f"Auto Scaling group {name} {left if group else 'was deleted meanwhile'}: see who did it, "
            "and start the runbook again."
        )
    return group
