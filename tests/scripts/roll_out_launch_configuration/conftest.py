"""A group with launch configuration web-initial, made by people from image 1."""

import pytest

from executions import Executions
from launching import Account
from support import Stub


@pytest.fixture
def account(stub: Stub, executions: Executions) -> Account:
    account = Account(stub, executions)
    account.add_configuration("web-initial", 1)
    account.add_group(LaunchConfigurationName="web-initial")
    return account
