"""A group whose launch template takes its image from a parameter, which names image 1."""

from typing import Any

import pytest

from executions import Executions
from launching import Account, image_id
from shared.ssm_client import ssm
from support import Stub

NAME = "/images/web"


@pytest.fixture
def account(stub: Stub, executions: Executions) -> Account:
    """moto has parameters, and takes an image at once."""
    account = Account(stub, executions)
    write(image_id(1))
    template = account.add_template(1, {"ImageId": f"resolve:ssm:{NAME}", "InstanceType": "t3.small"})
    account.add_group(LaunchTemplate=account.refer(template, "1"))
    stub.calls.clear()
    return account


def write(image: str, name: str = NAME, data_type: Any = "aws:ec2:image") -> None:
    ssm.put_parameter(Name=name, Value=image, Type="String", DataType=data_type, Overwrite=True)
