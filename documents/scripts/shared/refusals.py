"""Refusals of AWS's that are an answer: what was asked for does not exist."""

from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError

from shared.error_codes import error_code


def ask(call: Callable[[], Any], codes: str | tuple[str, ...]) -> Any:
    """The answer, or an empty list where AWS refuses with a code that begins like one of these."""
    try:
        return call()
    except ClientError as error:
        if not error_code(error).startswith(codes):
            raise
        return []
