"""What a group with launch templates launches from, with the changes that a roll-out hands on."""

from shared.data import Data
from shared.launch_changes import LaunchChange
from shared.launch_source import places_of, request_of


def refer_to(group: Data, changes: list[LaunchChange], image_id: str) -> Data:
    request = request_of(group)
    for key, *what, by in changes:
        place = places_of(request)[key]
        if by == "image":
            place["ImageId"] = image_id
        elif by == "number":
            place["LaunchTemplateSpecification"]["Version"] = what[2]
    return request
