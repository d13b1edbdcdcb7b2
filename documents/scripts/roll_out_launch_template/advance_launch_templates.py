"""Lets the group launch the image through new versions of its launch templates, or puts everything back."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple, TypedDict

from shared.ec2_client import ec2
from shared.images import read_available_image, snapshots_of
from shared.launch_source import change_launch_source, places_of, request_of
from shared.put_back import Change, make_change, put_back
from shared.roll_out_guard import read_unchanged_group, refuse_other_runs
from shared.roll_out_tags import tag_as_rolled_out
from shared.template_versions import find_version, read_version


class Event(TypedDict):
    ExecutionId: str
    AutoScalingGroupName: str
    LaunchConfigPrefix: str
    ImageId: str
    Plan: list[str]
    Before: dict[str, str]


class Source(NamedTuple):
    """A version that gets a successor."""

    template_id: str
    version: str
    # How the group refers to it: by number, default or latest.
    by: str


# What AWS answered to making new versions, by template and source version.
Made = dict[tuple[str, str], Any]


def advance_launch_templates(event: Event, _context: object) -> dict[str, list[str]]:
    plan = [entry.split(" ") for entry in event["Plan"] if entry != "none"]
    # Where the group follows the latest version, making one is the roll-out: those come last.
    sources = sorted(
        dict.fromkeys(Source(*rest) for _, *rest in plan if len(rest) == 3),
        key=lambda one: one.by == "latest",
    )
    refuse_other_runs(event["ExecutionId"], event["ImageId"])
    group = read_unchanged_group(event["AutoScalingGroupName"], event["Before"]["Seen"])
    for source in sources:
        refuse_moved(source)
    image = read_available_image(event["ImageId"])
    made: Made = {}
    changes: list[Change] = []
    unused: list[Change] = []
    try:
        for source in sources:
            make_version(event, source, made, changes if source.by == "latest" else unused)
        change_references(group, plan, made, changes, event["ImageId"])
        # Somebody may have deleted it between the look and the change.
        read_available_image(event["ImageId"])
        tag_as_rolled_out(image, event["AutoScalingGroupName"], event["Before"]["ImageIds"])
    except Exception as error:
        put_back(changes, error, unused)
        raise
    return {"Versions": [f"{key[0]} version {number_of(made, *key)}" for key in made] or ["none"]}


def refuse_moved(source: Source) -> None:
    """A version that somebody made meanwhile would be undone by one made from the version before it."""
    if source.by != "number":
        now = read_version(source.template_id, f"${source.by.capitalize()}")
        if str(now["VersionNumber"]) != source.version:
            raise Exception(
                f"The {source.by} version of launch template {source.template_id} changed during this run, "
                "and was left as it is: see who changed it, and start the runbook again."
            )


def make_version(event: Event, source: Source, made: Made, changes: list[Change]) -> None:
    if (source.template_id, source.version) in made:
        return
    change = Change(
        f"the new version of launch template {source.template_id}",
        partial(take_back_version, event["ExecutionId"], source, made),
    )
    make_change(changes, change, partial(create_version, event, source, made))
    check_version(source, made, event["ImageId"])


def create_version(event: Event, source: Source, made: Made) -> None:
    template_id, version, _ = source
    made[template_id, version] = ec2.create_launch_template_version(
        LaunchTemplateId=template_id,
        SourceVersion=version,
        VersionDescription=describe_version(event),
        LaunchTemplateData={"ImageId": event["ImageId"]},
        ClientToken=f"{event['ExecutionId']}-{template_id}-{version}",
    )


def describe_version(event: Event) -> str:
    """At most 255 characters."""
    return f"{event['LaunchConfigPrefix'][:190]}{event['Before']['Suffix']} {event['ExecutionId']}"


def number_of(made: Made, template_id: str, version: str) -> str:
    return str(made[template_id, version]["LaunchTemplateVersion"]["VersionNumber"])


def check_version(source: Source, made: Made, image_id: str) -> None:
    """The group never refers to another image than the one rolled out, nor to another image's snapshots."""
    template_id, version, _ = source
    number = number_of(made, template_id, version)
    data = read_version(template_id, number)["LaunchTemplateData"]
    errors = made[template_id, version].get("Warning", {}).get("Errors", [])
    wrong = [one.get("Message", one.get("Code")) for one in errors]
    if data.get("ImageId") != image_id or snapshots_of(data):
        wrong.append(f"it names {data.get('ImageId')} and snapshots {sorted(snapshots_of(data))}")
    if wrong:
        raise Exception(
            f"Version {number} of launch template {template_id} is not to be launched ({'; '.join(wrong)}), "
            f"and the group does not refer to it: correct version {version}, from which it was made, and "
            "start the runbook again."
        )


def change_references(
    group: Mapping[str, Any], plan: Sequence[list[str]], made: Made, changes: list[Change], image_id: str
) -> None:
    """First what Auto Scaling checks, because that may fail."""
    if any(entry[-1] in ("number", "image") for entry in plan):
        change_launch_source(changes, group, refer_to_image(request_of(group), plan, made, image_id))
    for template_id, version in sorted({(one[1], one[2]) for one in plan if one[-1] == "default"}):
        number = number_of(made, template_id, version)
        change = Change(
            f"default version {version} of launch template {template_id}",
            partial(restore_default, template_id, version, number),
        )
        make_change(changes, change, partial(set_default, template_id, number))


def refer_to_image(
    request: dict[str, Any], plan: Iterable[list[str]], made: Made, image_id: str
) -> dict[str, Any]:
    places = places_of(request)
    for key, *rest in plan:
        if rest == ["image"]:
            places[key]["ImageId"] = image_id
        elif rest[-1] == "number":
            places[key]["LaunchTemplateSpecification"]["Version"] = number_of(made, rest[0], rest[1])
    return request


def set_default(template_id: str, number: str) -> None:
    ec2.modify_launch_template(LaunchTemplateId=template_id, DefaultVersion=number)


def restore_default(template_id: str, version: str, number: str, answered: bool) -> None:
    if answered or str(find_version(template_id, "$Default")["VersionNumber"]) == number:
        set_default(template_id, version)


def take_back_version(execution_id: str, source: Source, made: Made, _answered: bool) -> str | None:
    """Only a version that this run made, which without an answer only its description says."""
    template_id, version, _ = source
    if (template_id, version) in made:
        return delete_version(template_id, number_of(made, template_id, version))
    latest = find_version(template_id, "$Latest")
    if latest.get("VersionDescription", "").endswith(execution_id):
        return delete_version(template_id, str(latest["VersionNumber"]))
    return None


def delete_version(template_id: str, number: str) -> str | None:
    """Why not, where it is still there."""
    answer = ec2.delete_launch_template_versions(LaunchTemplateId=template_id, Versions=[number])
    for one in answer.get("UnsuccessfullyDeletedLaunchTemplateVersions", []):
        if one["ResponseError"]["Code"] != "launchTemplateVersionDoesNotExist":
            return one["ResponseError"]["Message"]
    return None
