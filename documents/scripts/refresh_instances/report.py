"""Writes down what was rolled out; or says what became of the refresh, of the group and of its instances."""

from typing import TypedDict

from botocore.exceptions import BotoCoreError, ClientError

from shared.data import Data
from shared.group_instances import list_with_image, read_group_instances
from shared.handed_on import read_handed_on
from shared.launch_changes import read_changes
from shared.made_source import is_launching_before, is_launching_made
from shared.refreshes import ENDED, read_refreshes
from shared.remaining_group import read_remaining_group
from shared.roll_out_tags import tag_as_rolled_out

NONE_REPLACED = "No instance had to be replaced"
SAME = "the group launches what it launched before"
STOPPED = {
    "late": "did not succeed in the time that the run waits, was stopped and ",
    "cancelled": "was stopped, because the run was cancelled, and ",
}


class Event(TypedDict):
    AutoScalingGroupName: str
    HandedOn: list[str]
    # By startRefresh and by rollBack, of which one may have failed or been cancelled.
    RefreshIds: list[str]
    Problem: str
    Stopped: str
    BackRefreshId: str
    Left: str


def report(event: Event, _context: object) -> dict[str, str]:
    try:
        return conclude(event)
    except (BotoCoreError, ClientError) as error:
        image_id = read_handed_on(event["HandedOn"])["ImageId"]
        raise Exception(
            f"What became of Auto Scaling group {event['AutoScalingGroupName']} and its instance refresh to "
            f"image {image_id} could not be read ({error}): look at both, and start the roll-out again with "
            "this image if that is wanted."
        ) from error


def conclude(event: Event) -> dict[str, str]:
    name = event["AutoScalingGroupName"]
    group = read_remaining_group(name)
    refreshes = {one["InstanceRefreshId"]: one for one in read_refreshes(name)}
    refresh = next((refreshes[one] for one in event["RefreshIds"] if one in refreshes), None)
    if event["RefreshIds"][0] == "none" or (refresh and refresh["Status"] == "Successful"):
        return finish(event, group, refresh)
    raise Exception(explain(event, group, refresh, refreshes.get(event["BackRefreshId"])))


def finish(event: Event, group: Data, refresh: Data) -> dict[str, str]:
    name, handed = event["AutoScalingGroupName"], read_handed_on(event["HandedOn"])
    image_id = handed["ImageId"]
    if not is_launching_made(group, handed, read_changes(event["HandedOn"])):
        raise Exception(
            f"Instances of Auto Scaling group {name} were replaced, but somebody changed meanwhile what it "
            f"launches, which is not image {image_id} any more: see who changed it, and start the roll-out "
            "again with this image if that is wanted."
        )
    try:
        tag_as_rolled_out(image_id, handed)
    except Exception as error:
        raise Exception(
            f"Auto Scaling group {name} launches image {image_id} and its instances run it, but that could "
            f"not be written down ({error}): start the roll-out again with this image."
        ) from error
    others = [one["InstanceId"] for one in read_group_instances(name) if one["ImageId"] != image_id]
    left = f", and what runs another image was left alone ({', '.join(others[:5])})" if others else ""
    if event["RefreshIds"][1] == (refresh or {}).get("InstanceRefreshId"):
        raise Exception(
            f"Instance refresh {event['RefreshIds'][1]} of Auto Scaling group {name} to image {image_id} "
            "succeeded, though not in the time that the run waits: nothing is left to do."
        )
    replaced = f"Instance refresh {refresh['InstanceRefreshId']} succeeded" if refresh else NONE_REPLACED
    return {"Summary": replaced + left}


def explain(event: Event, group: Data, refresh: Data, back: Data) -> str:
    name, image_id = event["AutoScalingGroupName"], read_handed_on(event["HandedOn"])["ImageId"]
    source = describe_source(group, event["HandedOn"])
    versions = describe_versions(event["Left"])
    problem = describe_problem(event)
    if not refresh and source == SAME and not versions:
        return problem
    instances = describe_instances(name, image_id)
    if not refresh:
        return f"The run failed ({problem.rstrip('.')}); {source}, and {instances}{versions}."
    return (
        f"Instance refresh {refresh['InstanceRefreshId']} of Auto Scaling group {name} to image {image_id} "
        f"{describe_end(refresh, event['Stopped'])}; {source}{describe_way_back(back)}, and "
        f"{instances}{versions}."
    )


def describe_problem(event: Event) -> str:
    """Of a step that did not come to its end Automation hands on a text of its own."""
    if event["RefreshIds"][0] in ("none", "failed", "refused") or len(event["RefreshIds"][0]) == 36:
        return event["Problem"]
    return "Step startRefresh of this run did not come to its end: look there for AWS's reason."


def describe_end(refresh: Data, stopped: str) -> str:
    """How it ended, in AWS's words, and whether the run itself stopped it."""
    verb = "ended" if refresh["Status"] in ENDED else "is"
    reason = refresh.get("StatusReason", "AWS gives no reason").rstrip(". ")
    return f"{STOPPED.get(stopped, '')}{verb} {refresh['Status']} ({reason})"


def describe_source(group: Data, handed_on: list[str]) -> str:
    handed, changes = read_handed_on(handed_on), read_changes(handed_on)
    if is_launching_before(group, handed, changes):
        return SAME
    if is_launching_made(group, handed, changes):
        return "the group still launches the image: roll out another one"
    return "somebody changed meanwhile what the group launches"


def describe_way_back(back: Data) -> str:
    if not back:
        return ""
    reason = f" ({back['StatusReason']})" if back.get("StatusReason") else ""
    verb = "ended" if back["Status"] in ENDED else "is"
    return f", instance refresh {back['InstanceRefreshId']} to it {verb} {back['Status']}{reason}"


def describe_instances(name: str, image_id: str) -> str:
    left = list_with_image(name, image_id)
    if not left:
        return "no instance runs the image"
    count = "1 instance still runs" if len(left) == 1 else f"{len(left)} instances still run"
    return f"{count} the image ({', '.join(left[:5])})"


def describe_versions(left: str) -> str:
    """Of a step that did not run it is none."""
    return f"; delete by hand {left}" if left.startswith("version") else ""
