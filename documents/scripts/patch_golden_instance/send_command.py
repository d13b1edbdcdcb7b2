"""Sends the command to the golden instance, once."""

import time
from typing import TypedDict

from botocore.exceptions import BotoCoreError, ClientError

from shared.commands import comment_of, find_command, wait_for_command_of_run
from shared.once_ssm_client import ssm_once

# A new command may not be shown at once.
PATIENCE_SECONDS = 60
# What is not taken by the agent in this time is not run any more.
DELIVERY_SECONDS = 600


class Event(TypedDict):
    ExecutionId: str
    InstanceId: str
    CommandDocumentName: str
    CommandParameters: list[str]


def send_command(event: Event, _context: object) -> dict[str, str]:
    """The command; or why there is none, which the report says when the instance is stopped again."""
    try:
        command_id = send(event)
    except (BotoCoreError, ClientError) as error:
        problem = f"command {event['CommandDocumentName']} could not be sent ({error})"
        return {"CommandId": "none", "Problem": problem}
    wait_until_shown(command_id)
    return {"CommandId": command_id, "Problem": "none"}


def send(event: Event) -> str:
    """SendCommand has no client token: without an answer one looks whether there is a command now."""
    try:
        answer = ssm_once.send_command(
            InstanceIds=[event["InstanceId"]],
            DocumentName=event["CommandDocumentName"],
            Parameters=read_parameters(event["CommandParameters"]),
            Comment=comment_of(event["ExecutionId"]),
            TimeoutSeconds=DELIVERY_SECONDS,
        )
    except (BotoCoreError, ClientError) as error:
        attempts = 12 if isinstance(error, BotoCoreError) else 3
        command = wait_for_command_of_run(event["ExecutionId"], event["InstanceId"], attempts)
        if not command:
            raise
        return str(command["CommandId"])
    return answer["Command"]["CommandId"]


def wait_until_shown(command_id: str) -> None:
    """The step that waits for its end expects to find it."""
    deadline = time.time() + PATIENCE_SECONDS
    while not is_shown(command_id) and time.time() < deadline:
        time.sleep(5)


def is_shown(command_id: str) -> bool:
    """It was sent, whatever goes wrong when one looks."""
    try:
        return bool(find_command(command_id))
    except (BotoCoreError, ClientError):
        return False


def read_parameters(entries: list[str]) -> dict[str, list[str]]:
    """Each entry is name=value, and a name may be there several times."""
    parameters: dict[str, list[str]] = {}
    for entry in entries:
        name, _, value = entry.partition("=")
        parameters.setdefault(name, []).append(value)
    return parameters
