"""Instance refreshes of a group."""

from shared.autoscaling_client import autoscaling
from shared.data import Data
from shared.refusals import ask

STOPPABLE = ("Pending", "InProgress", "Baking")
# A status that is not known to be final counts as at work.
ENDED = ("Successful", "Failed", "Cancelled", "RollbackSuccessful", "RollbackFailed")


def read_refreshes(group_name: str, **request: Data) -> list[Data]:
    """The newest first."""
    answer = autoscaling.describe_instance_refreshes(AutoScalingGroupName=group_name, **request)
    found: list[Data] = answer["InstanceRefreshes"]
    return found


def find_active_refresh(group_name: str) -> Data:
    """AWS lets a group have one at a time. None where there is none."""
    return next((one for one in read_refreshes(group_name) if one["Status"] not in ENDED), None)


def find_refresh(group_name: str, refresh_id: str) -> Data:
    """By its id. Where the step that starts it was cancelled, nobody knows that: it is the one at work."""
    if refresh_id in ("none", "failed", "refused"):
        return None
    if len(refresh_id) == 36:
        return read_refreshes(group_name, InstanceRefreshIds=[refresh_id])[0]
    return find_active_refresh(group_name)


def stop_refresh(group_name: str, refresh: Data, *, rolls_back: bool = True) -> Data:
    """Rolls it back where AWS can, and otherwise cancels it. Gives it as it is then.

    Its end has to be waited for.
    """
    if refresh["Status"] not in STOPPABLE:
        return refresh
    ended = "ActiveInstanceRefreshNotFound"
    # Where AWS cannot roll the group back there is no permission for it either.
    not_back = (ended, "IrreversibleInstanceRefresh", "AccessDenied")
    request: Data = {"AutoScalingGroupName": group_name}
    # AWS goes back to what the group launches, and knows where to go only from a desired configuration.
    is_back = rolls_back and refresh.get("DesiredConfiguration")
    if is_back and ask(lambda: autoscaling.rollback_instance_refresh(**request), not_back):
        return find_refresh(group_name, refresh["InstanceRefreshId"])
    # It may be on its way back, where the answer was lost, or have succeeded in that moment.
    now = find_refresh(group_name, refresh["InstanceRefreshId"])
    if now["Status"] not in STOPPABLE:
        return now
    ask(lambda: autoscaling.cancel_instance_refresh(**request), ended)
    return find_refresh(group_name, refresh["InstanceRefreshId"])
