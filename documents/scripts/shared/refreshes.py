"""Instance refreshes of a group."""

from shared.autoscaling_client import autoscaling
from shared.data import Data
from shared.refusals import ask

NOT_ACTIVE = "ActiveInstanceRefreshNotFound"
STOPPABLE = ("Pending", "InProgress", "Baking")
# What the step that starts one says in place of its id.
WITHOUT_REFRESH = ("none", "failed", "refused")
# A status that is not known to be final counts as at work.
ENDED = ("Successful", "Failed", "Cancelled", "RollbackSuccessful", "RollbackFailed")


def read_refreshes(group_name: str, **request: Data) -> list[Data]:
    """The newest first."""
    answer = autoscaling.describe_instance_refreshes(AutoScalingGroupName=group_name, **request)
    found: list[Data] = answer["InstanceRefreshes"]
    return found


def is_refresh_id(text: str) -> bool:
    """Of a step that did not run Automation hands on a text of its own."""
    return len(text) == 36


def find_active_refresh(group_name: str) -> Data:
    """AWS lets a group have one at a time. None where there is none."""
    return next((one for one in read_refreshes(group_name) if one["Status"] not in ENDED), None)


def find_refresh(group_name: str, refresh_id: str) -> Data:
    """By its id. Where the step that starts it was cancelled, nobody knows that: it is the one at work."""
    if refresh_id in WITHOUT_REFRESH:
        return None
    if is_refresh_id(refresh_id):
        return read_refreshes(group_name, InstanceRefreshIds=[refresh_id])[0]
    return find_active_refresh(group_name)


def stop_refresh(group_name: str, refresh: Data, *, rolls_back: bool = True) -> Data:
    """Rolls it back where AWS can, and otherwise cancels it. Gives it as it is then.

    Its end has to be waited for.
    """
    # Where AWS cannot roll the group back there is no permission for it either.
    not_back = (NOT_ACTIVE, "IrreversibleInstanceRefresh", "AccessDenied")
    request: Data = {"AutoScalingGroupName": group_name}
    # AWS goes back to what the group launches, and knows where to go only from a desired configuration.
    is_back = rolls_back and refresh["Status"] in STOPPABLE and refresh.get("DesiredConfiguration")
    if is_back and ask(lambda: autoscaling.rollback_instance_refresh(**request), not_back):
        return find_refresh(group_name, refresh["InstanceRefreshId"])
    return cancel_refresh(group_name, refresh)


def cancel_refresh(group_name: str, refresh: Data) -> Data:
    # It may be on its way back, where the answer was lost, or have succeeded in that moment.
    now = find_refresh(group_name, refresh["InstanceRefreshId"])
    if now["Status"] not in STOPPABLE:
        return now
    ask(lambda: autoscaling.cancel_instance_refresh(AutoScalingGroupName=group_name), NOT_ACTIVE)
    return find_refresh(group_name, refresh["InstanceRefreshId"])
