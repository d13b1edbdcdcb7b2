"""Is the group what it was when the run began?"""


def refuse_changed(name: str, now: object, before: object) -> None:
    """What a group refers to, read again right before it is changed."""
    if now != before:
        raise Exception(
            f"Auto Scaling group {name} does not use any more what it used when this run began, and was left "
            "as it is: see who changed it, and start the runbook again."
        )
