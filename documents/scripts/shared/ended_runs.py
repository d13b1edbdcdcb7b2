"""Whether a run has ended."""

from shared.final_statuses import FINAL
from shared.refusals import ask
from shared.run_records import read_run


def is_at_work(execution_id: str) -> bool:
    """Whether a run may still do something. Systems Manager forgets runs after a while."""
    run = ask(lambda: read_run(execution_id), "AutomationExecutionNotFound")
    return bool(run) and run["AutomationExecutionStatus"] not in FINAL
