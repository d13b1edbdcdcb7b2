"""Runs of create-image that found nothing changed."""

from datetime import datetime

from shared.data import Data
from shared.ssm_client import ssm


def read_last_unchanged(document_name: str) -> datetime | None:
    """When the newest of them ended, among the newest runs that succeeded."""
    wanted = {"DocumentNamePrefix": [document_name], "ExecutionStatus": ["Success"]}
    filters: Data = [{"Key": key, "Values": values} for key, values in wanted.items()]
    answer: Data = ssm.describe_automation_executions(Filters=filters, MaxResults=50)
    ends: list[datetime] = [
        one["ExecutionEndTime"]
        for one in answer["AutomationExecutionMetadataList"]
        if one["DocumentName"] == document_name
        and one.get("Outputs", {}).get("report.Unchanged", ["none"]) != ["none"]
    ]
    return max(ends, default=None)
