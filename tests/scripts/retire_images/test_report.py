"""What a run says of itself."""

from typing import Any

import pytest

from retire_images.report import report
from shared.retire import cut_list

NOTHING: Any = {
    "DryRun": False,
    "EarlierRun": "none",
    "Retired": ["none"],
    "Kept": ["none"],
}
MANY = [f"image ami-{number}" for number in range(120)]


def run(**given: Any) -> Any:
    event: Any = {**NOTHING, **given}
    return report(event, None)


@pytest.mark.parametrize(
    ("given", "summary"),
    [
        ({}, "Retired: nothing."),
        ({"Retired": ["image ami-1", "snapshot snap-1"]}, "Retired: image ami-1, snapshot snap-1."),
        (
            {"Retired": ["image ami-1"], "Kept": ["image ami-2 (used by fleet f)"]},
            "Retired: image ami-1; kept against its age: image ami-2 (used by fleet f).",
        ),
        (
            {"DryRun": "true", "Retired": ["image ami-1"]},
            "Dry run, and nothing was deleted: a run would retire image ami-1.",
        ),
        (
            {"DryRun": True, "Kept": ["i (w)"]},
            "Dry run, and nothing was deleted: a run would retire nothing; kept against its age: i (w).",
        ),
        (
            {"EarlierRun": "run-1"},
            "Run run-1 is at work and goes on: this run retired nothing.",
        ),
        ({"Retired": MANY[:10]}, f"Retired: {', '.join(MANY[:10])}."),
        ({"Retired": MANY[:12]}, f"Retired: {', '.join(MANY[:10])} and 2 more."),
        ({"Retired": cut_list(MANY)}, f"Retired: {', '.join(MANY[:10])} and 110 more."),
    ],
)
def test_it_says_so_in_a_sentence(given: Any, summary: str) -> None:
    assert run(**given)["Summary"] == summary


def test_the_values_are_handed_on() -> None:
    done = run(Retired=["image ami-1"], Kept=["image ami-2 (why)"], EarlierRun="run-1")
    assert (done["Retired"], done["Kept"], done["EarlierRun"]) == (
        ["image ami-1"],
        ["image ami-2 (why)"],
        "run-1",
    )


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 120])
def test_a_list_between_steps_is_never_empty_and_has_100_entries_at_most(count: int) -> None:
    cut = cut_list(MANY[:count])
    assert 1 <= len(cut) <= 100
    if count == 0:
        assert cut == ["none"]
    elif count <= 100:
        assert cut == MANY[:count]
    else:
        assert cut == [*MANY[:99], f"and {count - 99} more"]
