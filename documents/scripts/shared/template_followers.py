"""Who else launches from the launch templates of the group."""

from collections.abc import Iterator

from shared.answers import read_pages
from shared.autoscaling_client import autoscaling
from shared.data import Data
from shared.ec2_client import ec2
from shared.template_sources import TemplateSource


def refuse_shared(group_name: str, advanced: list[TemplateSource]) -> None:
    reached = {who for who, place in read_followers(group_name) if is_reached(place, advanced)}
    if reached:
        raise Exception(
            f"This run would also change what {', '.join(sorted(reached)[:5])} launches through the same "
            "template: let each refer to a version by its number, or set allowSharedTemplate in the "
            "component and run pulumi up."
        )


def is_reached(place: Data, advanced: list[TemplateSource]) -> bool:
    """Who follows $Latest is reached by every new version, who follows $Default by a new default."""
    named = place.get("LaunchTemplateSpecification") or {}
    names = {named.get("LaunchTemplateId"), named.get("LaunchTemplateName")}
    moving = {"$Latest": ("number", "default", "latest"), "$Default": ("default",)}
    ways = moving.get(named.get("Version") or "$Default", ())
    return any(one["by"] in ways and names & {*one["template"]} for one in advanced)


def read_followers(group_name: str) -> Iterator[tuple[str, Data]]:
    """Whatever else in this Region launches from templates, with every place that names one."""
    for one in read_pages(autoscaling, "describe_auto_scaling_groups", "AutoScalingGroups"):
        if one["AutoScalingGroupName"] != group_name:
            policy = one.get("MixedInstancesPolicy", {}).get("LaunchTemplate", {})
            own = {"LaunchTemplateSpecification": one.get("LaunchTemplate")}
            places = (own, policy, *policy.get("Overrides", []))
            yield from ((f"group {one['AutoScalingGroupName']}", place) for place in places)
    for one in read_pages(ec2, "describe_fleets", "Fleets"):
        # An instant fleet has launched all that it ever will.
        if one.get("Type") != "instant":
            yield from list_places(f"fleet {one['FleetId']}", one["FleetState"], one)
    for one in read_pages(ec2, "describe_spot_fleet_requests", "SpotFleetRequestConfigs"):
        who = f"Spot fleet {one['SpotFleetRequestId']}"
        yield from list_places(who, one["SpotFleetRequestState"], one["SpotFleetRequestConfig"])


def list_places(who: str, state: str, fleet: Data) -> list[tuple[str, Data]]:
    launches = not state.startswith(("deleted", "cancelled", "failed"))
    return [(who, place) for place in fleet.get("LaunchTemplateConfigs", []) if launches]
