"""Who else launches from the launch templates of the group."""

from collections.abc import Iterator
from typing import Any

from shared.answers import read_pages
from shared.autoscaling_client import autoscaling
from shared.ec2_client import ec2
from shared.template_sources import TemplateSource


def refuse_shared(group_name: str, advanced: list[TemplateSource]) -> None:
    """Who follows $Latest is reached by every new version, who follows $Default by a new default."""
    versions = [source for source in advanced if source["by"] != "image"]
    moved = {
        "$Latest": {name for source in versions for name in source["template"]},
        "$Default": {name for source in versions if source["by"] == "default" for name in source["template"]},
    }
    reached = set()
    for follower, place in read_followers(group_name):
        named = place.get("LaunchTemplateSpecification") or {}
        names = {named.get("LaunchTemplateId"), named.get("LaunchTemplateName")}
        if names & moved.get(named.get("Version") or "$Default", set()):
            reached.add(follower)
    if reached:
        raise Exception(
            f"This run would also change what {', '.join(sorted(reached)[:5])} launches through the same "
            "template: let each refer to a version by its number, or set allowSharedTemplate in the "
            "component and run pulumi up."
        )


def read_followers(group_name: str) -> Iterator[tuple[str, Any]]:
    """Whatever else in this Region launches from templates, with every place that names one."""
    for group in read_pages(autoscaling, "describe_auto_scaling_groups", "AutoScalingGroups"):
        name, policy = (
            group["AutoScalingGroupName"],
            group.get("MixedInstancesPolicy", {}).get("LaunchTemplate", {}),
        )
        own = {"LaunchTemplateSpecification": group.get("LaunchTemplate")}
        if name != group_name:
            yield from ((f"group {name}", place) for place in (own, policy, *policy.get("Overrides", [])))
    fleets = [
        # An instant fleet has launched all that it ever will.
        *(
            (f"fleet {one['FleetId']}", one["FleetState"], one)
            for one in read_pages(ec2, "describe_fleets", "Fleets")
            if one.get("Type") != "instant"
        ),
        *(
            (
                f"Spot fleet {one['SpotFleetRequestId']}",
                one["SpotFleetRequestState"],
                one["SpotFleetRequestConfig"],
            )
            for one in read_pages(ec2, "describe_spot_fleet_requests", "SpotFleetRequestConfigs")
        ),
    ]
    for who, state, fleet in fleets:
        if not state.startswith(("deleted", "cancelled", "failed")):
            yield from ((who, place) for place in fleet.get("LaunchTemplateConfigs", []))
