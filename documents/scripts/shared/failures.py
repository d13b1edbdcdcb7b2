"""What Automation says of a run that failed, without what it puts around a script's own sentence."""

import re

# With a step's activity in the middle, such as "Poll action status for completion".
BEGINNING = re.compile(r"^Step fails when it is [^.]*\.\s*")
END = "Please refer to Automation Service Troubleshooting Guide for more diagnosis details."
TRACEBACK = "Traceback (most recent call last):"
# Of these two the type says nothing that the sentence does not.
TYPE = re.compile(r"^(?:[\w.]*\.)?(?:Exception|ClientError)(?:: | - )")


def extract_sentence(failure_message: str) -> str:
    """The sentence that a script raised, or AWS's own where it was no script that failed."""
    said = BEGINNING.sub("", failure_message.strip()).removesuffix(END).rstrip()
    if TRACEBACK in said:
        said = drop_traceback(said)
    # Automation ends it with a full stop, whether it has one or not.
    return TYPE.sub("", re.sub(r"\.\.$", ".", said))


def drop_traceback(text: str) -> str:
    """The exception's own lines, which alone are not indented. Where the text was cut short, all of it."""
    lines = text.splitlines()
    last = max((number for number, line in enumerate(lines) if line.startswith(" ")), default=-1)
    return " ".join(line.strip() for line in lines[last + 1 :] if line.strip()) or " ".join(text.split())
