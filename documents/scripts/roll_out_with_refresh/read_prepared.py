"""Reads what the roll-out of the group's kind hands on, among all that it puts out."""

from typing import TypedDict

from shared.data import Data
from shared.handed_on import read_handed_on, select_handed_on


class Event(TypedDict):
    Outputs: list[str]


def read_prepared(event: Event, _context: object) -> dict[str, Data]:
    entries = select_handed_on(event["Outputs"])
    handed = read_handed_on(entries)
    return {"ImageId": handed["ImageId"], "HandedOn": entries, "Pause": handed["Pause"]}
