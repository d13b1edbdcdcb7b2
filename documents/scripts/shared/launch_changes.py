"""How the group's launch source changes, as a roll-out hands it on."""

# A template's place, its id, its version, the new version, and how the group refers to it;
# or the place of an image, the image before, and the word image.
LaunchChange = list[str]


def read_places(entries: list[str]) -> list[LaunchChange]:
    """Whatever names the image then. Where it does so already, the new version is the one that there is."""
    parts = [one.split("=", 1)[1].split(";") for one in entries if one.startswith("Changes=")]
    return [one.split(" ") for part in parts for one in part]


def read_changes(entries: list[str]) -> list[LaunchChange]:
    """What has to change for that."""
    return [
        one
        for one in read_places(entries)
        if (f"ImageId={one[1]}" not in entries if one[-1] == "image" else one[2] != one[3])
    ]


def list_made(changes: list[LaunchChange]) -> list[tuple[str, str]]:
    """The versions that the roll-out made: template and number."""
    return sorted({(one[1], one[3]) for one in changes if one[-1] != "image"})
