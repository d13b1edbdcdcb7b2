"""What shared/hand_on.py wrote, read."""


def read_handed_on(entries: list[str]) -> dict[str, str]:
    return dict(one.split("=", 1) for one in entries)
