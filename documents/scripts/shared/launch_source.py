"""What a group with launch templates refers to, as a request."""

import copy

from shared.data import Data


def request_of(group: Data) -> Data:
    """What is left out of a policy may be lost. Of id and name AWS answers both and takes one."""
    members = ("AutoScalingGroupName", "LaunchTemplate", "MixedInstancesPolicy")
    request = copy.deepcopy({name: group[name] for name in members if group.get(name)})
    for place in places_of(request).values():
        if "LaunchTemplateId" in place.get("LaunchTemplateSpecification", {}):
            place["LaunchTemplateSpecification"].pop("LaunchTemplateName", None)
    return request


def places_of(request: Data) -> dict[str, Data]:
    """The base and the overrides, by the names that a plan has for them."""
    if "LaunchTemplate" in request:
        return {"base": {"LaunchTemplateSpecification": request["LaunchTemplate"]}}
    named = request.get("MixedInstancesPolicy", {}).get("LaunchTemplate", {})
    return {"base": named, **{str(index): one for index, one in enumerate(named.get("Overrides", []))}}
