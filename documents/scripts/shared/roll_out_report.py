"""What roll-outs of both kinds report of the schedule."""


def describe_schedule(pause: str, rule: str) -> str:
    if pause != "true":
        return "as it was"
    # A schedule of EventBridge Scheduler, GROUP/NAME, has no call that switches it on.
    how = "pulumi up --refresh" if "/" in rule else f"aws events enable-rule --name {rule}"
    return f"off, so that nothing rolls forward again; turn it on with: {how}"
