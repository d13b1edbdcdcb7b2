"""What roll-outs of both kinds report of the schedule."""


def describe_schedule(pause: str, rule: str) -> str:
    if pause != "true":
        return "as it was"
    return f"off, so that nothing rolls forward again; turn it on with: aws events enable-rule --name {rule}"
