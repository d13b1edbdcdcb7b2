"""Commands of Run Command on the golden instance."""

import time
from datetime import UTC, datetime

from shared.data import Data
from shared.refusals import ask
from shared.run_records import read_run
from shared.ssm_client import ssm

# A status that is not known to be final counts as at work.
ENDED_COMMAND = ("Success", "Failed", "TimedOut", "Cancelled")


def comment_of(execution_id: str) -> str:
    """By which the command of a run is found whose id nobody knows."""
    return f"ami-refresh {execution_id}"


def find_command(command_id: str) -> Data:
    """None where it is not shown, which of a new one AWS may say as an error."""
    answer = ask(lambda: ssm.list_commands(CommandId=command_id), "InvalidCommandId")
    return next(iter(answer["Commands"] if answer else []), None)


def wait_for_command_of_run(execution_id: str, instance_id: str, attempts: int) -> Data:
    """None where it has sent none. A new one may not be shown at once."""
    for attempt in range(attempts):
        if attempt > 0:
            time.sleep(5)
        command = find_command_of_run(execution_id, instance_id)
        if command:
            return command
    return None


def find_command_of_run(execution_id: str, instance_id: str) -> Data:
    # One that is sent at once has the same second.
    since = read_run(execution_id)["ExecutionStartTime"].astimezone(UTC).replace(microsecond=0)
    filters: Data = [{"key": "InvokedAfter", "value": format_time(since)}]
    pages = ssm.get_paginator("list_commands").paginate(InstanceId=instance_id, Filters=filters)
    found = (one for page in pages for one in page["Commands"])
    return next((one for one in found if one.get("Comment") == comment_of(execution_id)), None)


def format_time(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")
