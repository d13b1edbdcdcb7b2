"""The way back to what a group launched before a roll-out."""

from shared.autoscaling_client import autoscaling
from shared.data import Data
from shared.default_version import restore_default
from shared.group_configuration import restore_configuration
from shared.handed_on import read_handed_on
from shared.launch_changes import LaunchChange, read_changes
from shared.launch_source import places_of, request_of
from shared.made_versions import delete_version
from shared.remaining_group import read_remaining_group


def restore_source(group_name: str, handed_on: list[str]) -> None:
    """As far as it is still what the roll-out made of it: it may be done twice."""
    handed, changes = read_handed_on(handed_on), read_changes(handed_on)
    group = read_remaining_group(group_name)
    if "LaunchConfigurationName" in handed:
        restore_configuration(
            group_name, handed["Previous"], handed["LaunchConfigurationName"], answered=False
        )
        return
    request = refer_back(group, changes, handed["ImageId"])
    if request != request_of(group):
        autoscaling.update_auto_scaling_group(**request)
    for _, template_id, version, number, by in [one for one in changes if len(one) == 5]:
        if by == "default":
            restore_default(template_id, version, number, answered=False)
        elif by == "latest":
            delete_followed(template_id, number)


def delete_followed(template_id: str, number: str) -> None:
    reason = delete_version(template_id, number)
    if reason:
        raise Exception(
            f"Version {number} of launch template {template_id}, which the group launches, could not be "
            f"deleted ({reason}): delete it by hand."
        )


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
