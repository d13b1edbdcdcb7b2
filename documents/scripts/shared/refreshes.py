"""Instance refreshes of a group."""

from shared.autoscaling_client import autoscaling
from shared.data import Data
from shared.refusals import ask

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


def stop_refresh(group_name: str, refresh: Data) -> None:
    """Rolls it back where AWS can, and otherwise cancels it. Its end has to be waited for."""
    if refresh["Status"] not in ("Pending", "InProgress", "Baking"):
        return
    ended = "ActiveInstanceRefreshNotFound"
    # Where AWS cannot roll the group back there is no permission for it either.
    not_back = (ended, "IrreversibleInstanceRefresh", "AccessDenied")
    request: Data = {"AutoScalingGroupName": group_name}
    # AWS goes back to what the group launches, and knows where to go only from a desired configuration.
    if not refresh.get("DesiredConfiguration") or not ask(
        lambda: autoscaling.rollback_instance_refresh(**request), not_back
    ):
        ask(lambda: autoscaling.cancel_instance_refresh(**request), ended)
