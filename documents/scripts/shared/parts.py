"""AWS names images and launch templates in many places, at whatever depth."""

from shared.data import Data


def list_parts(thing: Data) -> list[Data]:
    """It and every object in it."""
    if isinstance(thing, dict):
        return [thing, *list_parts([*thing.values()])]
    return [part for one in thing for part in list_parts(one)] if isinstance(thing, list) else []


def list_group_parts(group: Data) -> list[Data]:
    """Where a group refers to launch templates and images."""
    return list_parts([group.get("LaunchTemplate"), group.get("MixedInstancesPolicy")])
