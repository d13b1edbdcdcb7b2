"""A group with version 1 of a launch template, made by people from image 1."""

import pytest

from executions import Executions
from launching import Account
from support import Stub


@pytest.fixture
def account(stub: Stub, executions: Executions) -> Account:
    return Account(stub, executions)
