"""What is to be done with a group's launch templates, as checkGroup hands it on."""

from shared.template_versions import read_version
from shared.unchanged import refuse_changed

# A template, its version that gets a successor, and how the group refers to it: by number, default or latest.
Source = tuple[str, str, str]
# Where the group names an image, and what: `base lt-1 4 number`, or `2 ami-1 image`.
Plan = list[list[str]]


def read_plan(entries: list[str]) -> Plan:
    return [entry.split(" ") for entry in entries if entry != "none"]


def list_sources(plan: Plan) -> list[Source]:
    """Each once. Where the group follows the latest version, making one is the roll-out: those come last."""
    sources = dict.fromkeys((one[1], one[2], one[3]) for one in plan if len(one) == 4)
    return sorted(sources, key=lambda one: one[2] == "latest")


def refuse_moved(template_id: str, version: str, by: str) -> None:
    """A version that somebody made meanwhile would be undone by one made from the version before it."""
    if by != "number":
        now = str(read_version(template_id, f"${by.capitalize()}")["VersionNumber"])
        refuse_changed(f"The {by} version of launch template {template_id}", now, version)
