"""Automation's runs, which moto does not have."""

import datetime
from collections.abc import Iterator
from typing import Any

from shared.ssm_client import ssm
from support import Outcome, Stub, refusal, utc_now

# What Automation hands on for the output of a step that did not run.
PLACEHOLDER = "No output available yet because the step is not successfully executed"
PAGE = 2


def run_id(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012}"


class Executions:
    """Answers the calls on them as Systems Manager does, page by page."""

    def __init__(self, stub: Stub) -> None:
        self.runs: dict[str, dict[str, Any]] = {}
        self._listed_at: dict[str, datetime.datetime] = {}
        stub(ssm, "get_automation_execution", self._get)
        stub(ssm, "describe_automation_executions", self._describe)

    def add(
        self,
        execution_id: str,
        document: str,
        *,
        status: str = "InProgress",
        started: datetime.datetime | None = None,
        listed_after: float = 0,
        **more: Any,
    ) -> str:
        """One that started now, or when it is said; more is what GetAutomationExecution tells of it."""
        start = started or utc_now()
        self.runs[execution_id] = {
            "AutomationExecutionId": execution_id,
            "DocumentName": document,
            "AutomationExecutionStatus": status,
            "ExecutionStartTime": start,
            **more,
        }
        self._listed_at[execution_id] = start + datetime.timedelta(seconds=listed_after)
        return execution_id

    def _get(self, asked: Any) -> Outcome:
        run = self.runs.get(asked["AutomationExecutionId"])
        return {"AutomationExecution": run} if run else refusal("AutomationExecutionNotFoundException")

    def _describe(self, asked: Any) -> Outcome:
        wanted = {one["Key"]: one["Values"] for one in asked["Filters"]}
        first = int(asked.get("NextToken", "0"))
        found = list(self._listed(wanted["DocumentNamePrefix"], wanted["ExecutionStatus"]))
        more = {"NextToken": str(first + PAGE)} if len(found) > first + PAGE else {}
        return {"AutomationExecutionMetadataList": found[first : first + PAGE], **more}

    def _listed(self, prefixes: list[str], statuses: list[str]) -> Iterator[dict[str, Any]]:
        """A list has less of each run than GetAutomationExecution, and has the newest in front."""
        for run in reversed(self.runs.values()):
            asked_for = run["DocumentName"].startswith(tuple(prefixes))
            is_listed = self._listed_at[run["AutomationExecutionId"]] <= utc_now()
            if asked_for and is_listed and run["AutomationExecutionStatus"] in statuses:
                yield {name: value for name, value in run.items() if name != "Parameters"}
