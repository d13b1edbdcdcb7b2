"""What the roll-out did, in words and as values."""

from typing import TypedDict

from shared.handed_on import read_handed_on
from shared.roll_out_report import describe_schedule


class Event(TypedDict):
    HandedOn: list[str]
    Prepared: list[str]
    Refreshed: list[str]
    RuleName: str


def report(event: Event, _context: object) -> dict[str, str]:
    handed = read_handed_on(event["HandedOn"])
    # The first of their outputs is what they did, in words.
    prepared = event["Prepared"][0].replace(" is to launch ", " now launches ", 1)
    return {
        "Summary": f"{prepared} {event['Refreshed'][0]}.",
        "ImageId": handed["ImageId"],
        "Schedule": describe_schedule(handed["Pause"], event["RuleName"]),
    }
