import pytest

from shared.booleans import is_true


@pytest.mark.parametrize("value", [True, "true", "True"])
def test_a_boolean_is_true_in_every_form(value: object) -> None:
    assert is_true(value)


@pytest.mark.parametrize("value", [False, "false", "False", ""])
def test_a_boolean_is_false_in_every_form(value: object) -> None:
    assert not is_true(value)
