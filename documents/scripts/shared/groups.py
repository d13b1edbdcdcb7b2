"""The Auto Scaling group, and a fingerprint of what it refers to."""

import hashlib
import json

from shared.autoscaling_client import autoscaling
from shared.data import Data


def find_group(name: str) -> Data:
    """The group, or an empty one where there is none."""
    groups = autoscaling.describe_auto_scaling_groups(AutoScalingGroupNames=[name])["AutoScalingGroups"]
    return groups[0] if groups else {}


def fingerprint(group: Data) -> str:
    """What the group refers to, short enough to be handed on, for later steps to compare."""
    references = ("LaunchConfigurationName", "LaunchTemplate", "MixedInstancesPolicy")
    refers = json.dumps([group.get(name) for name in references], sort_keys=True)
    return hashlib.sha256(refers.encode()).hexdigest()
