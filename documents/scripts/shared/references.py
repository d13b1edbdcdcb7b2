"""Who uses our images."""

import re
from collections.abc import Iterator

from shared.answers import read_pages
from shared.autoscaling_client import autoscaling
from shared.data import Data
from shared.ec2_client import ec2
from shared.history_tags import PREVIOUS_IMAGE_TAG
from shared.image_ownership import DATED, tags_of
from shared.naming import read_images, read_naming, read_versions
from shared.parts import list_parts
from shared.retire_state import State, name_of

# Fleets say more behind it, such as cancelled_running.
ENDED = ("deleted", "cancelled", "failed", "successful", "rollbacksuccessful", "rollbackfailed")

# Who it is, and what may name an image or a launch template somewhere in it.
Use = tuple[str, Data]


def read_references(state: State, event: Data) -> None:
    """What launches is read before what it has launched: in the other order something could be missed."""
    ids = [*state.images]
    groups = read_pages(autoscaling, "describe_auto_scaling_groups", "AutoScalingGroups")
    configurations = read_pages(autoscaling, "describe_launch_configurations", "LaunchConfigurations")
    ours = re.compile(re.escape(event["LaunchConfigPrefix"]) + DATED)
    named = [one for one in configurations if one["ImageId"] in ids]
    state.configurations = [one for one in named if ours.fullmatch(name_of(one))]
    uses = [*list_group_uses(groups, configurations)]
    who, own = find_own_group(uses, event["AutoScalingGroupName"])
    launched = read_launched(own)
    tags = [tags_of(image).get(PREVIOUS_IMAGE_TAG, "") for image in read_images(launched).values()]
    state.previous = " ".join(tags).split()
    templates = {(by, template) for by, template, _ in list_templates(own)}
    state.versions = [one for by, template in templates for one in read_versions(ids, **{by: template})]
    # What is ours, and no group has, goes with its image and uses nothing.
    others = [one for one in configurations if one not in state.configurations]
    uses += [(f"launch configuration {name_of(one)}", one) for one in others]
    uses += read_uses(ids, event["AutoScalingGroupName"])
    uses += read_pinned(ids, uses)
    uses += read_instance_uses(state, event["InstanceId"])
    uses = [(who, {"ImageId": image_id}) for image_id in launched] + uses
    # Whoever is found first speaks for all.
    parts = [(who, part) for who, use in reversed(uses) for part in list_parts(use)]
    keys = ("ImageId", "LaunchConfigurationName")
    state.users = {part[key]: who for who, part in parts for key in keys if key in part}


def list_group_uses(groups: list[Data], configurations: list[Data]) -> Iterator[Use]:
    """Each with its launch configuration, and without its instances, which are asked for by themselves."""
    by_name = {name_of(one): one for one in configurations}
    for one in groups:
        its_own: Data = {"Instances": [], "Configuration": by_name.get(one.get("LaunchConfigurationName"))}
        yield f"Auto Scaling group {one['AutoScalingGroupName']}", {**one, **its_own}


def find_own_group(groups: list[Use], name: str) -> Use:
    for who, group in groups:
        if group["AutoScalingGroupName"] == name and not group.get("Status"):
            return who, group
    raise Exception(
        f"Auto Scaling group {name} does not exist in this Region, or is being deleted, and without it "
        "nothing is deleted: set autoScalingGroupName and run pulumi up."
    )


def list_templates(thing: Data) -> set[tuple[str, str, str]]:
    """The versions of launch templates that it names: by the template's id where AWS says it."""
    found = set()
    for part in list_parts(thing):
        by = "LaunchTemplateId" if part.get("LaunchTemplateId") else "LaunchTemplateName"
        if part.get(by):
            found.add((by, part[by], str(part.get("Version", "$Default"))))
    return found


def read_launched(group: Data) -> list[str]:
    """The images that a group launches now."""
    launched = [part["ImageId"] for part in list_parts(group) if "ImageId" in part]
    for by, template, version in list_templates(group):
        request: Data = {by: template, "Versions": [version]}
        found = ec2.describe_launch_template_versions(**request)["LaunchTemplateVersions"]
        launched += [one["LaunchTemplateData"].get("ImageId", "none") for one in found]
    return launched


def read_uses(image_ids: list[str], group_name: str) -> Iterator[Use]:
    """What else launches from these images."""
    for one in read_versions(image_ids, Versions=["$Default", "$Latest"]):
        who = f"the default or latest version of launch template {one['LaunchTemplateId']}"
        yield who, one["LaunchTemplateData"]
    answer: Data = autoscaling.describe_instance_refreshes(AutoScalingGroupName=group_name)
    fleets = read_pages(ec2, "describe_fleets", "Fleets")
    requests = read_pages(ec2, "describe_spot_fleet_requests", "SpotFleetRequestConfigs")
    for what, name, status, found in (
        ("instance refresh", "InstanceRefreshId", "Status", answer["InstanceRefreshes"]),
        ("fleet", "FleetId", "FleetState", fleets),
        ("Spot fleet", "SpotFleetRequestId", "SpotFleetRequestState", requests),
    ):
        for one in found:
            if not one[status].lower().startswith(ENDED):
                yield f"{what} {one[name]}", one


def read_pinned(image_ids: list[str], uses: list[Use]) -> Iterator[Use]:
    """Of launch templates that somebody refers to by the number of a version."""
    named = {version: who for who, use in uses for version in list_templates(use)}
    templates = {(by, template) for by, template, number in named if number.isdigit()}
    for by, template in templates:
        for one in read_versions(image_ids, **{by: template}):
            version = (by, template, str(one["VersionNumber"]))
            if version in named:
                yield named[version], one["LaunchTemplateData"]


def read_instance_uses(state: State, golden: str) -> list[Use]:
    """Without its image a golden instance gives no launch configuration, also while it is terminated."""
    reservations = read_naming([*state.images], "describe_instances", "Reservations")
    instances = [one for found in reservations for one in found["Instances"]]
    state.source_images = [one["ImageId"] for one in instances if one["InstanceId"] == golden]
    there = [one for one in instances if one["State"]["Name"] not in ("shutting-down", "terminated")]
    return [(f"instance {one['InstanceId']}", one) for one in there]
