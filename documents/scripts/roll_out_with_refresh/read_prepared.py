"""Reads what the roll-out of the group's kind hands on, among all that it puts out."""

import re
from typing import TypedDict

from shared.data import Data
from shared.handed_on import read_handed_on

# What people read is a sentence.
ENTRY = re.compile(r"[A-Z][A-Za-z]+=")


class Event(TypedDict):
    Outputs: list[str]


def read_prepared(event: Event, _context: object) -> dict[str, Data]:
    entries = [one for one in event["Outputs"] if ENTRY.match(one)]
    return {"HandedOn": entries, "Pause": read_handed_on(entries)["Pause"]}
