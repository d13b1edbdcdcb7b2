"""Which runs of our runbooks are at work, and which of them goes on."""

from typing import Any

from botocore.exceptions import ClientError

from shared.answers import error_code, read_pages
from shared.clients import ssm

# A status that is not known to be final counts as at work.
FINAL = (
    "Success",
    "Failed",
    "TimedOut",
    "Cancelled",
    "CompletedWithSuccess",
    "CompletedWithFailure",
    "Exited",
)
AT_WORK = ("Pending", "InProgress", "Waiting", "Cancelling")


def read_run(execution_id: str) -> Any:
    return ssm.get_automation_execution(AutomationExecutionId=execution_id)["AutomationExecution"]


def is_at_work(execution_id: str) -> bool:
    """Whether a run may still do something. Systems Manager forgets runs after a while."""
    try:
        return read_run(execution_id)["AutomationExecutionStatus"] not in FINAL
    except ClientError as error:
        if error_code(error) != "AutomationExecutionNotFoundException":
            raise
        return False


def read_runs_at_work(document_name: str) -> list[Any]:
    """The runs of a runbook that are not finished, the one that started first in front."""
    filters = [
        {"Key": "DocumentNamePrefix", "Values": [document_name]},
        {"Key": "ExecutionStatus", "Values": [*AT_WORK]},
    ]
    found = read_pages(
        ssm, "describe_automation_executions", "AutomationExecutionMetadataList", Filters=filters
    )
    # A run that is queued has no start yet: it looks for the others itself, when it starts.
    started = [one for one in found if one["DocumentName"] == document_name and one.get("ExecutionStartTime")]
    return sorted(started, key=run_order)


def run_order(run: Any) -> Any:
    return run["ExecutionStartTime"], run["AutomationExecutionId"]


def find_earlier_run(execution_id: str) -> Any:
    """Of several runs of one runbook the one that started first goes on. None where that is this one."""
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
