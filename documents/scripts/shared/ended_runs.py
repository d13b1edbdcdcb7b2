"""Whether a run has ended."""

from botocore.exceptions import ClientError

from shared.final_statuses import FINAL
from shared.run_records import read_run


def is_at_work(execution_id: str) -> bool:
    """Whether a run may still do something. Systems Manager forgets runs after a while."""
    try:
        return read_run(execution_id)["AutomationExecutionStatus"] not in FINAL
    except ClientError as error:
        if error.response["Error"]["Code"] != "AutomationExecutionNotFoundException":
            raise
        return False
