"""What the group launched before, as it is written down."""


def list_previous(image_id: str, replaced: list[str], left: list[str]) -> str:
    """In front what was replaced, as many ids as a tag takes; none where nothing was replaced."""
    ids = [one for one in dict.fromkeys([*replaced, *left]) if one != image_id]
    return " ".join(ids[:11]) if {*replaced} - {image_id} else "none"
