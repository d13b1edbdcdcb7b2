from botocore.exceptions import ReadTimeoutError

from shared.refusals import error_code
from support import refusal


def test_an_error_without_an_answer_has_no_code() -> None:
    assert error_code(refusal("Throttling")) == "Throttling"
    assert error_code(ReadTimeoutError(endpoint_url="https://ec2")) == ""
