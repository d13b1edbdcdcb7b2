"""What IAM denies, explained."""

import re


def explain_denial(error: Exception) -> Exception:
    """What to raise: the permissions were made for what the group launched with when they were made."""
    # Behind it AWS puts a kilobyte that nobody can read.
    said = str(error).split(" Encoded authorization")[0].rstrip(".")
    denied = r"(AccessDenied|UnauthorizedOperation)\) when calling the (?!CreateTags)|not authorized to use"
    if not re.search(denied, said):
        return error
    return Exception(f"{said}: run pulumi up, because the permissions follow what the group launches with.")
