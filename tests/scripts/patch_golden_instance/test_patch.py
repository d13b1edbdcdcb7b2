"""Patching the golden instance: what is refused, sent, stopped again and said."""

import datetime
import time
from typing import Any

import pytest

from executions import PLACEHOLDER, run_id
from machine import COMMAND, DOCUMENT, INSTANCE, NO_ANSWER, OWN_RUN, Machine
from patch_golden_instance.check_instance import check_instance
from patch_golden_instance.end_command import end_command
from patch_golden_instance.report import report
from patch_golden_instance.send_command import send_command
from patch_golden_instance.start_instance import start_instance
from patch_golden_instance.stop_instance import stop_instance
from patch_golden_instance.wait_for_agent import wait_for_agent
from shared.ec2_client import ec2
from shared.once_clients import ec2_once
from shared.once_ssm_client import ssm_once
from shared.ssm_client import ssm
from support import refusal, utc_now


def check(*, starts: bool = False) -> str:
    return check_instance({"ExecutionId": OWN_RUN, "InstanceId": INSTANCE, "StartStopped": starts}, None)[
        "State"
    ]


def refused(starts: bool = False) -> str:
    with pytest.raises(Exception, match=r"\.$") as raised:
        check(starts=starts)
    return str(raised.value)


# What is refused before anything is done.


def test_one_that_runs_and_is_reached_is_patched(machine: Machine) -> None:
    assert check() == check(starts=True) == "running"
    assert machine.stub.calls_of("start_instances") == []


@pytest.mark.parametrize(("starts", "state"), [(False, "stopped"), (True, "to be started")])
def test_one_that_is_stopped_is_started_only_where_that_is_wanted(
    machine: Machine, starts: bool, state: str
) -> None:
    machine.state, machine.ping = "stopped", "ConnectionLost"
    assert check(starts=starts) == state


def test_one_that_is_not_managed_is_refused_by_what_is_missing(machine: Machine) -> None:
    machine.ping = None
    assert refused() == (
        f"Golden instance {INSTANCE} cannot be patched, because Systems Manager does not manage it: let its "
        "instance profile have AmazonSSMManagedInstanceCore, and see that its agent runs and reaches Systems "
        "Manager, and start the runbook again."
    )


@pytest.mark.parametrize("ping", ["ConnectionLost", "Inactive"])
def test_one_that_is_not_reached_is_refused(machine: Machine, ping: str) -> None:
    machine.ping = ping
    assert f"does not reach its agent, which is {ping}: see that the agent runs" in refused()


@pytest.mark.parametrize(
    ("state", "said"), [("gone", "not there"), ("stopping", "stopping"), ("terminated", "terminated")]
)
def test_one_that_can_be_patched_neither_now_nor_later_is_refused(
    machine: Machine, state: str, said: str
) -> None:
    machine.state = state
    assert f"Golden instance {INSTANCE} is {said}, but only a running or stopped one can be" in refused()


def test_an_earlier_run_goes_on(machine: Machine) -> None:
    minute = datetime.timedelta(minutes=1)
    machine.executions.add(run_id(39), "web-patch", started=utc_now() - minute)
    assert refused().startswith(f"Run {run_id(39)} patches the golden instance and goes on: this one ends")


def test_a_run_whose_parent_was_cancelled_does_nothing(machine: Machine) -> None:
    parent = machine.executions.add(run_id(38), "web-create-image", status="Cancelled")
    machine.executions.runs[OWN_RUN]["ParentAutomationExecutionId"] = parent
    assert refused() == "The run, or the one that started it, was cancelled, and nothing was done."


# The start.


@pytest.mark.parametrize(("state", "ours"), [("stopped", "yes"), ("pending", "no"), ("running", "no")])
def test_who_started_it_is_remembered(machine: Machine, state: str, ours: str) -> None:
    machine.state = state
    assert start_instance({"InstanceId": INSTANCE}, None) == {"IsOurs": ours, "Problem": "none"}


