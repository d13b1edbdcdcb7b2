"""Waits until Systems Manager reaches the agent of an instance that was started."""

import time
from typing import TypedDict

from shared.golden_instance import read_instance
from shared.managed_instance import REACHED, read_ping

# Within the ten minutes that a script has.
PATIENCE_SECONDS = 500
STARTING = ("pending", "running")


class Event(TypedDict):
    InstanceId: str


def wait_for_agent(event: Event, _context: object) -> None:
    instance_id = event["InstanceId"]
    deadline = time.time() + PATIENCE_SECONDS
    while time.time() < deadline:
        instance = read_instance(instance_id)
        state = instance["State"]["Name"] if instance else "gone"
        if state not in STARTING:
            raise Exception(f"Golden instance {instance_id} does not start: look at its state reason.")
        # Where Systems Manager does not say when it heard of it, that may have been before it was stopped.
        if state == "running" and read_ping(instance) == REACHED:
            return
        time.sleep(10)
    raise Exception(f"Systems Manager does not reach the agent of golden instance {instance_id} yet.")
