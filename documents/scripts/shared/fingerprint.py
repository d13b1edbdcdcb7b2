"""What a group with launch templates refers to, short enough to be handed on for a later step to compare."""

import hashlib
import json

from shared.data import Data


def fingerprint(group: Data) -> str:
    """The launch configuration too, which the group may have got meanwhile."""
    references = ("LaunchConfigurationName", "LaunchTemplate", "MixedInstancesPolicy")
    refers = json.dumps([group.get(name) for name in references], sort_keys=True)
    return hashlib.sha256(refers.encode()).hexdigest()
