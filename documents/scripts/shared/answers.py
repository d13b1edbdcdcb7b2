"""How AWS's answers are read."""

from shared.data import Data


def read_pages(client: Data, operation: str, member: str, **request: Data) -> list[Data]:
    """Everything that an operation lists, from all of its pages."""
    pages = client.get_paginator(operation).paginate(**request)
    return [one for page in pages for one in page[member]]
