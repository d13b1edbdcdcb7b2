import pytest

from create_image.explain_failed_roll_out import explain_failed_roll_out
from executions import PLACEHOLDER, Executions, run_id

ROLL_OUT = run_id(7)
SENTENCE = "Auto Scaling group web has an active instance refresh: wait for it, and start the roll-out again."
FAILURE = (
    "Step fails when it is Poll action status for completion. Traceback (most recent call last):\n"
    '  File "/tmp/customer_script.py", line 9, in check_group\n    raise Exception(\n'
    f"Exception: {SENTENCE} "
    "Please refer to Automation Service Troubleshooting Guide for more diagnosis details."
)


def explain(execution_id: str = ROLL_OUT) -> str:
    with pytest.raises(Exception) as raised:  # noqa: PT011
        explain_failed_roll_out({"ImageId": "ami-1", "RollOutExecutionId": execution_id}, None)
    return str(raised.value)


@pytest.mark.parametrize("status", ["Failed", "TimedOut", "Cancelled"])
def test_the_roll_out_s_sentence_is_the_run_s(executions: Executions, status: str) -> None:
    executions.add(ROLL_OUT, "roll-out", status=status, FailureMessage=FAILURE)
    assert explain() == SENTENCE


@pytest.mark.parametrize("given", [PLACEHOLDER, "", "{{ rollOut.ExecutionId }}"])
@pytest.mark.usefixtures("executions")
def test_where_none_was_started_it_says_so_and_asks_for_none(given: str) -> None:
    assert explain(given) == (
        "The roll-out of image ami-1 was not started, and the group was not changed: look at step rollOut of "
        "this run for AWS's reason, and start the roll-out runbook with this image when it is mended."
    )


@pytest.mark.parametrize("status", ["InProgress", "Waiting", "Cancelling", "Success"])
def test_one_that_goes_on_or_succeeded_late_is_to_be_looked_at(executions: Executions, status: str) -> None:
    executions.add(ROLL_OUT, "roll-out", status=status)
    assert explain() == (
        f"Roll-out {ROLL_OUT} of image ami-1 did not end in the time that the run waits, and is "
        f"{status} by now: look at what it does to the group."
    )


def test_one_that_does_not_say_why_is_named(executions: Executions) -> None:
    executions.add(ROLL_OUT, "roll-out", status="Cancelled")
    assert explain().startswith(
        f"Roll-out {ROLL_OUT} of image ami-1 ended Cancelled and does not say why: look at"
    )
