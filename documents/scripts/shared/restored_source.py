"""What a group with launch templates referred to before."""

from shared.autoscaling_client import autoscaling
from shared.data import Data
from shared.groups import find_group
from shared.launch_source import request_of


def restore_launch_source(group: Data, request: Data, answered: bool) -> str | None:
    before = request_of(group)
    now = request if answered else request_of(find_group(group["AutoScalingGroupName"]))
    if now == request:
        autoscaling.update_auto_scaling_group(**before)
    return None if now in (before, request) else "it is on something else by now"
