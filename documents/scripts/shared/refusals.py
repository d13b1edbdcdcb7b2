"""Refusals of AWS's that are an answer: what was asked for does not exist."""

from collections.abc import Callable

from botocore.exceptions import ClientError

from shared.data import Data


def error_code(error: Exception) -> str:
    """AWS's code for an error, or an empty text where no answer came."""
    return str(error.response["Error"]["Code"]) if isinstance(error, ClientError) else ""


def ask(call: Callable[[], Data], codes: str | tuple[str, ...]) -> Data:
    """The answer, or an empty list where AWS refuses with a code that begins like one of these."""
    try:
        return call()
    except ClientError as error:
        if not error_code(error).startswith(codes):
            raise
        return []
