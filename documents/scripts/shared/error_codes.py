"""What AWS calls an error."""

from botocore.exceptions import ClientError


def error_code(error: Exception) -> str:
    """AWS's code for an error, or an empty text where no answer came."""
    return str(error.response["Error"]["Code"]) if isinstance(error, ClientError) else ""
