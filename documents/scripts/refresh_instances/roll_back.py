"""Stops a refresh that did not succeed in its time, and puts the group back as far as AWS does not."""

from typing import TypedDict

from shared.autoscaling_client import autoscaling
from shared.data import Data
from shared.default_version import restore_default
from shared.group_configuration import restore_configuration
from shared.handed_on import read_handed_on
from shared.launch_changes import LaunchChange, read_changes
from shared.launch_source import places_of, request_of
from shared.made_versions import delete_version
from shared.refreshes import read_refreshes, stop_refresh
from shared.remaining_group import read_remaining_group


class Event(TypedDict):
    AutoScalingGroupName: str
    HandedOn: list[str]
    RefreshId: str


def roll_back(event: Event, _context: object) -> dict[str, str]:
    name, handed = event["AutoScalingGroupName"], read_handed_on(event["HandedOn"])
    refresh = read_refreshes(name, InstanceRefreshIds=[event["RefreshId"]])[0]
    stop_refresh(name, refresh)
    # AWS itself goes back to what the group launches, which with a desired configuration was not changed.
    if not refresh.get("DesiredConfiguration") and refresh["Status"] != "Successful":
        group = read_remaining_group(name)
        if "LaunchConfigurationName" in group:
            before, now = handed["Previous"], handed["LaunchConfigurationName"]
            restore_configuration(name, before, now, answered=False)
        else:
            put_references_back(group, read_changes(event["HandedOn"]), handed["ImageId"])
    return {"Status": refresh["Status"]}


def put_references_back(group: Data, changes: list[LaunchChange], image_id: str) -> None:
    request = refer_back(group, changes, image_id)
    if request != request_of(group):
        autoscaling.update_auto_scaling_group(**request)
    for _, template_id, version, number, by in [one for one in changes if len(one) == 5]:
        if by == "default":
            restore_default(template_id, version, number, answered=False)
        elif by == "latest":
            reason = delete_version(template_id, number)
            if reason:
                raise Exception(
                    f"Version {number} of launch template {template_id}, which the group launches, could "
                    "not be "
                    f"deleted ({reason}): delete it by hand."
                )


def refer_back(group: Data, changes: list[LaunchChange], image_id: str) -> Data:
    """As far as it is still what the roll-out made of it."""
    request = request_of(group)
    for key, *what, by in changes:
        place = places_of(request).get(key, {})
        if by == "image" and place.get("ImageId") == image_id:
            place["ImageId"] = what[0]
        specification = place.get("LaunchTemplateSpecification", {})
        if by == "number" and specification.get("Version") == what[2]:
            specification["Version"] = what[1]
    return request
