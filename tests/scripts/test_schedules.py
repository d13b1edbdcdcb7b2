"""What EventBridge Scheduler is given: it does not look at a schedule's input until it fires."""

import json
import subprocess
from typing import Any

import botocore.session
import pytest
from botocore.validate import ParamValidator

from runbooks import ROOT


def print_schedules(*arguments: str) -> Any:
    ts_node = ("-r", "ts-node/register/transpile-only", "-r", "./tests/setup.ts")
    command = ["node", *ts_node, "tests/scripts/printSchedules.ts", *arguments]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)


def problems(service: str, api: str, request: Any) -> str:
    model = botocore.session.get_session().get_service_model(service)
    shape = model.operation_model(api).input_shape
    assert shape
    report = ParamValidator().validate(request, shape)
    return str(report.generate_report())


@pytest.mark.parametrize("window", ["0", "15"])
def test_schedules_and_what_they_start_pass_the_model_of_aws(window: str) -> None:
    schedules = print_schedules(window)
    assert [one["Name"] for one in schedules] == ["create-image", "retire"]
    for schedule in schedules:
        assert problems("scheduler", "CreateSchedule", schedule) == ""
        request = json.loads(schedule["Target"]["Input"])
        assert problems("ssm", "StartAutomationExecution", request) == ""
        assert problems("ssm", "StartAutomationExecution", {**request, "documentName": "x"}) != ""
