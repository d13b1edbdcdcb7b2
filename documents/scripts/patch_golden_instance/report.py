"""What the run did; or why the command did not succeed, and in what state the golden instance is."""

from typing import TypedDict

from shared.commands import ENDED_COMMAND
from shared.data import Data
from shared.golden_instance import read_instance
from shared.managed_instance import describe_missing
from shared.ssm_client import ssm

NOT_STOPPED = "; it could not be stopped again"
# What Systems Manager says of an agent that it does not reach.
UNREACHED = ("unknown", "ConnectionLost", "Inactive")
# How those begin that the steps say. Of a step that did not run Automation hands on a text of its own.
PROBLEMS = ("it could not be started", "command ")


class Event(TypedDict):
    """Of steps that did not run the values are a text of Automation's own."""

    InstanceId: str
    State: str
    CommandDocumentName: str
    # By sendCommand and by endCommand.
    CommandIds: list[str]
    # Of startInstance and of sendCommand.
    Problems: list[str]
    IsOurs: str
    # By stopInstance, before it stops what was started.
    Seen: str


def report(event: Event, _context: object) -> dict[str, str]:
    instance_id, document = event["InstanceId"], event["CommandDocumentName"]
    if event["State"] == "stopped":
        summary = f"Golden instance {instance_id} is stopped and was left so, without command {document}."
        return {"Summary": summary, "CommandId": "none"}
    command_id = next((one for one in event["CommandIds"] if len(one) == 36), "none")
    problem = find_problem(event, command_id)
    state = describe_state(event)
    if problem:
        raise Exception(f"Golden instance {instance_id} was not patched, because {problem}{state}.")
    summary = f"Command {document} ({command_id}) succeeded on golden instance {instance_id}"
    if len(event["CommandIds"][1]) == 36:
        raise Exception(f"{summary}, though not in the time that the run waits{state}: start it again.")
    if state.startswith(NOT_STOPPED):
        raise Exception(f"{summary}{state}.")
    return {"Summary": f"{summary}{state}.", "CommandId": command_id}


def find_problem(event: Event, command_id: str) -> str:
    """Why the command did not succeed; an empty text where it did."""
    if command_id == "none":
        problems = [one for one in event["Problems"] if one.startswith(PROBLEMS)]
        return problems[0] if problems else explain_missing_command(event)
    invocation = read_invocation(command_id)
    status = invocation["Status"] if invocation else "gone"
    if status == "Success":
        return ""
    command = f"command {event['CommandDocumentName']} ({command_id})"
    if status not in ENDED_COMMAND:
        return f"{command} is {status} after the time that the run waits, and was cancelled"
    output = find_last_line(invocation)
    return f"{command} ended {invocation['StatusDetails']}{output}"


def explain_missing_command(event: Event) -> str:
    seen = event["Seen"]
    if seen.startswith("EC2: "):
        return (
            f"it did not come to run ({seen.removeprefix('EC2: ')}): see that it can be started by hand, and "
            "that the role of this runbook may use the keys of its volumes"
        )
    if event["State"] == "running" or seen not in UNREACHED:
        return "no command was sent: look at step sendCommand of this run for AWS's reason"
    return f"after its start {describe_missing(seen)}"


def read_invocation(command_id: str) -> Data:
    found = ssm.list_command_invocations(CommandId=command_id, Details=True)["CommandInvocations"]
    return found[0] if found else None


def find_last_line(invocation: Data) -> str:
    """Of what the plugin said that failed."""
    failed = [one for one in invocation["CommandPlugins"] if one["Status"] != "Success"]
    lines = [line.strip() for one in failed for line in one.get("Output", "").splitlines() if line.strip()]
    return f" ({lines[-1][:300]})" if lines else ""


def describe_state(event: Event) -> str:
    """In which it is now, where that is not what it was."""
    if event["State"] == "running":
        return ""
    instance = read_instance(event["InstanceId"])
    state = instance["State"]["Name"] if instance else "gone"
    if state in ("stopped", "stopping"):
        return "; it is stopped again"
    if event["IsOurs"] == "no":
        return "; somebody started it meanwhile, and it was left running"
    return f"{NOT_STOPPED} and is {state}: stop it by hand, because it costs money"
