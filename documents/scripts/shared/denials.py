"""What IAM denies, explained."""

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import ClientError

from shared.answers import error_code

DENIED = ("AccessDenied", "AccessDeniedException", "UnauthorizedOperation")


@contextmanager
def explaining_denials() -> Iterator[None]:
    """The permissions were made for what the group launched with when they were made."""
    try:
        yield
    except ClientError as error:
        if error_code(error) not in DENIED and "not authorized" not in str(error):
            raise
        # Behind this AWS puts a kilobyte that nobody can read.
        said = str(error).split(" Encoded authorization")[0].rstrip(".")
        raise Exception(
            f"The permissions do not cover what the group launches with, and it stays as it was ({said}): "
            "run pulumi up; where that does not help, let the latest version of the template name it too, "
            "and where launchTemplateIds and instanceProfileRoleArns are both set in the component, remove "
            "one of them."
        ) from error
