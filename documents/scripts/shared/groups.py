"""The Auto Scaling group, and a fingerprint of what it refers to."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from shared.autoscaling_client import autoscaling

# A group has one of these.
REFERENCES = ("LaunchConfigurationName", "LaunchTemplate", "MixedInstancesPolicy")


def find_group(name: str) -> Any:
    """The group, or an empty one where there is none."""
    groups = autoscaling.describe_auto_scaling_groups(AutoScalingGroupNames=[name])["AutoScalingGroups"]
    return groups[0] if groups else {}


def fingerprint(group: Mapping[str, Any]) -> str:
    """What the group refers to, short enough to be handed on, for later steps to compare."""
    refers = [group.get(name) for name in REFERENCES]
    return hashlib.sha256(json.dumps(refers, sort_keys=True).encode()).hexdigest()
