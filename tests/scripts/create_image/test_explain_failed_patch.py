import pytest

from create_image.explain_failed_patch import explain_failed_patch
from executions import PLACEHOLDER, Executions, run_id

PATCH = run_id(7)


def explain(execution_id: str = PATCH) -> str:
    with pytest.raises(Exception) as raised:  # noqa: PT011
        explain_failed_patch({"InstanceId": "i-1", "PatchExecutionId": execution_id}, None)
    return str(raised.value)


def test_its_sentence_is_the_run_s(executions: Executions) -> None:
    executions.add(PATCH, "patch", status="Failed", FailureMessage="The command failed.")
    assert explain() == "The command failed."


@pytest.mark.usefixtures("executions")
def test_where_none_was_started_it_says_so() -> None:
    assert explain(PLACEHOLDER) == (
        "Golden instance i-1 was not patched, and no image was made: look at step patch of this run for "
        "AWS's reason, and start the runbook again when it is mended."
    )


def test_one_that_goes_on_is_to_be_looked_at(executions: Executions) -> None:
    executions.add(PATCH, "patch", status="InProgress")
    assert explain() == (
        f"Run {PATCH}, which patches golden instance i-1, did not end in the time that the run waits, and is "
        "InProgress by now: look at what it does with the instance, of which no image was made."
    )


def test_one_that_does_not_say_why_is_named(executions: Executions) -> None:
    executions.add(PATCH, "patch", status="Cancelled")
    assert explain() == (
        f"Run {PATCH}, which patches golden instance i-1, ended Cancelled and does not say why: look at its "
        "steps, and start the runbook again when that is mended; no image was made."
    )
