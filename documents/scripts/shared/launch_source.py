"""What the group refers to is changed, and put back."""

import copy
from collections.abc import Mapping
from functools import partial
from typing import Any

from shared.autoscaling_client import autoscaling
from shared.groups import REFERENCES, find_group, fingerprint
from shared.put_back import Change, make_change


def change_launch_source(changes: list[Change], group: Mapping[str, Any], request: Mapping[str, Any]) -> None:
    change = Change(
        f"Auto Scaling group {group['AutoScalingGroupName']}", partial(restore_launch_source, group, request)
    )
    make_change(changes, change, partial(set_launch_source, request))


def set_launch_source(request: Mapping[str, Any]) -> None:
    autoscaling.update_auto_scaling_group(**request)


def restore_launch_source(group: Mapping[str, Any], request: Mapping[str, Any], answered: bool) -> str | None:
    now = {} if answered else find_group(group["AutoScalingGroupName"])
    if answered or (now and request_of(now) == request):
        set_launch_source(request_of(group))
    elif fingerprint(now) != fingerprint(group):
        return "it is on something else by now"
    return None


def request_of(group: Mapping[str, Any]) -> dict[str, Any]:
    """What the group refers to, as a request: what is left out of a policy may be lost.

    Of a template's id and name AWS answers both and takes one.
    """
    refers = [name for name in REFERENCES if group.get(name)]
    request = copy.deepcopy({name: group[name] for name in ("AutoScalingGroupName", *refers)})
    for place in places_of(request).values():
        if "LaunchTemplateId" in place.get("LaunchTemplateSpecification", {}):
            place["LaunchTemplateSpecification"].pop("LaunchTemplateName", None)
    return request


def places_of(request: Mapping[str, Any]) -> dict[str, Any]:
    """The base and the overrides, by the names that a plan has for them."""
    if "LaunchTemplate" in request:
        return {"base": {"LaunchTemplateSpecification": request["LaunchTemplate"]}}
    named = request.get("MixedInstancesPolicy", {}).get("LaunchTemplate", {})
    return {"base": named, **{str(index): one for index, one in enumerate(named.get("Overrides", []))}}
