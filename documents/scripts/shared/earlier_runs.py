"""Which of several runs of one runbook goes on: the one that started first."""

from shared.data import Data
from shared.runs_at_work import read_runs_at_work, run_order


def read_earlier_runs(own: Data) -> list[Data]:
    """Those that are at work and started before this one, the first in front."""
    # A run with targets is started by another run of the same document.
    parent = own.get("ParentAutomationExecutionId")
    runs = read_runs_at_work(own["DocumentName"])
    return [one for one in runs if run_order(one) < run_order(own) and one["AutomationExecutionId"] != parent]
