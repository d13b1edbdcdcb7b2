"""Stops the golden instance again, where this run has started it."""

import time
from typing import TypedDict

from shared.ec2_client import ec2
from shared.golden_instance import read_instance

# Within the ten minutes that a script has.
PATIENCE_SECONDS = 500


class Event(TypedDict):
    InstanceId: str
    State: str
    IsOurs: str


def stop_instance(event: Event, _context: object) -> None:
    """Of a start that was not answered or was cancelled nobody knows whether it was made."""
    if event["State"] != "to be started" or event["IsOurs"] == "no":
        return
    instance_id = event["InstanceId"]
    deadline = time.time() + PATIENCE_SECONDS
    while True:
        instance = read_instance(instance_id)
        state = instance["State"]["Name"] if instance else "gone"
        if state in ("stopped", "shutting-down", "terminated", "gone"):
            return
        if time.time() > deadline:
            raise Exception(f"Golden instance {instance_id} is still {state}.")
        # One that is pending cannot be stopped yet.
        if state == "running":
            ec2.stop_instances(InstanceIds=[instance_id])
        time.sleep(10)
