"""Cancels the command where it has not ended."""

from typing import TypedDict

from shared.commands import ENDED_COMMAND, find_command, wait_for_command_of_run
from shared.ssm_client import ssm

# Who cancels a run lets its last steps take two minutes.
ATTEMPTS = 4


class Event(TypedDict):
    ExecutionId: str
    InstanceId: str
    CommandId: str


def end_command(event: Event, _context: object) -> dict[str, str]:
    """Of a step that was cancelled nobody knows what it has sent."""
    if len(event["CommandId"]) == 36:
        command = find_command(event["CommandId"])
    else:
        command = wait_for_command_of_run(event["ExecutionId"], event["InstanceId"], ATTEMPTS)
    if not command:
        return {"CommandId": "none"}
    if command["Status"] not in ENDED_COMMAND:
        ssm.cancel_command(CommandId=command["CommandId"])
    return {"CommandId": command["CommandId"]}
