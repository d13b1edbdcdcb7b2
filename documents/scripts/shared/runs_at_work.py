"""Which runs of a runbook are at work."""

from shared.data import Data
from shared.ssm_client import ssm

AT_WORK = ["Pending", "InProgress", "Waiting", "Cancelling"]


def read_runs_at_work(document_name: str) -> list[Data]:
    """Those that are not finished, the one that started first in front."""
    wanted = {"DocumentNamePrefix": [document_name], "ExecutionStatus": AT_WORK}
    filters: Data = [{"Key": key, "Values": values} for key, values in wanted.items()]
    pages = ssm.get_paginator("describe_automation_executions").paginate(Filters=filters)
    found = [one for page in pages for one in page["AutomationExecutionMetadataList"]]
    # A run that is queued has no start yet: it looks for the others itself, when it starts.
    started = [one for one in found if one["DocumentName"] == document_name and one.get("ExecutionStartTime")]
    return sorted(started, key=run_order)


def run_order(run: Data) -> Data:
    return run["ExecutionStartTime"], run["AutomationExecutionId"]
