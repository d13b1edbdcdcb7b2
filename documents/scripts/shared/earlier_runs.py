"""Which of several runs of one runbook goes on."""

from typing import Any

from shared.run_records import read_run
from shared.runs_at_work import read_runs_at_work, run_order


def find_earlier_run(execution_id: str) -> Any:
    """The run that started first goes on. None where that is this one."""
    own = read_run(execution_id)
    # A run with targets is started by another run of the same document.
    not_others = (execution_id, own.get("ParentAutomationExecutionId"))
    for other in read_runs_at_work(own["DocumentName"]):
        other_id = other["AutomationExecutionId"]
        if other_id not in not_others and run_order(other) < run_order(own) and not is_dry(other_id):
            return other
    return None


def is_dry(execution_id: str) -> bool:
    """A dry run changes nothing, and nobody yields to it."""
    given = read_run(execution_id).get("Parameters", {}).get("DryRun", [])
    return "".join(given).lower() == "true"
