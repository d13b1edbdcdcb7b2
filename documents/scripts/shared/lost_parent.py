"""A roll-out that another run started, of which nobody wants anything any more."""

from shared.data import Data
from shared.run_records import read_run


def refuse_lost_parent(own: Data, again: str) -> None:
    """Who cancels a run wants nothing any more of what that has started."""
    parent = own.get("ParentAutomationExecutionId")
    if parent:
        run = read_run(parent)
        status = run["AutomationExecutionStatus"]
        if status.startswith(("Cancel", "Failed", "TimedOut")):
            raise Exception(
                f"Run {parent}, which started this roll-out, is {status}: {again}, if that is wanted."
            )
        refuse_lost_parent(run, again)
