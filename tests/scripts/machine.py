"""The golden instance with its agent, and the commands that it is sent, which moto does not have so."""

from typing import Any

from botocore.exceptions import ReadTimeoutError

from executions import Executions, run_id
from shared.ec2_client import ec2
from shared.once_clients import ec2_once
from shared.once_ssm_client import ssm_once
from shared.ssm_client import ssm
from support import Outcome, Stub, utc_now

INSTANCE = "i-0123456789abcdef0"
OWN_RUN = run_id(40)
COMMAND = run_id(41)
DOCUMENT = "AWS-RunPatchBaseline"
NO_ANSWER = ReadTimeoutError(endpoint_url="ssm")


class Machine:
    def __init__(self, stub: Stub, executions: Executions) -> None:
        self.stub, self.executions = stub, executions
        self.state = "running"
        # None where Systems Manager has never seen it.
        self.ping: str | None = "Online"
        self.started = utc_now()
        # When its agent was heard last.
        self.heard = self.started
        self.reason: dict[str, str] | None = None
        self.commands: list[dict[str, Any]] = []
        self.invocation: dict[str, Any] = {}
        stub(ec2, "describe_instances", lambda _: self._describe())
        for client in (ec2, ec2_once):
            stub(client, "start_instances", lambda _: self.start())
        stub(ec2, "stop_instances", lambda _: self._change("StoppingInstances", "stopping"))
        stub(ssm, "describe_instance_information", lambda _: self._describe_information())
        stub(ssm, "list_commands", self._list_commands)
        stub(ssm, "list_command_invocations", lambda _: {"CommandInvocations": [self.invocation]})
        stub(ssm, "cancel_command", self._cancel)
        stub(ssm_once, "send_command", self.send)

    def send(self, asked: Any) -> Outcome:
        self.commands.append(
            {
                "CommandId": COMMAND,
                "Comment": asked["Comment"],
                "Status": "Pending",
                "RequestedDateTime": utc_now(),
            }
        )
        return {"Command": self.commands[-1]}

    def end_command(self, status: str, details: str, output: str = "") -> None:
        self.commands = [{"CommandId": COMMAND, "Status": status}]
        plugins = [
            {"Name": "PatchWindows", "Status": "Success", "Output": "Step execution skipped."},
            {"Name": "PatchLinux", "Status": status, "Output": output},
        ]
        self.invocation = {"Status": status, "StatusDetails": details, "CommandPlugins": plugins}

    def start(self) -> Outcome:
        return self._change("StartingInstances", "pending")

    def _describe(self) -> Outcome:
        if self.state == "gone":
            return {"Reservations": []}
        instance = {"InstanceId": INSTANCE, "State": {"Name": self.state}, "LaunchTime": self.started}
        if self.reason:
            instance["StateReason"] = self.reason
        # It is there when it is looked at again.
        self.state = {"pending": "running", "stopping": "stopped"}.get(self.state, self.state)
        return {"Reservations": [{"Instances": [instance]}]}

    def _change(self, member: str, state: str) -> Outcome:
        was, self.state = self.state, state
        return {
            member: [
                {"InstanceId": INSTANCE, "PreviousState": {"Name": was}, "CurrentState": {"Name": state}}
            ]
        }

    def _describe_information(self) -> Outcome:
        if not self.ping:
            return {"InstanceInformationList": []}
        told = {"InstanceId": INSTANCE, "PingStatus": self.ping, "LastPingDateTime": self.heard}
        return {"InstanceInformationList": [told]}

    def _list_commands(self, asked: Any) -> Outcome:
        wanted = asked.get("CommandId")
        return {"Commands": [one for one in self.commands if wanted in (None, one["CommandId"])]}

    def _cancel(self, _: Any) -> Outcome:
        self.commands[-1]["Status"] = "Cancelling"
        return {}
