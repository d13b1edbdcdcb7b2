"""What shared/hand_on.py wrote, read."""

import re

# What people read is a sentence.
ENTRY = re.compile(r"[A-Z][A-Za-z]+=")


def select_handed_on(outputs: list[str]) -> list[str]:
    """What is handed on, among all that a runbook puts out. Of one that did not run it is nothing."""
    return [one for one in outputs if ENTRY.match(one)]


def read_handed_on(entries: list[str]) -> dict[str, str]:
    return dict(one.split("=", 1) for one in entries)
