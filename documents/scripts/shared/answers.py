"""How AWS's answers are read."""

from typing import Any


def read_pages(client: Any, operation: str, member: str, **request: Any) -> list[Any]:
    """Everything that an operation lists, from all of its pages."""
    pages = client.get_paginator(operation).paginate(**request)
    return [one for page in pages for one in page[member]]
