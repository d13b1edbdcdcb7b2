"""How a refresh replaces instances."""

from shared.booleans import is_true
from shared.data import Data
from shared.refresh_entries import NUMBERS, TEXTS, is_rolling_back


def build_preferences(given: dict[str, list[str]], group: Data, *, can_roll_back: bool) -> Data:
    """What people said, and where they said nothing what harms nobody.

    A new instance before an old one goes, and nobody waits for instances that are set aside.
    """
    preferences: Data = {"ScaleInProtectedInstances": "Ignore", "StandbyInstances": "Ignore"}
    policy = group.get("InstanceMaintenancePolicy") or {}
    if not {*NUMBERS[:2]} & given.keys() and policy.get("MinHealthyPercentage", -1) < 0:
        preferences |= {"MinHealthyPercentage": 100, "MaxHealthyPercentage": 110}
    if can_roll_back:
        preferences["AutoRollback"] = is_rolling_back(given)
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
