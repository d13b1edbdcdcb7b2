"""How old the image is that a parameter names."""

import datetime
from typing import Any

import pytest

from launching import GROUP, Account, image_id
from shared.cloudwatch_client import cloudwatch
from shared.ec2_client import ec2
from shared.iam_client import iam
from shared.ssm_client import ssm
from support import Clock, Stub
from watch.measure_parameter import measure_parameter

NAME = "/images/web"
EVENT: Any = {
    "AutomationAssumeRole": "arn:aws:iam::123456789012:role/watch",
    "AutoScalingGroupName": GROUP,
}


@pytest.fixture
def account(stub: Stub, executions: Any, clock: Clock) -> Account:
    """The parameter names image 2, which is of ours and 30 hours old."""
    account = Account(stub, executions)
    stub(ec2, "describe_images", lambda asked: answer_images(account, asked))
    stub(ec2, "describe_snapshots", {"Snapshots": []})
    stub(cloudwatch, "put_metric_data", {})
    role = {
        "Path": "/",
        "RoleName": "watch",
        "RoleId": "AROA0123456789ABCDEF",
        "Arn": "arn:aws:iam::1:role/w",
    }
    stub(iam, "get_role", {"Role": {**role, "CreateDate": clock.now}})
    made = clock.now - datetime.timedelta(hours=30)
    account.images[image_id(2)]["CreationDate"] = made.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    value: Any = {"Value": image_id(2), "Type": "String", "DataType": "aws:ec2:image"}
    ssm.put_parameter(Name=NAME, **value)
    template = account.add_template(1, {"ImageId": f"resolve:ssm:{NAME}"})
    account.add_group(LaunchTemplate=account.refer(template, "$Latest"))
    return account


def answer_images(account: Account, asked: Any) -> Any:
    """None is tagged."""
    return {"Images": []} if "Filters" in asked else account.describe_images(asked)


@pytest.mark.usefixtures("account")
def test_measures_what_the_parameter_names() -> None:
    assert measure_parameter(EVENT, None) == {
        "HoursSinceSuccess": "0.0",
        "ImageAgeDays": "1.2",
        "ImageId": image_id(2),
    }


def test_says_so_where_that_is_gone_and_puts_what_it_knows(account: Account) -> None:
    del account.images[image_id(2)]
    with pytest.raises(
        Exception, match=f"The parameter of .* {GROUP} names {image_id(2)}, which cannot be rea"
    ):
        measure_parameter(EVENT, None)
    assert len(account.stub.calls_of("put_metric_data")) == 1


def test_says_so_where_the_group_has_no_parameter_any_more(account: Account) -> None:
    account.add_configuration("by-hand", 1)
    account.groups.clear()
    account.add_group(LaunchConfigurationName="by-hand")
    with pytest.raises(Exception, match=r"names nothing, which cannot be read: .* run pulumi up"):
        measure_parameter(EVENT, None)
