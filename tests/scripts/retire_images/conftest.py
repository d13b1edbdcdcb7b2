"""For the tests of retire alone."""

from collections.abc import Callable, Iterator

import pytest

from estate import Estate
from executions import Executions
from shared.retire_decision import CONFIGURATION_GUARDS, IMAGE_GUARDS
from support import Stub

LISTS = (IMAGE_GUARDS, CONFIGURATION_GUARDS)


@pytest.fixture
def estate(stub: Stub, executions: Executions) -> Estate:
    return Estate(stub, executions)


@pytest.fixture
def take_out() -> Iterator[Callable[[str], None]]:
    """Takes the guards with a reason out of every list; they are there again after the test."""
    before = [[*one] for one in LISTS]

    def take(reason: str) -> None:
        for one in LISTS:
            one[:] = [guard for guard in one if guard[0] != reason]
        assert [*LISTS] != before

    yield take
    for one, guards in zip(LISTS, before, strict=True):
        one[:] = guards
