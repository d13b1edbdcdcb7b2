"""The entries of the parameter InstanceRefresh, each as name=value with AWS's name of a preference."""

NUMBERS = ("MinHealthyPercentage", "MaxHealthyPercentage", "InstanceWarmup", "CheckpointDelay", "BakeTime")
TEXTS = ("ScaleInProtectedInstances", "StandbyInstances")
FLAGS = ("SkipMatching", "AutoRollback")
# These may be there several times.
LISTS = ("CheckpointPercentages", "Alarms")
KNOWN = ("Strategy", *NUMBERS, *TEXTS, *FLAGS, *LISTS)


def read_entries(entries: list[str]) -> dict[str, list[str]]:
    given: dict[str, list[str]] = {}
    for entry in entries:
        name, _, value = entry.partition("=")
        if name not in KNOWN or not value:
            raise Exception(
                f"InstanceRefresh has {entry}, where each entry is name=value with one of "
                f"{', '.join(KNOWN)}: correct it and start the runbook again."
            )
        given.setdefault(name, []).append(value)
    return given


def is_rolling_back(entries: list[str]) -> bool:
    """Whether AWS is to come back, where it can."""
    return "autorollback=false" not in [entry.lower() for entry in entries]
