"""Stops the instance refresh of a roll-out that is cancelled, and says which instances stay new."""

from typing import TypedDict

from shared.group_instances import list_with_image
from shared.handed_on import read_handed_on
from shared.refreshes import find_active_refresh, stop_refresh


class Event(TypedDict):
    AutoScalingGroupName: str
    HandedOn: list[str]


def stop_running_refresh(event: Event, _context: object) -> dict[str, list[str]]:
    name = event["AutoScalingGroupName"]
    active = find_active_refresh(name)
    if active:
        stop_refresh(name, active)
    image_id = read_handed_on(event["HandedOn"])["ImageId"]
    return {"NewInstances": list_with_image(name, image_id) or ["none"]}
