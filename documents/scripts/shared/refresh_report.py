"""What is written down and said at the end of a refresh, whatever the group launches from."""

from collections.abc import Callable
from typing import NotRequired, TypedDict

from botocore.exceptions import BotoCoreError, ClientError

from shared.data import Data
from shared.group_instances import count_instances, list_with_image, read_group_instances
from shared.handed_on import read_handed_on
from shared.refreshes import ENDED, WITHOUT_REFRESH, is_refresh_id, read_refreshes
from shared.remaining_group import read_remaining_group
from shared.roll_out_tags import tag_as_rolled_out

NONE_REPLACED = "No instance had to be replaced"
SAME = "the group launches what it launched before"
STOPPED = {
    "late": "did not succeed while the run waited for it (see its step waitForRefresh), was stopped and ",
    "cancelled": "was stopped, because the run was cancelled, and ",
}


class ReportEvent(TypedDict):
    AutoScalingGroupName: str
    HandedOn: list[str]
    # By startRefresh and by rollBack, of which one may have failed or been cancelled.
    RefreshIds: list[str]
    Problem: str
    Stopped: str
    # Only where AWS cannot roll back.
    BackRefreshId: NotRequired[str]


# Of each place from which a group launches, whether it is as it was before, as it was made, or other.
CompareSource = Callable[[Data], set[str]]
# Deletes what nothing uses, and gives what could not be deleted, and why.
DeleteUnused = Callable[[Data], list[str]]


def conclude_refresh(event: ReportEvent, compare: CompareSource, delete: DeleteUnused) -> dict[str, str]:
    try:
        return conclude(event, compare, delete)
    except (BotoCoreError, ClientError) as error:
        image_id = read_handed_on(event["HandedOn"])["ImageId"]
        raise Exception(
            f"What became of Auto Scaling group {event['AutoScalingGroupName']} and its instance refresh to "
            f"image {image_id} could not be read ({error}): look at both, and start the roll-out again with "
            "this image if that is wanted."
        ) from error


def conclude(event: ReportEvent, compare: CompareSource, delete: DeleteUnused) -> dict[str, str]:
    name = event["AutoScalingGroupName"]
    group = read_remaining_group(name)
    refreshes = {one["InstanceRefreshId"]: one for one in read_refreshes(name)}
    refresh = next((refreshes[one] for one in event["RefreshIds"] if one in refreshes), None)
    if event["RefreshIds"][0] == "none" or (refresh and refresh["Status"] == "Successful"):
        return finish(event, compare(group), refresh)
    # A refresh that goes on may still launch from it, also one of which no step knows any more.
    left = delete(group) if all(one["Status"] in ENDED for one in refreshes.values()) else []
    back = refreshes.get(event.get("BackRefreshId", ""))
    raise Exception(explain(event, describe_source(compare(group)), left, [refresh, back]))


def finish(event: ReportEvent, found: set[str], refresh: Data) -> dict[str, str]:
    name, handed = event["AutoScalingGroupName"], read_handed_on(event["HandedOn"])
    image_id = handed["ImageId"]
    if not found <= {"made", "kept"}:
        raise Exception(
            f"Instances of Auto Scaling group {name} were replaced, but somebody changed meanwhile what it "
            f"launches, which is not image {image_id} any more: see who changed it, and start the roll-out "
            "again with this image if that is wanted."
        )
    write_down(name, handed)
    others = [one["InstanceId"] for one in read_group_instances(name) if one["ImageId"] != image_id]
    left = f", and another image was left on {count_instances(others)}" if others else ""
    if event["RefreshIds"][1] == (refresh or {}).get("InstanceRefreshId"):
        raise Exception(
            f"Instance refresh {event['RefreshIds'][1]} of Auto Scaling group {name} to image {image_id} "
            "succeeded, though not in the time that the run waits: nothing is left to do."
        )
    replaced = f"Instance refresh {refresh['InstanceRefreshId']} succeeded" if refresh else NONE_REPLACED
    return {"Summary": replaced + left}


def write_down(group_name: str, handed: dict[str, str]) -> None:
    image_id = handed["ImageId"]
    try:
        tag_as_rolled_out(image_id, handed)
    except Exception as error:
        # The image is not older any more than what the group launches, and the schedule goes on.
        pause = " and PauseSchedule true" if handed["Pause"] == "true" else ""
        raise Exception(
            f"Auto Scaling group {group_name} launches image {image_id} and its instances run it, but that "
            f"could not be written down ({error}): start the roll-out again with this image{pause}."
        ) from error


def explain(event: ReportEvent, source: str, left: list[str], refreshes: list[Data]) -> str:
    name, image_id = event["AutoScalingGroupName"], read_handed_on(event["HandedOn"])["ImageId"]
    refresh, back = refreshes
    problem = describe_problem(event)
    if not refresh and source == SAME and not left:
        return problem
    rest = describe_instances(name, image_id) + (f"; delete by hand {'; '.join(left)}" if left else "")
    if not refresh:
        return f"The run failed ({problem.rstrip('.')}); {source}, and {rest}."
    way_back = f", instance refresh {back['InstanceRefreshId']} to it {describe_end(back)}" if back else ""
    return (
        f"Instance refresh {refresh['InstanceRefreshId']} of Auto Scaling group {name} to image {image_id} "
        f"{STOPPED.get(event['Stopped'], '')}{describe_end(refresh)}; {source}{way_back}, and {rest}."
    )


def describe_problem(event: ReportEvent) -> str:
    """Of a step that did not come to its end Automation hands on a text of its own."""
    if event["RefreshIds"][0] in WITHOUT_REFRESH or is_refresh_id(event["RefreshIds"][0]):
        return event["Problem"]
    return "Step startRefresh of this run did not come to its end: look there for AWS's reason."


def describe_end(refresh: Data) -> str:
    """How it ended, in AWS's words."""
    verb = "ended" if refresh["Status"] in ENDED else "is"
    reason = refresh.get("StatusReason", "AWS gives no reason").rstrip(". ")
    return f"{verb} {refresh['Status']}" + ("" if refresh["Status"] == "Successful" else f" ({reason})")


def describe_source(found: set[str]) -> str:
    if "other" in found:
        return "somebody changed meanwhile what the group launches"
    if "made" not in found:
        return SAME
    part = "in part" if "before" in found else "still"
    return f"the group {part} launches the image: roll out another one"


def describe_instances(name: str, image_id: str) -> str:
    ids = list_with_image(name, image_id)
    return f"the image runs on {count_instances(ids)}" if ids else "no instance runs the image"
