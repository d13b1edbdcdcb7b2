"""What Systems Manager knows of a run."""

from typing import Any

from shared.ssm_client import ssm


def read_run(execution_id: str) -> Any:
    return ssm.get_automation_execution(AutomationExecutionId=execution_id)["AutomationExecution"]
