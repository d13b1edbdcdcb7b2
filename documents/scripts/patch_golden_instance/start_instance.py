"""Starts the golden instance."""

from typing import TypedDict

from botocore.exceptions import BotoCoreError, ClientError

from shared.ec2_client import ec2
from shared.once_clients import ec2_once


class Event(TypedDict):
    InstanceId: str


def start_instance(event: Event, _context: object) -> dict[str, str]:
    """Whether this run is it that has started it; or why it could not."""
    try:
        return {"IsOurs": start(event["InstanceId"]), "Problem": "none"}
    except (BotoCoreError, ClientError) as error:
        return {"IsOurs": "perhaps", "Problem": f"it could not be started ({error})"}


def start(instance_id: str) -> str:
    """Somebody may have started it since it was looked at, and wants it to run."""
    try:
        answer = ec2_once.start_instances(InstanceIds=[instance_id])
    except (BotoCoreError, ClientError):
        # It may have been done. A second start changes nothing then, and does not tell any more who it was.
        ec2.start_instances(InstanceIds=[instance_id])
        return "yes"
    was = answer["StartingInstances"][0]["PreviousState"]["Name"]
    return "yes" if was == "stopped" else "no"
