"""How tags are read."""

from shared.data import Data


def tags_of(thing: Data) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in thing.get("Tags", [])}
