"""Says what became of a refresh that did not succeed, of the group and of its instances."""

from typing import NoReturn, TypedDict

from shared.data import Data
from shared.group_instances import list_with_image
from shared.handed_on import read_handed_on
from shared.refreshes import ENDED, read_refreshes


class Event(TypedDict):
    AutoScalingGroupName: str
    HandedOn: list[str]
    RefreshId: str
    Status: str
    BackRefreshId: str


def explain_refresh(event: Event, _context: object) -> NoReturn:
    name, image_id = event["AutoScalingGroupName"], read_handed_on(event["HandedOn"])["ImageId"]
    refreshes = {one["InstanceRefreshId"]: one for one in read_refreshes(name)}
    refresh = refreshes[event["RefreshId"]]
    subject = f"Instance refresh {event['RefreshId']} of Auto Scaling group {name} to image {image_id}"
    if refresh["Status"] == "Successful":
        raise Exception(
            f"{subject} succeeded, but not in the time that the run waits, and that is not written down: "
            "start the roll-out again with this image."
        )
    back = refreshes.get(event["BackRefreshId"]) if event["BackRefreshId"] != event["RefreshId"] else None
    raise Exception(
        f"{subject} {describe_end(event['Status'], refresh)}; {describe_group(refresh)}"
        f"{describe_way_back(back)}, and {describe_left(list_with_image(name, image_id))}."
    )


def describe_end(status_before: str, refresh: Data) -> str:
    """How it ended, in AWS's words, and whether the run itself stopped it."""
    stopped = (
        "" if status_before in ENDED else "did not succeed in the time that the run waits, was stopped and "
    )
    reason = refresh.get("StatusReason", "AWS gives no reason").rstrip(". ")
    return f"{stopped}ended {refresh['Status']} ({reason})"


def describe_group(refresh: Data) -> str:
    if not refresh.get("DesiredConfiguration"):
        return "the group was put back to what it launched before"
    is_back = refresh["Status"] == "RollbackSuccessful"
    return f"the group was {'rolled back' if is_back else 'not changed'}"


def describe_way_back(back: Data) -> str:
    if not back:
        return ""
    reason = f" ({back['StatusReason']})" if back.get("StatusReason") else ""
    return f", instance refresh {back['InstanceRefreshId']} to it ended {back['Status']}{reason}"


def describe_left(instances: list[str]) -> str:
    if not instances:
        return "no instance runs the image"
    count = "1 instance still runs" if len(instances) == 1 else f"{len(instances)} instances still run"
    return f"{count} the image ({', '.join(instances[:5])})"
