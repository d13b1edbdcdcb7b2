"""Is what a run is about to change still what it was when the run began?"""


def refuse_changed(what: str, now: object, before: object) -> None:
    if now != before:
        raise Exception(
            f"{what} changed during this run, and was left as it is: see who changed it, and start the "
            "runbook again."
        )
