from textwrap import dedent

import pytest

from shared.failures import extract_sentence

POLL = "Step fails when it is Poll action status for completion. "
GUIDE = " Please refer to Automation Service Troubleshooting Guide for more diagnosis details."
SENTENCE = "Auto Scaling group web does not exist: set autoScalingGroupName and run pulumi up."
TRACEBACK = dedent(
    """\
    Traceback (most recent call last):
      File "/tmp/5a927c4c/customer_script.py", line 4, in check_group
        raise Exception(
        ^^^^^^^^^^^^^^^^
    """
)
DENIED = "An error occurred (AccessDenied) when calling the UpdateAutoScalingGroup operation: No."


@pytest.mark.parametrize(
    "message",
    [
        SENTENCE,
        f"{POLL}{TRACEBACK}Exception: {SENTENCE}",
        f"{POLL}{TRACEBACK}Exception: {SENTENCE}{GUIDE}",
        f"{POLL}{TRACEBACK}\nException - {SENTENCE}.{GUIDE}",
        f"{POLL}{TRACEBACK}Exception: {SENTENCE}\n{GUIDE}\n",
        f"{POLL}Exception: {SENTENCE}{GUIDE}",
        f"{POLL}Exception - {SENTENCE}",
    ],
)
def test_a_script_s_own_sentence_comes_out_alone(message: str) -> None:
    assert extract_sentence(message) == SENTENCE


def test_of_several_exceptions_the_last_one_counts() -> None:
    between = "\nDuring handling of the above exception, another exception occurred:\n\n"
    message = f"{POLL}{TRACEBACK}KeyError: 'ImageId'\n{between}{TRACEBACK}Exception: {SENTENCE}{GUIDE}"
    assert extract_sentence(message) == SENTENCE


@pytest.mark.parametrize("separator", [": ", " - "])
def test_aws_s_own_words_stay(separator: str) -> None:
    traceback = f"{POLL}{TRACEBACK}botocore.exceptions.ClientError{separator}{DENIED}{GUIDE}"
    assert extract_sentence(traceback) == DENIED
    assert extract_sentence(f"Step fails when it is Execute/Cancelling action. {DENIED}{GUIDE}") == DENIED


def test_another_exception_keeps_its_type_without_which_it_says_nothing() -> None:
    assert extract_sentence(f"{POLL}{TRACEBACK}\nKeyError - 'ImageId'.{GUIDE}") == "KeyError - 'ImageId'."


def test_a_time_out_stays_as_it_is() -> None:
    assert (
        extract_sentence(f"Step timed out while step is running.{GUIDE}")
        == "Step timed out while step is running."
    )


def test_a_sentence_that_speaks_of_an_exception_loses_nothing() -> None:
    sentence = f"The run failed (Exception: {DENIED}), and this could not be put back: the group."
    assert extract_sentence(f"{POLL}{TRACEBACK}Exception: {sentence}{GUIDE}") == sentence


def test_a_traceback_that_was_cut_short_is_better_than_nothing() -> None:
    cut = extract_sentence(f"{POLL}{TRACEBACK}{GUIDE}")
    assert cut.startswith("Traceback (most recent call last): File ")
    assert "\n" not in cut


def test_where_nothing_is_said_nothing_comes_out() -> None:
    assert extract_sentence("") == ""
