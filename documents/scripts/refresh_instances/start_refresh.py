"""Lets the group launch the image and begins to replace its instances, or puts everything back."""

from typing import TypedDict

from shared.autoscaling_client import autoscaling
from shared.changed_source import refer_to
from shared.data import Data
from shared.default_version import set_default
from shared.denials import explain_denial
from shared.fingerprint import fingerprint
from shared.group_configuration import set_configuration
from shared.group_instances import read_group_instances
from shared.handed_on import read_handed_on
from shared.images import read_available_image
from shared.launch_changes import LaunchChange, read_changes
from shared.lost_parent import refuse_lost_parent
from shared.refresh_entries import read_entries
from shared.refresh_preferences import build_preferences
from shared.refresh_rules import find_no_way_back
from shared.refresh_start import start_instance_refresh
from shared.remaining_group import read_remaining_group
from shared.run_records import read_run
from shared.unchanged import refuse_changed


class Event(TypedDict):
    ExecutionId: str
    AutoScalingGroupName: str
    HandedOn: list[str]
    InstanceRefresh: list[str]


def start_refresh(event: Event, _context: object) -> dict[str, str]:
    """The refresh; or why there is none, and whether the next step has to put something back."""
    changed: list[str] = []
    try:
        return {"RefreshId": begin(event, changed), "Problem": "none"}
    except Exception as error:  # noqa: BLE001 - whatever it is, the report raises it
        return {"RefreshId": "failed" if changed else "refused", "Problem": str(explain_denial(error))}


def begin(event: Event, changed: list[str]) -> str:
    """The refresh, or none where no instance has to be replaced."""
    handed, changes = read_handed_on(event["HandedOn"]), read_changes(event["HandedOn"])
    name, image_id = event["AutoScalingGroupName"], handed["ImageId"]
    group = read_remaining_group(name)
    refuse_changed(f"What Auto Scaling group {name} launches from", fingerprint(group), handed["Seen"])
    read_available_image(image_id)
    request = request_refresh(event, group, handed, changes)
    again = f"this one ends, and the group was not changed; start the roll-out again with image {image_id}"
    refuse_lost_parent(read_run(event["ExecutionId"]), again)
    if "DesiredConfiguration" not in request:
        changed.append(name)
        change_group(group, handed, changes)
    # Somebody may have deleted it between the look and the change.
    read_available_image(image_id)
    return start_instance_refresh(request) if "Preferences" in request else "none"


def request_refresh(event: Event, group: Data, handed: dict[str, str], changes: list[LaunchChange]) -> Data:
    """What AWS is asked for; without preferences where no instance has to be replaced.

    A group with a desired configuration AWS itself changes, when the refresh has succeeded.
    """
    request: Data = {"AutoScalingGroupName": group["AutoScalingGroupName"]}
    if not has_instances_to_replace(group, handed, changes):
        return request
    given = read_entries(event["InstanceRefresh"])
    can_roll_back = not find_no_way_back(group)
    request["Strategy"] = given.get("Strategy", ["Rolling"])[0]
    request["Preferences"] = build_preferences(given, group, can_roll_back=can_roll_back)
    if can_roll_back:
        desired = refer_to(group, changes, handed["ImageId"])
        request["DesiredConfiguration"] = {key: value for key, value in desired.items() if key not in request}
    return request


def has_instances_to_replace(group: Data, handed: dict[str, str], changes: list[LaunchChange]) -> bool:
    """Neither in a group without instances, nor in one whose instances all run the image."""
    if changes or handed.get("LaunchConfigurationName") != group.get("LaunchConfigurationName"):
        return bool(group["Instances"])
    found = read_group_instances(group["AutoScalingGroupName"])
    return any(one["ImageId"] not in handed["Launched"].split() for one in found)


def change_group(group: Data, handed: dict[str, str], changes: list[LaunchChange]) -> None:
    """First what Auto Scaling checks, because that may fail."""
    if "LaunchConfigurationName" in group:
        if handed["LaunchConfigurationName"] != group["LaunchConfigurationName"]:
            set_configuration(group["AutoScalingGroupName"], handed["LaunchConfigurationName"])
        return
    if any(one[-1] in ("number", "image") for one in changes):
        autoscaling.update_auto_scaling_group(**refer_to(group, changes, handed["ImageId"]))
    for _, template_id, _, number, _ in [one for one in changes if one[-1] == "default"]:
        set_default(template_id, number)
