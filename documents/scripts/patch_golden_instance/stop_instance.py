"""Stops the golden instance again, where this run has started it."""

import time
from typing import TypedDict

from botocore.exceptions import BotoCoreError, ClientError

from shared.data import Data
from shared.ec2_client import ec2
from shared.golden_instance import read_instance
from shared.managed_instance import read_ping

# Within the ten minutes that a script has.
PATIENCE_SECONDS = 500
# A start of which nobody knows is seen after so long, or was never made.
LATE_SECONDS = 30
DOWN = ("stopped", "shutting-down", "terminated", "gone")


class Event(TypedDict):
    InstanceId: str
    State: str
    IsOurs: str


def stop_instance(event: Event, _context: object) -> dict[str, str]:
    """What is seen of it before: of one that is stopped Systems Manager tells nothing."""
    if event["State"] != "to be started" or event["IsOurs"] == "no":
        return {"Seen": "nothing"}
    began, seen = time.time(), ""
    while True:
        instance = read_instance(event["InstanceId"])
        state = instance["State"]["Name"] if instance else "gone"
        seen = seen or look(instance, state)
        # Of a start that was not answered or was cancelled nobody knows whether it was made.
        if state in DOWN and (event["IsOurs"] == "yes" or time.time() >= began + LATE_SECONDS):
            return {"Seen": seen}
        if time.time() > began + PATIENCE_SECONDS:
            raise Exception(f"Golden instance {event['InstanceId']} is still {state}.")
        # One that is pending cannot be stopped yet.
        if state == "running":
            ec2.stop_instances(InstanceIds=[event["InstanceId"]])
        time.sleep(10)


def look(instance: Data, state: str) -> str:
    """The state of its agent; or why EC2 did not let it run, where it says so."""
    if state in DOWN:
        reason = (instance or {}).get("StateReason", {})
        is_told = reason and reason["Code"] != "Client.UserInitiatedShutdown"
        return f"EC2: {reason['Message']}" if is_told else "nothing"
    try:
        return read_ping(instance)
    except (BotoCoreError, ClientError) as error:
        # It has to be stopped all the same.
        return f"not read: {error}"
