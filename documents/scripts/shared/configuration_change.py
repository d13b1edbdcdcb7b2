"""The change of a group to another launch configuration."""

from functools import partial

from shared.data import Data
from shared.group_configuration import restore_configuration, set_configuration
from shared.put_back import Change, make_change


def change_configuration(group: Data, name: str, changes: list[Change]) -> None:
    group_name, before = group["AutoScalingGroupName"], group["LaunchConfigurationName"]
    if name != before:
        restore = partial(restore_configuration, group_name, before, name)
        change = partial(set_configuration, group_name, name)
        make_change(changes, f"Auto Scaling group {group_name}", change, restore)
