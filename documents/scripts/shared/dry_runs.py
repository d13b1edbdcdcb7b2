"""A dry run changes nothing, and nobody yields to it."""

from typing import Any

from shared.earlier_runs import read_earlier_runs
from shared.run_records import read_run


def find_earlier_run(execution_id: str) -> Any:
    """Of the runs that started before this one, the first that is not dry; None where there is none."""
    return next((one for one in read_earlier_runs(execution_id) if not is_dry(one)), None)


def is_dry(run: Any) -> bool:
    parameters = read_run(run["AutomationExecutionId"]).get("Parameters", {})
    return "".join(parameters.get("DryRun", [])).lower() == "true"
