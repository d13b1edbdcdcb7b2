import pytest
from botocore.exceptions import ReadTimeoutError

from shared.answers import is_true, read_pages
from shared.ec2_client import ec2
from shared.error_codes import error_code
from support import Stub, refusal


def test_all_pages_are_read(stub: Stub) -> None:
    first, second = {"VolumeId": "vol-1"}, {"VolumeId": "vol-2"}
    stub(ec2, "describe_volumes", {"Volumes": [first], "NextToken": "more"}, {"Volumes": [second]})
    assert read_pages(ec2, "describe_volumes", "Volumes", VolumeIds=["vol-1", "vol-2"]) == [first, second]
    assert stub.calls_of("describe_volumes")[1]["NextToken"] == "more"


def test_an_error_without_an_answer_has_no_code() -> None:
    assert error_code(refusal("Throttling")) == "Throttling"
    assert error_code(ReadTimeoutError(endpoint_url="https://ec2")) == ""


@pytest.mark.parametrize("value", [True, "true", "True"])
def test_a_boolean_is_true_in_every_form(value: object) -> None:
    assert is_true(value)


@pytest.mark.parametrize("value", [False, "false", "False", ""])
def test_a_boolean_is_false_in_every_form(value: object) -> None:
    assert not is_true(value)
