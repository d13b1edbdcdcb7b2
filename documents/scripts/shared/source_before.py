"""The way back to what a group with launch templates launched before a roll-out."""

from collections.abc import Callable, Iterator
from functools import partial

from botocore.exceptions import BotoCoreError, ClientError

from shared.autoscaling_client import autoscaling
from shared.data import Data
from shared.default_version import restore_default
from shared.handed_on import read_handed_on
from shared.launch_changes import LaunchChange, read_changes
from shared.launch_source import places_of, request_of
from shared.made_versions import delete_version
from shared.remaining_group import read_remaining_group


def restore_source(group_name: str, handed_on: list[str]) -> None:
    """As far as it is still what the roll-out made of it: it may be done twice."""
    stuck = []
    for restore in list_restores(read_remaining_group(group_name), handed_on):
        # One that does not go back is no reason to leave the others.
        try:
            restore()
        except (BotoCoreError, ClientError) as error:
            stuck.append(str(error))
    if stuck:
        raise Exception(f"Not all could be put back: {'; '.join(stuck)}.")


def list_restores(group: Data, handed_on: list[str]) -> Iterator[Callable[[], Data]]:
    changes = read_changes(handed_on)
    request = refer_back(group, changes, read_handed_on(handed_on)["ImageId"])
    if request != request_of(group):
        yield partial(autoscaling.update_auto_scaling_group, **request)
    for _, template_id, version, number, by in [one for one in changes if len(one) == 5]:
        if by == "default":
            yield partial(restore_default, template_id, version, number, answered=False)
        elif by == "latest":
            yield partial(delete_version, template_id, number)


def refer_back(group: Data, changes: list[LaunchChange], image_id: str) -> Data:
    request = request_of(group)
    for key, *what, by in changes:
        place = places_of(request).get(key, {})
        if by == "image" and place.get("ImageId") == image_id:
            place["ImageId"] = what[0]
        specification = place.get("LaunchTemplateSpecification", {})
        if by == "number" and specification.get("Version") == what[2]:
            specification["Version"] = what[1]
    return request
