"""What stands in for AWS and for the clock does what the tests believe."""

import time

import pytest
from botocore.exceptions import ClientError, ParamValidationError

from shared.ec2_client import ec2
from shared.ssm_client import ssm
from support import GO_ON, Clock, Stub, refusal, utc_now


def test_sleeping_moves_the_clock_and_takes_no_time(clock: Clock) -> None:
    start = clock.now
    time.sleep(3600)
    assert (utc_now() - start).total_seconds() == 3600
    assert time.strftime("%H:%M", time.gmtime()) == "06:30"


def test_moto_dates_by_the_clock(clock: Clock) -> None:
    volume = ec2.create_volume(AvailabilityZone="ap-northeast-1a", Size=8)
    shown = ec2.describe_volumes(VolumeIds=[volume["VolumeId"]])["Volumes"][0]
    assert shown["CreateTime"] == clock.now


def test_answers_come_in_their_order_and_the_last_one_stays(stub: Stub) -> None:
    stub(ec2, "describe_volumes", refusal("Throttled"), {"Volumes": []}, GO_ON)
    with pytest.raises(ClientError, match="Throttled"):
        ec2.describe_volumes()
    assert ec2.describe_volumes()["Volumes"] == []
    ec2.create_volume(AvailabilityZone="ap-northeast-1a", Size=8)
    assert [len(ec2.describe_volumes()["Volumes"]) for _ in range(2)] == [1, 1]


def test_an_answer_can_depend_on_the_request_and_both_are_held_against_the_model(stub: Stub) -> None:
    stub(
        ssm,
        "get_automation_execution",
        lambda asked: {"AutomationExecution": {"AutomationExecutionId": asked["AutomationExecutionId"]}},
    )
    run = "11111111-2222-3333-4444-555555555555"
    answer = ssm.get_automation_execution(AutomationExecutionId=run)
    assert answer["AutomationExecution"]["AutomationExecutionId"] == run
    assert stub.calls_of("get_automation_execution") == [{"AutomationExecutionId": run}]
    stub(ssm, "get_automation_execution", {"AutomationExecution": {"Unknown": 1}})
    with pytest.raises(ParamValidationError):
        ssm.get_automation_execution(AutomationExecutionId=run)
