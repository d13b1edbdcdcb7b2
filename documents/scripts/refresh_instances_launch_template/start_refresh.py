"""Lets the group launch the versions that name the image, and begins to replace its instances."""

from functools import partial

from shared.autoscaling_client import autoscaling
from shared.changed_source import refer_to
from shared.data import Data
from shared.default_version import set_default
from shared.handed_on import read_handed_on
from shared.launch_changes import LaunchChange, read_changes, read_places
from shared.refresh_beginning import BeginningEvent, begin_refresh, build_request
from shared.refresh_entries import is_rolling_back
from shared.refresh_rules import find_no_way_back
from shared.template_plan import refuse_moved


def start_refresh(event: BeginningEvent, _context: object) -> dict[str, str]:
    changes, image_id = read_changes(event["HandedOn"]), read_handed_on(event["HandedOn"])["ImageId"]
    request = partial(request_refresh, event, changes, image_id)
    return begin_refresh(event, request, partial(change_group, changes, image_id))


def request_refresh(event: BeginningEvent, changes: list[LaunchChange], image_id: str, group: Data) -> Data:
    for _, template_id, version, number, by in [
        one for one in read_places(event["HandedOn"]) if len(one) == 5
    ]:
        refuse_moved(template_id, number if by == "latest" else version, by)
    request = build_request(event, group, is_new=bool(changes))
    if "Preferences" in request and not find_no_way_back(group):
        request["Preferences"]["AutoRollback"] = is_rolling_back(event["InstanceRefresh"])
        desired = refer_to(group, changes, image_id)
        request["DesiredConfiguration"] = {key: value for key, value in desired.items() if key not in request}
    return request


def change_group(changes: list[LaunchChange], image_id: str, group: Data) -> None:
    """First what Auto Scaling checks, because that may fail."""
    if any(one[-1] in ("number", "image") for one in changes):
        autoscaling.update_auto_scaling_group(**refer_to(group, changes, image_id))
    for _, template_id, _, number, _ in [one for one in changes if one[-1] == "default"]:
        set_default(template_id, number)
