"""What Automation says of a run that failed, without what it puts around a script's own sentence."""

import re

BEGINNING = re.compile(r"^Step fails when it is [^.]*\.\s*")
END = "Please refer to Automation Service Troubleshooting Guide for more diagnosis details."
# The exception's own lines, which alone are not indented, at the end of its traceback.
AFTER_TRACEBACK = re.compile(r"Traceback \(most recent call last\):.*\n [^\n]*\n+(?=\S)", re.DOTALL)
# Of these two the type says nothing that the sentence does not.
TYPE = re.compile(r"^([\w.]*\.)?(Exception|ClientError)(: | - )")


def extract_sentence(failure_message: str) -> str:
    """The sentence that a script raised, or AWS's own where it was no script that failed."""
    said = BEGINNING.sub("", failure_message.strip()).removesuffix(END)
    sentence = TYPE.sub("", " ".join(AFTER_TRACEBACK.sub("", said).split()))
    # Automation ends it with a full stop, whether it has one or not.
    return sentence.removesuffix(".") if sentence.endswith("..") else sentence
