"""What became of something that a roll-out changed."""


def compare(now: object, before: object, made: object) -> str:
    if before == made == now:
        return "kept"
    return "made" if now == made else "before" if now == before else "other"
