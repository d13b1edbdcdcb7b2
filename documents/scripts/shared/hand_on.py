"""What a roll-out hands on to the runbook that replaces instances, each entry as name=value."""


def hand_on(known: dict[str, str], changes: list[str]) -> list[str]:
    """A value of a parameter has at most 512 characters, and a parameter 50 values."""
    parts = [";".join(changes[start : start + 8]) for start in range(0, len(changes), 8)]
    return [f"{name}={value}" for name, value in known.items()] + [f"Changes={one}" for one in parts]
