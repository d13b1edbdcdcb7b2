"""Lets the group launch the image through new versions of its launch templates, or puts everything back."""

from functools import partial
from typing import TypedDict

from shared.autoscaling_client import autoscaling
from shared.data import Data
from shared.device_snapshots import snapshots_of
from shared.ec2_client import ec2
from shared.fingerprint import fingerprint
from shared.images import read_available_image
from shared.launch_source import places_of, request_of, restore_launch_source
from shared.put_back import Change, make_change, put_back
from shared.remaining_group import read_remaining_group
from shared.roll_out_guard import refuse_other_runs
from shared.roll_out_tags import tag_as_rolled_out
from shared.template_versions import read_version
from shared.unchanged import refuse_changed

# A template, its version that gets a successor, and how the group refers to it: by number, default or latest.
Source = tuple[str, str, str]
# The numbers of the successors, by template and version.
Made = dict[tuple[str, str], str]


class Event(TypedDict):
    ExecutionId: str
    AutoScalingGroupName: str
    LaunchConfigPrefix: str
    ImageId: str
    Plan: list[str]
    Before: dict[str, str]


def advance_launch_templates(event: Event, _context: object) -> dict[str, list[str]]:
    plan = [entry.split(" ") for entry in event["Plan"] if entry != "none"]
    sources = dict.fromkeys((one[1], one[2], one[3]) for one in plan if len(one) == 4)
    image_id, before = event["ImageId"], event["Before"]
    refuse_other_runs(event["ExecutionId"], image_id)
    name = event["AutoScalingGroupName"]
    group = read_remaining_group(name)
    refuse_changed(f"What Auto Scaling group {name} launches from", fingerprint(group), before["Seen"])
    for source in sources:
        refuse_moved(*source)
    read_available_image(image_id)
    made: Made = {}
    changes: list[Change] = []
    unused: list[Change] = []
    try:
        # Where the group follows the latest version, making one is the roll-out: those come last.
        for source in sorted(sources, key=lambda one: one[2] == "latest"):
            make_version(event, source, made, changes if source[2] == "latest" else unused)
        change_references(group, plan, made, changes, image_id)
        # Somebody may have deleted it between the look and the change.
        read_available_image(image_id)
        tag_as_rolled_out(image_id, before)
    except Exception as error:
        raise put_back(error, changes, unused) from error
    return {"Versions": [f"{key[0]} version {number}" for key, number in made.items()] or ["none"]}


def refuse_moved(template_id: str, version: str, by: str) -> None:
    """A version that somebody made meanwhile would be undone by one made from the version before it."""
    if by != "number":
        now = str(read_version(template_id, f"${by.capitalize()}")["VersionNumber"])
        refuse_changed(f"The {by} version of launch template {template_id}", now, version)


def make_version(event: Event, source: Source, made: Made, changes: list[Change]) -> None:
    template_id, version, _ = source
    if (template_id, version) in made:
        return
    execution_id, image_id = event["ExecutionId"], event["ImageId"]
    restore = partial(take_back_version, template_id, version, made, execution_id)
    create = partial(
        ec2.create_launch_template_version,
        LaunchTemplateId=template_id,
        SourceVersion=version,
        # At most 255 characters.
        VersionDescription=f"{event['LaunchConfigPrefix'][:190]}{event['Before']['Suffix']} {execution_id}",
        LaunchTemplateData={"ImageId": image_id},
        ClientToken=f"{execution_id}-{template_id}-{version}",
    )
    answer = make_change(changes, f"the new version of launch template {template_id}", create, restore)
    number = made[template_id, version] = str(answer["LaunchTemplateVersion"]["VersionNumber"])
    errors = answer.get("Warning", {}).get("Errors", [])
    wrong = [one.get("Message", one.get("Code", "no reason")) for one in errors]
    refuse_version(template_id, version, number, image_id, wrong)


def refuse_version(template_id: str, version: str, number: str, image_id: str, wrong: list[str]) -> None:
    """The group never refers to another image than the one rolled out, nor to another image's snapshots."""
    data = read_version(template_id, number)["LaunchTemplateData"]
    if snapshots_of(data) or data.get("ImageId") != image_id:
        wrong.append(f"it names {data.get('ImageId')} and snapshots {snapshots_of(data)}")
    if wrong:
        raise Exception(
            f"Version {number} of launch template {template_id} is not to be launched ({'; '.join(wrong)}), "
            f"and the group does not refer to it: correct version {version}, from which it was made, and "
            "start the runbook again."
        )


def change_references(
    group: Data, plan: list[list[str]], made: Made, changes: list[Change], image_id: str
) -> None:
    """First what Auto Scaling checks, because that may fail."""
    if any(entry[-1] in ("number", "image") for entry in plan):
        request = request_of(group)
        for key, *source, by in plan:
            place = places_of(request)[key]
            if by == "image":
                place["ImageId"] = image_id
            elif by == "number":
                place["LaunchTemplateSpecification"]["Version"] = made[source[0], source[1]]
        what = f"Auto Scaling group {group['AutoScalingGroupName']}"
        update = partial(autoscaling.update_auto_scaling_group, **request)
        make_change(changes, what, update, partial(restore_launch_source, group, request))
    for template_id, version in dict.fromkeys((one[1], one[2]) for one in plan if one[-1] == "default"):
        number = made[template_id, version]
        what = f"default version {version} of launch template {template_id}"
        restore = partial(restore_default, template_id, version, number)
        make_change(changes, what, partial(set_default, template_id, number), restore)


def set_default(template_id: str, number: str) -> None:
    ec2.modify_launch_template(LaunchTemplateId=template_id, DefaultVersion=number)


def restore_default(template_id: str, version: str, number: str, answered: bool) -> None:
    if answered or str(read_version(template_id, "$Default")["VersionNumber"]) == number:
        set_default(template_id, version)


def take_back_version(template_id: str, version: str, made: Made, execution_id: str, _: bool) -> str | None:
    """Only a version that this run made, which without an answer only its description says."""
    number = made.get((template_id, version))
    if not number:
        latest = read_version(template_id, "$Latest")
        if not latest.get("VersionDescription", "").endswith(execution_id):
            return None
        number = str(latest["VersionNumber"])
    answer = ec2.delete_launch_template_versions(LaunchTemplateId=template_id, Versions=[number])
    for one in answer.get("UnsuccessfullyDeletedLaunchTemplateVersions", []):
        # boto3 may have asked twice.
        error = one["ResponseError"]
        if error["Code"] != "launchTemplateVersionDoesNotExist":
            return error.get("Message", error["Code"])
    return None
