"""Refuses an image that the group may not launch, and says which of its launch templates are to name it."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from shared.answers import is_true
from shared.chosen_image import choose_image
from shared.group_checks import read_group, refuse_active_refresh, refuse_other_kind
from shared.groups import fingerprint
from shared.image_fit import find_misfit, read_instance_types, refuse_misfit
from shared.image_names import suffix_of
from shared.images import find_image
from shared.roll_out_guard import refuse_other_runs
from shared.roll_out_tags import list_previous
from shared.template_followers import refuse_shared
from shared.template_sources import TemplateSource, read_template_sources
from shared.volume_keys import refuse_unready_keys
from shared.volumes import refuse_unencrypted, refuse_volumes

Sources = Sequence[TemplateSource]


class Event(TypedDict):
    ExecutionId: str
    ImageId: str
    AutoScalingGroupName: str
    AllowSharedTemplate: object
    CustomerKeyReady: object


def check_group(event: Event, _context: object) -> dict[str, Any]:
    name = event["AutoScalingGroupName"]
    refuse_other_runs(event["ExecutionId"], event["ImageId"])
    group = read_changeable_group(name)
    sources = read_template_sources(group)
    present = {source["image_id"]: find_image(source["image_id"]) for source in sources}
    launched = [present[image_id] for image_id in list_launched(sources)]
    image = choose_image(event["ImageId"], name, [one for one in launched if one])
    fitting = choose_fitting(sources, image, present, is_mixed="MixedInstancesPolicy" in group)
    advanced = [source for source in fitting if source["image_id"] != image["ImageId"]]
    refuse_contents(advanced, image, present)
    refuse_unready_keys(image, [present[source["image_id"]] for source in fitting], event["CustomerKeyReady"])
    if not is_true(event["AllowSharedTemplate"]):
        refuse_shared(name, advanced)
    return {
        "ImageId": image["ImageId"],
        "ImageName": image.get("Name", "none"),
        "Plan": [source["plan"] for source in advanced] or ["none"],
        "Before": {
            "Seen": fingerprint(group),
            "Suffix": suffix_of(image, name),
            **describe_before(sources, fitting, advanced, image["ImageId"]),
        },
    }


def read_changeable_group(name: str) -> Any:
    group = read_group(name)
    refuse_active_refresh(name)
    refuse_other_kind(group, "launch templates", "LaunchTemplate", "MixedInstancesPolicy")
    return group


def list_launched(sources: Sources) -> list[str]:
    return list(dict.fromkeys(source["image_id"] for source in sources if source["launched"]))


def choose_fitting(
    sources: Sources, image: Any, present: Mapping[str, Any], *, is_mixed: bool
) -> list[TemplateSource]:
    """Who gets the image. In a mixed instances policy sources of another architecture keep theirs."""
    types = read_instance_types(name for source in sources for name in source["types"])
    fitting, last = [], ""
    for source in sources:
        now = present[source["image_id"]]
        found = find_misfit(source, image, now, types)
        if not now and not source["types"]:
            found = "its image is gone, and it names no instance type to compare with"
        if not found:
            fitting.append(source)
        elif is_mixed and found.startswith("architecture"):
            last = found
        else:
            refuse_misfit(image["ImageId"], source["name"], found)
    if not list_launched(fitting):
        refuse_misfit(image["ImageId"], sources[0]["name"], last)
    return fitting


def refuse_contents(advanced: Sources, image: Any, present: Mapping[str, Any]) -> None:
    for source in advanced:
        refuse_volumes(source, image, present[source["image_id"]])
        refuse_unencrypted(source, image)


def describe_before(sources: Sources, fitting: Sources, advanced: Sources, image_id: str) -> dict[str, str]:
    left = [f"{one['name']} (image {one['image_id']})" for one in sources if one not in fitting]
    return {
        "ImageIds": list_previous(image_id, list_launched(advanced), list_launched(sources)),
        "LaunchSource": ", ".join(source["name"] for source in sources),
        "PreviousImageId": [*list_launched(advanced), image_id][0],
        "LeftAlone": ", ".join(left) or "none",
    }
