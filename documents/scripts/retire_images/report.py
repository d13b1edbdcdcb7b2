"""What was deleted and what was kept against its age, in words and as values. It calls nothing."""

from typing import TypedDict

from shared.booleans import is_true

# More would be no sentence.
MOST_NAMED = 10


class Event(TypedDict):
    DryRun: bool
    EarlierRun: str
    Retired: list[str]
    Kept: list[str]


def report(event: Event, _context: object) -> dict[str, object]:
    return {**event, "Summary": summarise(event)}


def summarise(event: Event) -> str:
    if event["EarlierRun"] != "none":
        return f"Run {event['EarlierRun']} is at work and goes on: this run retired nothing."
    begin = "Dry run, and nothing was deleted: a run would retire" if is_true(event["DryRun"]) else "Retired:"
    kept = "" if event["Kept"] == ["none"] else f"; kept against its age: {name_some(event['Kept'])}"
    return f"{begin} {name_some(event['Retired'])}{kept}."


def name_some(texts: list[str]) -> str:
    if texts == ["none"]:
        return "nothing"
    # Of a longer list there are 99, and how many more there were.
    cut = int(texts[-1].split(" ")[1]) - 1 if texts[-1].startswith("and ") else 0
    more = len(texts) + cut - MOST_NAMED
    return ", ".join(texts[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
