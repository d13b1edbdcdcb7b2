"""Stops a refresh that did not succeed in its time, and puts the group back as far as AWS does not."""

import time
from typing import TypedDict

from shared.cancelled_run import is_cancelled
from shared.data import Data
from shared.group_instances import list_staying
from shared.handed_on import read_handed_on
from shared.refreshes import ENDED, find_refresh, stop_refresh
from shared.source_before import restore_source

LATE_SECONDS = 60


class Event(TypedDict):
    ExecutionId: str
    AutoScalingGroupName: str
    HandedOn: list[str]
    RefreshId: str
    InstanceRefresh: list[str]


def roll_back(event: Event, _context: object) -> dict[str, object]:
    name, image_id = event["AutoScalingGroupName"], read_handed_on(event["HandedOn"])["ImageId"]
    refresh = find_refresh(name, event["RefreshId"])
    # An attempt before this one may have stopped it.
    is_stopped = bool(refresh) and refresh["Status"] not in ENDED
    try:
        if is_stopped:
            rolls_back = "AutoRollback=false" not in event["InstanceRefresh"]
            refresh = stop_refresh(name, refresh, rolls_back=rolls_back)
    finally:
        # Even where it could not be stopped.
        if event["RefreshId"] != "refused" and is_ours_to_restore(refresh):
            restore(event)
    return {
        "RefreshId": refresh["InstanceRefreshId"] if refresh else "none",
        "Stopped": why_stopped(event["ExecutionId"]) if is_stopped else "no",
        "NewInstances": list_staying(name, image_id, refresh),
    }


def restore(event: Event) -> None:
    if event["RefreshId"] == "failed":
        # After so long a call that got no answer is made, or never will be.
        time.sleep(LATE_SECONDS)
    restore_source(event["AutoScalingGroupName"], event["HandedOn"])


def is_ours_to_restore(refresh: Data) -> bool:
    """With a desired configuration AWS changes the group, and only when the refresh has succeeded."""
    return not refresh or not (refresh.get("DesiredConfiguration") or refresh["Status"] == "Successful")


def why_stopped(execution_id: str) -> str:
    return "cancelled" if is_cancelled(execution_id) else "late"
