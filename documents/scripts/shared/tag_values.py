"""How tags are read."""

from collections.abc import Mapping
from typing import Any


def tags_of(thing: Mapping[str, Any]) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in thing.get("Tags", [])}
