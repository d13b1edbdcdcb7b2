"""How a group comes to launch from new versions of its launch templates."""

from functools import partial

from shared.autoscaling_client import autoscaling
from shared.data import Data
from shared.default_version import restore_default, set_default
from shared.launch_source import places_of, request_of
from shared.put_back import Change, make_change
from shared.restored_source import restore_launch_source
from shared.template_plan import Plan

Made = dict[tuple[str, str], str]


def refer_to(group: Data, plan: Plan, made: Made, image_id: str) -> Data:
    """What the group refers to, as a request, with the new versions and the image in their places."""
    request = request_of(group)
    for key, *source, by in plan:
        place = places_of(request)[key]
        if by == "image":
            place["ImageId"] = image_id
        elif by == "number":
            place["LaunchTemplateSpecification"]["Version"] = made[source[0], source[1]]
    return request


def change_references(group: Data, plan: Plan, made: Made, changes: list[Change], image_id: str) -> None:
    """First what Auto Scaling checks, because that may fail."""
    if any(entry[-1] in ("number", "image") for entry in plan):
        request = refer_to(group, plan, made, image_id)
        what = f"Auto Scaling group {group['AutoScalingGroupName']}"
        update = partial(autoscaling.update_auto_scaling_group, **request)
        make_change(changes, what, update, partial(restore_launch_source, group, request))
    for template_id, version in dict.fromkeys((one[1], one[2]) for one in plan if one[-1] == "default"):
        number = made[template_id, version]
        what = f"default version {version} of launch template {template_id}"
        restore = partial(restore_default, template_id, version, number)
        make_change(changes, what, partial(set_default, template_id, number), restore)
