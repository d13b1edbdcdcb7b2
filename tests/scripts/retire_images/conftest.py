"""For the tests of retire alone."""

from collections.abc import Callable

import pytest

from estate import Estate
from executions import Executions
from shared.retire_decision import choose_first
from support import Stub


@pytest.fixture
def estate(stub: Stub, executions: Executions) -> Estate:
    return Estate(stub, executions)


@pytest.fixture
def take_out(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Takes the guard with a reason out: it is not heard any more."""

    def take(reason: str) -> None:
        def choose(guards: dict[str, object]) -> str:
            assert reason in guards
            return choose_first({one: found for one, found in guards.items() if one != reason})

        monkeypatch.setattr("shared.retire_decision.choose_first", choose)

    return take
