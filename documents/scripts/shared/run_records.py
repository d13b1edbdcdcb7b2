"""What Systems Manager knows of a run."""

from shared.data import Data
from shared.ssm_client import ssm


def read_run(execution_id: str) -> Data:
    return ssm.get_automation_execution(AutomationExecutionId=execution_id)["AutomationExecution"]
