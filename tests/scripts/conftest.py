"""Every test has an empty account of moto's, a clock that nobody waits for, and no way to AWS."""

import datetime
import os
from collections.abc import Iterator

import pytest

# The clients are made when the scripts are imported, and moto has to be there before them.
os.environ.update(
    AWS_DEFAULT_REGION="ap-northeast-1", AWS_ACCESS_KEY_ID="testing", AWS_SECRET_ACCESS_KEY="testing"
)
# Two thousand images that no test needs, made anew for each.
os.environ["MOTO_EC2_LOAD_DEFAULT_AMIS"] = "false"
from moto import mock_aws

from executions import Executions
from shared.autoscaling_client import autoscaling
from shared.cloudwatch_client import cloudwatch
from shared.ec2_client import ec2
from shared.iam_client import iam
from shared.kms_client import kms
from shared.once_clients import ec2_once
from shared.once_ssm_client import ssm_once
from shared.ssm_client import ssm
from support import Clock, Stub


@pytest.fixture(autouse=True)
def _account() -> Iterator[None]:
    with mock_aws():
        yield


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock(datetime.datetime(2026, 3, 2, 5, 30, tzinfo=datetime.UTC))
    clock.set_up(monkeypatch)
    return clock


@pytest.fixture
def stub(_account: None) -> Iterator[Stub]:
    stub = Stub([autoscaling, cloudwatch, ec2, ec2_once, iam, kms, ssm, ssm_once])
    for _ in stub.listen():
        yield stub


@pytest.fixture
def executions(stub: Stub) -> Executions:
    return Executions(stub)
