"""A group with version 1 of a launch template, made by people from image 1."""

import pytest

from executions import Executions
from launching import Account
from support import Stub


@pytest.fixture
def account(stub: Stub, executions: Executions) -> Account:
    made = Account(stub, executions)
    template = made.add_template(1, {"ImageId": "ami-1", "InstanceType": "t3.small"})
    made.add_group(LaunchTemplate=made.refer(template, "1"))
    return made
