"""Stops a refresh that did not succeed in its time, and sets the group back to its launch configuration."""

from functools import partial

from shared.group_configuration import restore_configuration
from shared.handed_on import read_handed_on
from shared.refresh_roll_back import RollBackEvent, stop_and_restore
from shared.refreshes import cancel_refresh


def roll_back(event: RollBackEvent, _context: object) -> dict[str, object]:
    handed = read_handed_on(event["HandedOn"])
    before, made = handed["Previous"], handed["LaunchConfigurationName"]
    restore = partial(restore_configuration, event["AutoScalingGroupName"], before, made, answered=False)
    return stop_and_restore(event, cancel_refresh, restore)
