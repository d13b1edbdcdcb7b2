"""A run that somebody cancels, or whose parent."""

from shared.run_records import read_run


def is_cancelled(execution_id: str) -> bool:
    run = read_run(execution_id)
    parent = run.get("ParentAutomationExecutionId")
    return run["AutomationExecutionStatus"].startswith("Cancel") or bool(parent and is_cancelled(parent))
