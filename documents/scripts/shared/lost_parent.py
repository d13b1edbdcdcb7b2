"""A roll-out that another run started, of which nobody wants anything any more."""

from shared.data import Data
from shared.run_records import read_run


def refuse_lost_parent(run: Data, again: str) -> None:
    """Who cancels a run wants nothing any more of what that has started."""
    status = run["AutomationExecutionStatus"]
    if status.startswith(("Cancel", "Failed", "TimedOut")):
        raise Exception(
            f"Run {run['AutomationExecutionId']}, to which this roll-out belongs, is {status}: {again}, if "
            "that is wanted."
        )
    parent = run.get("ParentAutomationExecutionId")
    if parent:
        refuse_lost_parent(read_run(parent), again)
