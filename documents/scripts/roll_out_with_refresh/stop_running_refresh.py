"""Stops the instance refresh of a roll-out that is cancelled, and says which instances stay new."""

from typing import TypedDict

from shared.group_instances import list_staying
from shared.handed_on import read_handed_on
from shared.refreshes import find_active_refresh, stop_refresh
from shared.unused_versions import delete_unused


class Event(TypedDict):
    AutoScalingGroupName: str
    HandedOn: list[str]


def stop_running_refresh(event: Event, _context: object) -> dict[str, list[str]]:
    name = event["AutoScalingGroupName"]
    refresh = find_active_refresh(name)
    if refresh:
        refresh = stop_refresh(name, refresh)
    else:
        # What would start one finds that this run is cancelled.
        delete_unused(name, event["HandedOn"])
    image_id = read_handed_on(event["HandedOn"])["ImageId"]
    return {"NewInstances": list_staying(name, image_id, refresh)}