@pytest.mark.parametrize("lost", [NO_ANSWER, refusal("InternalError")])
def test_a_start_whose_answer_was_lost_is_this_run_s(machine: Machine, lost: Exception) -> None:
    """boto3 would repeat it, and hear that it runs already."""
    machine.state = "stopped"

    def answer(_: Any) -> Any:
        machine.start()
        machine.state = "running"
        return lost

    machine.stub(ec2_once, "start_instances", answer)
    assert start_instance({"InstanceId": INSTANCE}, None) == {"IsOurs": "yes", "Problem": "none"}
    assert len(machine.stub.calls_of("start_instances")) == 2


def test_why_it_does_not_start_is_said_later(machine: Machine) -> None:
    for client in (ec2, ec2_once):
        machine.stub(client, "start_instances", refusal("InsufficientInstanceCapacity", "There is none."))
    assert start_instance({"InstanceId": INSTANCE}, None) == {
        "IsOurs": "perhaps",
        "Problem": "it could not be started (An error occurred (InsufficientInstanceCapacity) when calling "
        "the StartInstances operation: There is none.)",
    }


def test_its_agent_is_waited_for(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.state, machine.ping = "pending", "ConnectionLost"
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        machine.ping = "Online" if len(slept) == 3 else machine.ping

    monkeypatch.setattr("time.sleep", sleep)
    wait_for_agent({"InstanceId": INSTANCE}, None)
    assert slept == [10, 10, 10]


def test_one_that_does_not_run_yet_is_not_reached_whatever_was_before(machine: Machine) -> None:
    machine.state = "pending"
    wait_for_agent({"InstanceId": INSTANCE}, None)
    assert len(machine.stub.calls_of("describe_instances")) == 2


def test_what_was_heard_of_it_before_its_start_is_no_news(machine: Machine) -> None:
    machine.heard = machine.started - datetime.timedelta(seconds=1)
    with pytest.raises(Exception, match="does not reach the agent of golden instance"):
        wait_for_agent({"InstanceId": INSTANCE}, None)
    assert "does not reach its agent, which is ConnectionLost" in refused()


def test_but_not_for_ever(machine: Machine) -> None:
    machine.ping = None
    with pytest.raises(Exception, match="does not reach the agent of golden instance"):
        wait_for_agent({"InstanceId": INSTANCE}, None)


def test_nor_where_it_does_not_start(machine: Machine) -> None:
    machine.state, machine.ping = "stopped", None
    with pytest.raises(Exception, match="does not start: look at its state reason"):
        wait_for_agent({"InstanceId": INSTANCE}, None)
    assert len(machine.stub.calls_of("describe_instances")) == 1


# The command.


def send(*entries: str) -> dict[str, str]:
    return send_command(
        {
            "ExecutionId": OWN_RUN,
            "InstanceId": INSTANCE,
            "CommandDocumentName": DOCUMENT,
            "CommandParameters": [*entries],
        },
        None,
    )


def test_it_is_sent_as_it_was_asked_for(machine: Machine) -> None:
    assert send("Operation=Install", "Hosts=a=1", "Hosts=b") == {"CommandId": COMMAND, "Problem": "none"}
    assert machine.stub.calls_of("send_command") == [
        {
            "InstanceIds": [INSTANCE],
            "DocumentName": DOCUMENT,
            "Parameters": {"Operation": ["Install"], "Hosts": ["a=1", "b"]},
            "Comment": f"ami-refresh {OWN_RUN}",
            "TimeoutSeconds": 600,
        }
    ]


def test_one_that_is_not_shown_at_once_is_waited_for(machine: Machine) -> None:
    machine.stub(ssm, "list_commands", {"Commands": []}, {"Commands": [{"CommandId": COMMAND}]})
    send()
    assert len(machine.stub.calls_of("list_commands")) == 2


@pytest.mark.parametrize("code", ["InvalidCommandId", "ThrottlingException"])
def test_one_that_cannot_be_looked_at_was_sent_all_the_same(machine: Machine, code: str) -> None:
    machine.stub(ssm, "list_commands", refusal(code))
    assert send() == {"CommandId": COMMAND, "Problem": "none"}


def test_a_lost_answer_is_found_again(machine: Machine) -> None:
    def answer(asked: Any) -> Any:
        machine.send(asked)
        return NO_ANSWER

    machine.stub(ssm_once, "send_command", answer)
    assert send() == {"CommandId": COMMAND, "Problem": "none"}
    assert len(machine.stub.calls_of("send_command")) == 1
    assert machine.stub.calls_of("list_commands")[0] == {
        "InstanceId": INSTANCE,
        "Filters": [{"key": "InvokedAfter", "value": "2026-03-02T05:30:00Z"}],
    }


def test_somebody_else_s_command_is_not_taken_for_it(machine: Machine) -> None:
    machine.commands = [{"CommandId": run_id(77), "Comment": "by hand", "Status": "InProgress"}]
    machine.stub(ssm_once, "send_command", NO_ANSWER)
    found = send()
    assert found["CommandId"] == "none"
    assert found["Problem"].startswith(f"command {DOCUMENT} could not be sent (")


def test_what_aws_refuses_is_said_later(machine: Machine) -> None:
    machine.stub(ssm_once, "send_command", refusal("InvalidDocument", "There is no such document."))
    assert "There is no such document" in send()["Problem"]


def end(command_id: str = COMMAND) -> str:
    event: Any = {"ExecutionId": OWN_RUN, "InstanceId": INSTANCE, "CommandId": command_id}
    return end_command(event, None)["CommandId"]


@pytest.mark.parametrize("known", [COMMAND, PLACEHOLDER])
def test_one_that_is_late_is_cancelled(machine: Machine, known: str) -> None:
    machine.send({"Comment": f"ami-refresh {OWN_RUN}"})
    assert end(known) == COMMAND
    assert machine.stub.calls_of("cancel_command") == [{"CommandId": COMMAND}]


@pytest.mark.parametrize("status", ["Success", "Failed", "TimedOut", "Cancelled"])
def test_one_that_has_ended_is_not(machine: Machine, status: str) -> None:
    machine.end_command(status, status)
    assert end() == COMMAND
    assert machine.stub.calls_of("cancel_command") == []


def test_one_that_is_not_listed_yet_is_looked_for(machine: Machine) -> None:
    ours = {"CommandId": COMMAND, "Comment": f"ami-refresh {OWN_RUN}", "Status": "InProgress"}
    machine.stub(ssm, "list_commands", {"Commands": []}, {"Commands": []}, {"Commands": [ours]})
    machine.stub(ssm, "cancel_command", {})
    assert end(PLACEHOLDER) == COMMAND
    assert machine.stub.calls_of("cancel_command") == [{"CommandId": COMMAND}]


def test_where_none_was_sent_there_is_none(machine: Machine) -> None:
    assert end("none") == "none"
    assert machine.stub.calls_of("cancel_command") == []


# The stop.


def stop(machine: Machine, state: str = "to be started", ours: str = "yes") -> int:
    see(state, ours)
    return len(machine.stub.calls_of("stop_instances"))


def see(state: str = "to be started", ours: str = "yes") -> str:
    return stop_instance({"InstanceId": INSTANCE, "State": state, "IsOurs": ours}, None)["Seen"]


@pytest.mark.parametrize("ours", ["yes", "perhaps", PLACEHOLDER])
def test_what_was_started_is_stopped(machine: Machine, ours: str) -> None:
    assert stop(machine, ours=ours) == 1
    assert machine.state == "stopped"


@pytest.mark.parametrize(
    ("state", "ours"), [("running", PLACEHOLDER), ("stopped", PLACEHOLDER), ("to be started", "no")]
)
def test_what_somebody_else_started_is_not(machine: Machine, state: str, ours: str) -> None:
    assert stop(machine, state, ours) == 0


def test_one_that_still_starts_is_stopped_when_it_runs(machine: Machine) -> None:
    machine.state = "pending"
    assert stop(machine) == 1


@pytest.mark.parametrize("state", ["stopped", "terminated", "gone"])
def test_one_that_does_not_run_needs_no_stop(machine: Machine, state: str) -> None:
    machine.state = state
    assert stop(machine) == 0


@pytest.mark.parametrize("ours", ["perhaps", PLACEHOLDER])
def test_a_start_of_which_nobody_knows_may_come_late(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, ours: str
) -> None:
    machine.state = "stopped"
    sleep = time.sleep

    def sleep_until_it_runs(seconds: float) -> None:
        sleep(seconds)
        if not machine.stub.calls_of("stop_instances"):
            machine.state = "running"

    monkeypatch.setattr("time.sleep", sleep_until_it_runs)
    assert stop(machine, ours=ours) == 1
    assert machine.state == "stopped"


@pytest.mark.parametrize(("ping", "seen"), [("ConnectionLost", "ConnectionLost"), (None, "unknown")])
def test_its_agent_is_looked_at_before_it_is_stopped(machine: Machine, ping: str | None, seen: str) -> None:
    machine.ping = ping
    assert see() == seen
    order = [call.operation for call in machine.stub.calls]
    assert order.index("describe_instance_information") < order.index("stop_instances")


def test_it_is_stopped_also_where_nobody_tells_of_its_agent(machine: Machine) -> None:
    machine.stub(ssm, "describe_instance_information", refusal("InternalServerError"))
    assert see().startswith("not read: ")
    assert machine.state == "stopped"


def test_why_ec2_stopped_it_is_told_and_not_that_a_person_did(machine: Machine) -> None:
    machine.state, machine.reason = "stopped", {"Code": "Client.InternalError", "Message": "No key."}
    assert see() == "EC2: No key."
    machine.reason = {"Code": "Client.UserInitiatedShutdown", "Message": "User initiated"}
    assert see() == "nothing"


def test_one_that_does_not_stop_is_no_success(machine: Machine) -> None:
    machine.stub(ec2, "stop_instances", {"StoppingInstances": []})
    with pytest.raises(Exception, match="is still running"):
        stop(machine)


# What is said.


def say(**known: Any) -> dict[str, str]:
    event: Any = {
        "InstanceId": INSTANCE,
        "State": "running",
        "CommandDocumentName": DOCUMENT,
        "CommandIds": [COMMAND, PLACEHOLDER],
        "Problems": [PLACEHOLDER, "none"],
        "IsOurs": PLACEHOLDER,
        "Seen": PLACEHOLDER,
        **known,
    }
    return report(event, None)


def failed(**known: Any) -> str:
    with pytest.raises(Exception, match=r"\.$") as raised:
        say(**known)
    return str(raised.value)


STARTED = {"State": "to be started", "IsOurs": "yes", "Problems": ["none", "none"]}


def test_a_success(machine: Machine) -> None:
    machine.end_command("Success", "Success")
    assert say() == {
        "Summary": f"Command {DOCUMENT} ({COMMAND}) succeeded on golden instance {INSTANCE}.",
        "CommandId": COMMAND,
    }


@pytest.mark.parametrize("state", ["stopped", "stopping"])
def test_a_success_of_one_that_is_stopped_again(machine: Machine, state: str) -> None:
    machine.end_command("Success", "Success")
    machine.state = state
    assert say(**STARTED)["Summary"].endswith(
        f"succeeded on golden instance {INSTANCE}; it is stopped again."
    )


def test_a_success_of_one_that_somebody_wants_to_run(machine: Machine) -> None:
    machine.end_command("Success", "Success")
    summary = say(**{**STARTED, "IsOurs": "no"})["Summary"]
    assert summary.endswith("; somebody started it meanwhile, and it was left running.")


def test_one_that_could_not_be_stopped_again(machine: Machine) -> None:
    machine.end_command("Success", "Success")
    assert failed(**STARTED) == (
        f"Command {DOCUMENT} ({COMMAND}) succeeded on golden instance {INSTANCE}; it could not be stopped "
        "again and is running: stop it by hand, because it costs money."
    )


@pytest.mark.usefixtures("machine")
def test_one_that_was_left_as_it_is() -> None:
    assert say(State="stopped", CommandIds=[PLACEHOLDER, PLACEHOLDER]) == {
        "Summary": f"Golden instance {INSTANCE} is stopped and was left so, without command {DOCUMENT}.",
        "CommandId": "none",
    }


def test_a_command_that_failed_in_the_words_of_the_instance(machine: Machine) -> None:
    machine.end_command(
        "Failed", "Failed", "Loaded plugins\n----------ERROR-------\nNo space left on device\n\n"
    )
    machine.state = "stopped"
    assert failed(**STARTED, CommandIds=[COMMAND, COMMAND]) == (
        f"Golden instance {INSTANCE} was not patched, because command {DOCUMENT} ({COMMAND}) ended Failed "
        "(No space left on device); it is stopped again."
    )


def test_its_errors_are_asked_for_because_a_list_has_the_beginning_of_what_it_said(machine: Machine) -> None:
    machine.end_command("Failed", "Failed", "Loading\n" * 300, "rpm: write failed\nNo space left on device\n")
    assert f"({COMMAND}) ended Failed (No space left on device)." in failed()
    assert machine.stub.calls_of("get_command_invocation") == [
        {"CommandId": COMMAND, "InstanceId": INSTANCE, "PluginName": "PatchLinux"}
    ]


def test_where_they_are_not_told_it_is_said_all_the_same(machine: Machine) -> None:
    machine.end_command("Failed", "Failed", "Loading\nGiving up\n", "No space left on device")
    machine.stub(ssm, "get_command_invocation", refusal("AccessDeniedException"))
    assert "ended Failed (Giving up)." in failed()


def test_one_that_ran_and_does_not_any_more(machine: Machine) -> None:
    machine.end_command("Failed", "Failed")
    machine.state = "stopped"
    assert failed().endswith("ended Failed; it ran before, and is stopped now.")


def test_one_that_says_nothing(machine: Machine) -> None:
    machine.end_command("TimedOut", "Delivery Timed Out")
    assert failed().endswith(f"because command {DOCUMENT} ({COMMAND}) ended Delivery Timed Out.")


def test_one_that_was_cancelled_because_it_was_late(machine: Machine) -> None:
    machine.end_command("Cancelling", "Cancelling")
    assert f"({COMMAND}) is Cancelling after the time that the run waits, and was cancelled." in failed()


def test_one_that_succeeded_late(machine: Machine) -> None:
    machine.end_command("Success", "Success")
    assert "though not in the time that the run waits: start it again." in failed(
        CommandIds=[COMMAND, COMMAND]
    )


def test_one_that_was_not_sent(machine: Machine) -> None:
    problem = f"command {DOCUMENT} could not be sent (You may not.)"
    said = failed(CommandIds=["none", PLACEHOLDER], Problems=[PLACEHOLDER, problem])
    assert said == f"Golden instance {INSTANCE} was not patched, because {problem}."
    assert machine.stub.calls_of("list_command_invocations") == []


def test_an_instance_that_did_not_start(machine: Machine) -> None:
    machine.state = "stopped"
    problem = "it could not be started (There is none.)"
    known = {"State": "to be started", "IsOurs": "perhaps", "Problems": [problem, PLACEHOLDER]}
    assert failed(**known, CommandIds=[PLACEHOLDER, PLACEHOLDER]) == (
        f"Golden instance {INSTANCE} was not patched, because {problem}; it is stopped again."
    )


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        ("unknown", "after its start Systems Manager does not manage it: let its instance profile have"),
        ("ConnectionLost", "after its start Systems Manager does not reach its agent, which is Connection"),
        ("EC2: Client error on launch", "did not come to run (Client error on launch): see that it can be"),
        ("nothing", "no command was sent: look at step sendCommand"),
        (PLACEHOLDER, "no command was sent: look at step sendCommand"),
    ],
)
def test_an_instance_that_was_not_reached(machine: Machine, seen: str, said: str) -> None:
    machine.state = "stopped"
    known = {**STARTED, "Problems": ["none", PLACEHOLDER], "Seen": seen}
    assert said in failed(**known, CommandIds=[PLACEHOLDER, PLACEHOLDER])
    assert machine.stub.calls_of("describe_instance_information") == []


@pytest.mark.usefixtures("machine")
def test_a_step_that_automation_ended() -> None:
    said = failed(CommandIds=[PLACEHOLDER, "none"], Problems=[PLACEHOLDER, PLACEHOLDER])
    assert said.endswith(
        "because no command was sent: look at step sendCommand of this run for AWS's reason."
    )
