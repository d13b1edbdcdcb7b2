"""Stops the instance refresh of a roll-out that is cancelled, and says which instances stay new."""

from typing import TypedDict

from shared.group_instances import list_staying, list_with_image
from shared.groups import find_group
from shared.handed_on import read_handed_on
from shared.launch_changes import list_made, read_changes
from shared.refresh_entries import is_rolling_back
from shared.refreshes import find_active_refresh, stop_refresh
from shared.unused_versions import delete_unused


class Event(TypedDict):
    AutoScalingGroupName: str
    HandedOn: list[str]
    InstanceRefresh: list[str]


def stop_running_refresh(event: Event, _context: object) -> dict[str, list[str]]:
    name = event["AutoScalingGroupName"]
    image_id = read_handed_on(event["HandedOn"])["ImageId"]
    refresh = find_active_refresh(name)
    if refresh:
        refresh = stop_refresh(name, refresh, rolls_back=is_rolling_back(event["InstanceRefresh"]))
    elif not list_with_image(name, image_id):
        # What would start one finds that this run is cancelled. One that has just succeeded has left
        # instances that run the image.
        delete_unused(find_group(name), list_made(read_changes(event["HandedOn"])))
    return {"NewInstances": list_staying(name, image_id, refresh)}
