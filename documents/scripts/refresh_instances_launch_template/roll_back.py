"""Stops a refresh that did not succeed in its time, and puts the group back as far as AWS does not."""

from functools import partial

from shared.refresh_entries import is_rolling_back
from shared.refresh_roll_back import RollBackEvent, stop_and_restore
from shared.refreshes import stop_refresh
from shared.source_before import restore_source


def roll_back(event: RollBackEvent, _context: object) -> dict[str, object]:
    restore = partial(restore_source, event["AutoScalingGroupName"], event["HandedOn"])
    stop = partial(stop_refresh, rolls_back=is_rolling_back(event["InstanceRefresh"]))
    return stop_and_restore(event, stop, restore)
