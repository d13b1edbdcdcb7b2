"""The Auto Scaling group."""

from shared.autoscaling_client import autoscaling
from shared.data import Data


def find_group(name: str) -> Data:
    """The group, or an empty one where there is none."""
    groups = autoscaling.describe_auto_scaling_groups(AutoScalingGroupNames=[name])["AutoScalingGroups"]
    return groups[0] if groups else {}
