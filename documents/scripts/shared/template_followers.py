"""Who else launches from the launch templates of the group."""

from collections.abc import Iterator

from shared.answers import read_pages
from shared.autoscaling_client import autoscaling
from shared.data import Data
from shared.ec2_client import ec2
from shared.parts import list_parts
from shared.template_sources import TemplateSource

# What refers to a template and is reached by what this run does there, by how the group refers to it.
REACHED = {"number": ["$Latest"], "latest": ["$Latest"], "default": ["$Latest", "$Default"], "image": []}
# Fleets say more behind it, such as cancelled_running.
ENDED = ("deleted", "cancelled", "failed")


def refuse_shared(group_name: str, advanced: list[TemplateSource]) -> None:
    ours = {(name, version) for one in advanced for name in one["template"] for version in REACHED[one["by"]]}
    reached = {
        who
        for who, use in read_followers(group_name)
        for part in list_parts(use)
        for key in ("LaunchTemplateId", "LaunchTemplateName")
        if (part.get(key), part.get("Version") or "$Default") in ours
    }
    if reached:
        raise Exception(
            f"This run would also change what {', '.join(sorted(reached)[:5])} launches through the same "
            "template: let each refer to a version by its number, or set allowSharedTemplate and run "
            "pulumi up."
        )


def read_followers(group_name: str) -> Iterator[tuple[str, Data]]:
    """Whatever else in this Region launches, and may name templates."""
    for one in read_pages(autoscaling, "describe_auto_scaling_groups", "AutoScalingGroups"):
        if one["AutoScalingGroupName"] != group_name:
            yield f"group {one['AutoScalingGroupName']}", {**one, "Instances": []}
    for one in read_pages(ec2, "describe_fleets", "Fleets"):
        # An instant fleet has launched all that it ever will.
        if one.get("Type") != "instant" and not one["FleetState"].startswith(ENDED):
            yield f"fleet {one['FleetId']}", one
    for one in read_pages(ec2, "describe_spot_fleet_requests", "SpotFleetRequestConfigs"):
        if not one["SpotFleetRequestState"].startswith(ENDED):
            yield f"Spot fleet {one['SpotFleetRequestId']}", one
