"""How a refresh replaces instances."""

from shared.booleans import is_true
from shared.data import Data
from shared.refresh_entries import NUMBERS, TEXTS


def safe_percentages(group: Data, least: int | None = None) -> Data:
    """A new instance before an old one goes, unless the group's own policy says otherwise."""
    policy = group.get("InstanceMaintenancePolicy") or {}
    if least is None and policy.get("MinHealthyPercentage", -1) >= 0:
        return {}
    least = 100 if least is None else least
    # AWS takes a difference of at most 100.
    return {"MinHealthyPercentage": least, "MaxHealthyPercentage": min(110, least + 100)}


def build_preferences(given: dict[str, list[str]], group: Data) -> Data:
    """What people said, and where they said nothing what harms nobody.

    Nobody waits for instances that are set aside.
    """
    preferences: Data = {"ScaleInProtectedInstances": "Ignore", "StandbyInstances": "Ignore"}
    least = given.get("MinHealthyPercentage")
    preferences |= safe_percentages(group, int(least[0]) if least else None)
    for name, values in given.items():
        if name in NUMBERS:
            preferences[name] = int(values[0])
        elif name in TEXTS:
            preferences[name] = values[0]
        elif name == "SkipMatching":
            preferences[name] = is_true(values[0])
        elif name == "CheckpointPercentages":
            preferences[name] = [int(one) for one in values]
        elif name == "Alarms":
            preferences["AlarmSpecification"] = {"Alarms": values}
    return preferences
