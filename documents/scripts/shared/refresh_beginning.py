"""The beginning of an instance refresh, whatever the group launches from."""

from collections.abc import Callable
from typing import TypedDict

from shared.data import Data
from shared.denials import explain_denial
from shared.fingerprint import fingerprint
from shared.group_instances import read_group_instances
from shared.handed_on import read_handed_on
from shared.images import read_available_image
from shared.lost_parent import refuse_lost_parent
from shared.refresh_entries import read_entries
from shared.refresh_preferences import build_preferences
from shared.refresh_start import start_instance_refresh
from shared.remaining_group import read_remaining_group
from shared.roll_out_tags import tag_with_previous
from shared.run_records import read_run
from shared.unchanged import refuse_changed


class BeginningEvent(TypedDict):
    ExecutionId: str
    AutoScalingGroupName: str
    HandedOn: list[str]
    InstanceRefresh: list[str]


# What AWS is asked for, of a group; without preferences where no instance has to be replaced.
Request = Callable[[Data], Data]
# What AWS does not change itself.
ChangeGroup = Callable[[Data], None]


def begin_refresh(event: BeginningEvent, request: Request, change: ChangeGroup) -> dict[str, str]:
    """The refresh; or why there is none, and whether the next step has to put something back."""
    changed: list[str] = []
    try:
        return {"RefreshId": begin(event, request, change, changed), "Problem": "none"}
    except Exception as error:  # noqa: BLE001 - whatever it is, the report raises it
        return {"RefreshId": "failed" if changed else "refused", "Problem": str(explain_denial(error))}


def begin(event: BeginningEvent, request: Request, change: ChangeGroup, changed: list[str]) -> str:
    """The refresh, or none where no instance has to be replaced."""
    name, handed = event["AutoScalingGroupName"], read_handed_on(event["HandedOn"])
    image_id = handed["ImageId"]
    group = read_remaining_group(name)
    refuse_changed(f"What Auto Scaling group {name} launches from", fingerprint(group), handed["Seen"])
    read_available_image(image_id)
    asked = request(group)
    again = f"this one ends, and the group was not changed; start the roll-out again with image {image_id}"
    refuse_lost_parent(read_run(event["ExecutionId"]), again)
    tag_with_previous(image_id, handed)
    # With a desired configuration AWS itself changes the group, when the refresh has succeeded.
    if "DesiredConfiguration" not in asked:
        changed.append(name)
        change(group)
    # Somebody may have deleted it between the look and the change.
    read_available_image(image_id)
    return start_instance_refresh(asked) if "Preferences" in asked else "none"


def build_request(event: BeginningEvent, group: Data, *, is_new: bool) -> Data:
    """Nothing is replaced in a group without instances, nor in one whose instances all run the image."""
    request: Data = {"AutoScalingGroupName": event["AutoScalingGroupName"]}
    launched = read_handed_on(event["HandedOn"])["Launched"].split()
    if not (group["Instances"] if is_new else has_others(group, launched)):
        return request
    given = read_entries(event["InstanceRefresh"])
    request["Strategy"] = given.get("Strategy", ["Rolling"])[0]
    request["Preferences"] = build_preferences(given, group)
    return request


def has_others(group: Data, launched: list[str]) -> bool:
    found = read_group_instances(group["AutoScalingGroupName"])
    return any(one["ImageId"] not in launched for one in found)
