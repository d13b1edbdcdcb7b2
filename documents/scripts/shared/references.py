"""Who uses our images."""

from collections.abc import Callable, Iterator
from typing import Any

from shared.answers import read_pages
from shared.autoscaling_client import autoscaling
from shared.ec2_client import ec2
from shared.history_tags import PREVIOUS_IMAGE_TAG
from shared.naming import read_images, read_naming, read_versions
from shared.tag_values import tags_of

# Fleets say more behind it, such as cancelled_running.
ENDED = ("deleted", "cancelled", "failed", "successful", "rollbacksuccessful", "rollbackfailed")

# Who it is, and what may name an image or a launch template somewhere in it.
Use = tuple[str, Any]


class References:
    """Who refers to what."""

    configurations: list[Any]
    # Which group has which launch configuration.
    attached: dict[str, str]
    # The launch templates that the group itself uses.
    templates: set[tuple[str, str]]
    # What the group launched before what it launches now.
    previous: set[str]
    # Who uses which image.
    users: dict[str, str]


def read_references(group_name: str, image_ids: list[str], is_ours: Callable[[Any], bool]) -> References:
    """What launches is read before what it has launched: in the other order something could be missed.

    A launch configuration that is ours, and that no group has, goes with its image and uses nothing.
    """
    groups = read_groups()
    own = find_own_group(groups, group_name)
    found = References()
    found.configurations = read_pages(autoscaling, "describe_launch_configurations", "LaunchConfigurations")
    having = [(who, one) for who, one in groups if "LaunchConfigurationName" in one]
    found.attached = {one["LaunchConfigurationName"]: who for who, one in having}
    found.templates = {template_of(part) for part in list_parts(own) if template_of(part)[1]}
    launched = read_launched(own, found.configurations)
    found.previous = read_previous(launched)
    uses = [(f"Auto Scaling group {group_name}", {"ImageId": image_id}) for image_id in launched]
    for one in found.configurations:
        name = one["LaunchConfigurationName"]
        if name in found.attached or not is_ours(one):
            uses.append((found.attached.get(name, f"launch configuration {name}"), one))
    uses += read_uses(image_ids, groups, group_name)
    # Whoever is found first speaks for all.
    parts = [(who, part) for who, use in reversed(uses) for part in list_parts(use)]
    found.users = {part["ImageId"]: who for who, part in parts if "ImageId" in part}
    return found


def read_groups() -> list[Use]:
    """Its instances are asked for by themselves."""
    groups = read_pages(autoscaling, "describe_auto_scaling_groups", "AutoScalingGroups")
    return [(f"Auto Scaling group {one['AutoScalingGroupName']}", {**one, "Instances": []}) for one in groups]


def find_own_group(groups: list[Use], name: str) -> Any:
    for _, group in groups:
        if group["AutoScalingGroupName"] == name and not group.get("Status"):
            return group
    raise Exception(
        f"Auto Scaling group {name} does not exist in this Region, or is being deleted, and without it "
        "nothing is deleted: set autoScalingGroupName in the component and run pulumi up."
    )


def list_parts(thing: Any) -> Iterator[Any]:
    """It and every object in it, at whatever depth: AWS names images and launch templates in many places."""
    if isinstance(thing, dict):
        yield thing
        thing = list(thing.values())
    if isinstance(thing, list):
        for one in thing:
            yield from list_parts(one)


def template_of(part: Any) -> tuple[str, str]:
    """By its id where AWS says it."""
    by = "LaunchTemplateId" if part.get("LaunchTemplateId") else "LaunchTemplateName"
    return by, part.get(by, "")


def read_launched(group: Any, configurations: list[Any]) -> list[str]:
    """The images that a group launches now."""
    own = group.get("LaunchConfigurationName")
    launched = [one["ImageId"] for one in configurations if one["LaunchConfigurationName"] == own]
    launched += [part["ImageId"] for part in list_parts(group) if "ImageId" in part]
    named = {(*template_of(part), part.get("Version", "$Default")) for part in list_parts(group)}
    for by, template, version in named:
        if template:
            request: Any = {by: template, "Versions": [version]}
            found = ec2.describe_launch_template_versions(**request)["LaunchTemplateVersions"]
            launched += [one["LaunchTemplateData"].get("ImageId", "none") for one in found]
    return launched


def read_previous(launched: list[str]) -> set[str]:
    tags = [tags_of(image).get(PREVIOUS_IMAGE_TAG, "") for image in read_images(launched).values()]
    return {image_id for tag in tags for image_id in tag.split()}


def read_uses(image_ids: list[str], groups: list[Use], group_name: str) -> list[Use]:
    """Who launches from these images, or has done so."""
    if not image_ids:
        return []
    uses = [*groups]
    for one in read_versions(image_ids, Versions=["$Default", "$Latest"]):
        who = f"the default or latest version of launch template {one['LaunchTemplateId']}"
        uses.append((who, one["LaunchTemplateData"]))
    answer: Any = autoscaling.describe_instance_refreshes(AutoScalingGroupName=group_name)
    fleets = read_pages(ec2, "describe_fleets", "Fleets")
    requests = read_pages(ec2, "describe_spot_fleet_requests", "SpotFleetRequestConfigs")
    for what, name, status, found in (
        ("instance refresh", "InstanceRefreshId", "Status", answer["InstanceRefreshes"]),
        ("fleet", "FleetId", "FleetState", fleets),
        ("Spot fleet", "SpotFleetRequestId", "SpotFleetRequestState", requests),
    ):
        uses += [(f"{what} {one[name]}", one) for one in found if not one[status].lower().startswith(ENDED)]
    uses += read_pinned(image_ids, uses)
    reservations = read_naming(image_ids, "describe_instances", "Reservations")
    for one in [instance for found in reservations for instance in found["Instances"]]:
        if one["State"]["Name"] not in ("shutting-down", "terminated"):
            uses.append((f"instance {one['InstanceId']}", one))
    return uses


def read_pinned(image_ids: list[str], uses: list[Use]) -> list[Use]:
    """Of launch templates that somebody refers to by the number of a version."""
    pinned: dict[tuple[str, str], dict[str, str]] = {}
    for who, use in uses:
        for part in list_parts(use):
            if template_of(part)[1] and str(part.get("Version")).isdigit():
                pinned.setdefault(template_of(part), {})[str(part["Version"])] = who
    return [
        (numbers[str(one["VersionNumber"])], one["LaunchTemplateData"])
        for (by, template), numbers in pinned.items()
        for one in read_versions(image_ids, **{by: template})
        if str(one["VersionNumber"]) in numbers
    ]
