"""What a group with launch templates refers to, as a request."""

import copy
from typing import Any

from shared.autoscaling_client import autoscaling
from shared.groups import find_group


def restore_launch_source(group: Any, request: Any, answered: bool) -> str | None:
    before = request_of(group)
    now = request if answered else request_of(find_group(group["AutoScalingGroupName"]))
    if now == request:
        autoscaling.update_auto_scaling_group(**before)
    return None if now in (before, request) else "it is on something else by now"


def request_of(group: Any) -> Any:
    """What is left out of a policy may be lost. Of id and name AWS answers both and takes one."""
    members = ("AutoScalingGroupName", "LaunchTemplate", "MixedInstancesPolicy")
    request = copy.deepcopy({name: group[name] for name in members if group.get(name)})
    for place in places_of(request).values():
        if "LaunchTemplateId" in place.get("LaunchTemplateSpecification", {}):
            place["LaunchTemplateSpecification"].pop("LaunchTemplateName", None)
    return request


def places_of(request: Any) -> dict[str, Any]:
    """The base and the overrides, by the names that a plan has for them."""
    if "LaunchTemplate" in request:
        return {"base": {"LaunchTemplateSpecification": request["LaunchTemplate"]}}
    named = request.get("MixedInstancesPolicy", {}).get("LaunchTemplate", {})
    return {"base": named, **{str(index): one for index, one in enumerate(named.get("Overrides", []))}}
