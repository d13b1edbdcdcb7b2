"""Who else launches from the launch templates of the group."""

from collections.abc import Iterable, Iterator
from typing import Any

from shared.answers import read_pages
from shared.autoscaling_client import autoscaling
from shared.ec2_client import ec2
from shared.template_sources import TemplateSource

FLEET_ENDED = ("deleted", "cancelled", "failed")


def refuse_shared(group_name: str, advanced: Iterable[TemplateSource]) -> None:
    """Who follows $Latest is reached by every new version, who follows $Default by a new default."""
    versions = [source for source in advanced if source["by"] != "image"]
    reached_by = {
        "$Latest": {name for source in versions for name in source["template"]},
        "$Default": {name for source in versions if source["by"] == "default" for name in source["template"]},
    }
    reached = set()
    for follower, configs in read_followers(group_name) if versions else []:
        for one in configs:
            named = one.get("LaunchTemplateSpecification") or {}
            names = {named.get("LaunchTemplateId"), named.get("LaunchTemplateName")}
            if names & reached_by.get(named.get("Version") or "$Default", set()):
                reached.add(follower)
    if reached:
        raise Exception(
            f"This run would also change what {', '.join(sorted(reached)[:5])} launches through the same "
            "template: let each refer to a version by its number, or set allowSharedTemplate in the "
            "component and run pulumi up."
        )


def read_followers(group_name: str) -> Iterator[tuple[str, list[Any]]]:
    """Whatever else in this Region launches from templates."""
    for group in read_pages(autoscaling, "describe_auto_scaling_groups", "AutoScalingGroups"):
        if group["AutoScalingGroupName"] != group_name:
            named = group.get("MixedInstancesPolicy", {}).get("LaunchTemplate", {})
            own = {"LaunchTemplateSpecification": group.get("LaunchTemplate")}
            yield f"group {group['AutoScalingGroupName']}", [own, named, *named.get("Overrides", [])]
    for fleet in read_pages(ec2, "describe_fleets", "Fleets"):
        # An instant fleet has launched all that it ever will.
        if fleet.get("Type") != "instant" and not fleet["FleetState"].startswith(FLEET_ENDED):
            yield f"fleet {fleet['FleetId']}", fleet.get("LaunchTemplateConfigs", [])
    for fleet in read_pages(ec2, "describe_spot_fleet_requests", "SpotFleetRequestConfigs"):
        if not fleet["SpotFleetRequestState"].startswith(FLEET_ENDED):
            configs = fleet["SpotFleetRequestConfig"].get("LaunchTemplateConfigs", [])
            yield f"Spot fleet {fleet['SpotFleetRequestId']}", configs
