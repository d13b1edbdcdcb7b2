"""A dry run changes nothing, and nobody yields to it."""

from shared.booleans import is_true
from shared.data import Data
from shared.earlier_runs import read_earlier_runs
from shared.run_records import read_run


def find_earlier_run(execution_id: str) -> Data:
    """Of the runs that started before this one, the first that is not dry; empty where there is none."""
    for run in read_earlier_runs(read_run(execution_id)):
        parameters = read_run(run["AutomationExecutionId"]).get("Parameters", {})
        if not is_true(parameters.get("DryRun", [""])[0]):
            return run
    return {}
