"""How a roll-out switches its schedule off."""

from typing import Any

import boto3
import pytest

from shared.pause_schedule import pause_schedule

EVENTS: Any = boto3.client("events")
SCHEDULER: Any = boto3.client("scheduler")

SCHEDULE = {
    "GroupName": "nightly",
    "Name": "create-image",
    "Description": "Starts the ami-refresh runbooks",
    "ScheduleExpression": "cron(30 14 * * ? *)",
    "ScheduleExpressionTimezone": "Asia/Tokyo",
    "FlexibleTimeWindow": {"Mode": "FLEXIBLE", "MaximumWindowInMinutes": 15},
    "State": "ENABLED",
    "Target": {
        "Arn": "arn:aws:scheduler:::aws-sdk:ssm:startAutomationExecution",
        "RoleArn": "arn:aws:iam::123456789012:role/scheduler",
        "Input": '{"DocumentName": "create-image"}',
        "RetryPolicy": {"MaximumEventAgeInSeconds": 3600, "MaximumRetryAttempts": 20},
        "DeadLetterConfig": {"Arn": "arn:aws:sqs:ap-northeast-1:123456789012:dead-letters"},
    },
}


def pause(name: str) -> None:
    pause_schedule({"RuleName": name}, None)


def test_a_rule_is_disabled() -> None:
    EVENTS.put_rule(Name="nightly", ScheduleExpression="cron(30 5 * * ? *)")
    pause("nightly")
    assert EVENTS.describe_rule(Name="nightly")["State"] == "DISABLED"


def test_of_a_schedule_nothing_else_is_changed() -> None:
    SCHEDULER.create_schedule_group(Name="nightly")
    SCHEDULER.create_schedule(**SCHEDULE)
    pause("nightly/create-image")
    found = SCHEDULER.get_schedule(GroupName="nightly", Name="create-image")
    assert {key: found[key] for key in SCHEDULE} == {**SCHEDULE, "State": "DISABLED"}


@pytest.mark.parametrize("name", ["nightly", "nightly/create-image"])
def test_what_cannot_be_switched_off_is_named(name: str) -> None:
    sentence = (
        f"^The group launches the image, but schedule {name} could not be switched off .*: "
        "switch it off by hand, or the next run rolls forward again.$"
    )
    with pytest.raises(Exception, match=sentence):
        pause(name)
