"""Starts the golden instance."""

from typing import TypedDict

from botocore.exceptions import BotoCoreError, ClientError

from shared.ec2_client import ec2


class Event(TypedDict):
    InstanceId: str


def start_instance(event: Event, _context: object) -> dict[str, str]:
    """Whether this run is it that has started it; or why it could not."""
    try:
        answer = ec2.start_instances(InstanceIds=[event["InstanceId"]])
    except (BotoCoreError, ClientError) as error:
        return {"IsOurs": "perhaps", "Problem": f"it could not be started ({error})"}
    # Somebody may have started it since it was looked at, and wants it to run.
    was = answer["StartingInstances"][0]["PreviousState"]["Name"]
    return {"IsOurs": "no" if was == "running" else "yes", "Problem": "none"}
