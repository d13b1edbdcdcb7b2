import pytest

from executions import Executions
from machine import OWN_RUN, Machine
from support import Stub


@pytest.fixture
def machine(stub: Stub, executions: Executions) -> Machine:
    executions.add(OWN_RUN, "web-patch")
    return Machine(stub, executions)
