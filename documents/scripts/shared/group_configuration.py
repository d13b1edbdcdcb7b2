"""The launch configuration of a group."""

from shared.autoscaling_client import autoscaling
from shared.groups import find_group


def set_configuration(group_name: str, name: str) -> None:
    autoscaling.update_auto_scaling_group(AutoScalingGroupName=group_name, LaunchConfigurationName=name)


def restore_configuration(group_name: str, before: str, name: str, answered: bool) -> str | None:
    now = name if answered else find_group(group_name).get("LaunchConfigurationName")
    if now == name:
        set_configuration(group_name, before)
    return None if now in (name, before) else "it is on something else by now"
