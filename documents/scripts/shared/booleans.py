"""How Automation's Booleans are read."""


def is_true(value: object) -> bool:
    """As text, so that it makes no difference in which form Automation hands a Boolean on."""
    return str(value).lower() == "true"
