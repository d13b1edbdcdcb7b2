"""May the command be run on the golden instance, and has it to be started for that?"""

from typing import TypedDict

from shared.booleans import is_true
from shared.cancelled_run import is_cancelled
from shared.earlier_runs import read_earlier_runs
from shared.golden_instance import read_instance
from shared.managed_instance import REACHED, describe_missing, read_ping
from shared.run_records import read_run


class Event(TypedDict):
    ExecutionId: str
    InstanceId: str
    StartStopped: object


def check_instance(event: Event, _context: object) -> dict[str, str]:
    """`running`, `to be started`, or `stopped`, which it stays then."""
    refuse_this_run(event["ExecutionId"])
    instance_id = event["InstanceId"]
    instance = read_instance(instance_id)
    state = instance["State"]["Name"] if instance else "not there"
    if state == "stopped":
        return {"State": "to be started" if is_true(event["StartStopped"]) else "stopped"}
    if state != "running":
        raise Exception(
            f"Golden instance {instance_id} is {state}, but only a running or stopped one can be patched: "
            "start or stop it, and start the runbook again."
        )
    ping = read_ping(instance)
    if ping != REACHED:
        raise Exception(
            f"Golden instance {instance_id} cannot be patched, because {describe_missing(ping)}, and start "
            "the runbook again."
        )
    return {"State": state}


def refuse_this_run(execution_id: str) -> None:
    for earlier in read_earlier_runs(read_run(execution_id)):
        raise Exception(
            f"Run {earlier['AutomationExecutionId']} patches the golden instance and goes on: this one ends, "
            "and nothing was done; start it again when that one has ended."
        )
    if is_cancelled(execution_id):
        raise Exception("The run, or the one that started it, was cancelled, and nothing was done.")
