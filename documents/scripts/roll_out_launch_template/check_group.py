"""Refuses an image that the group may not launch, and says which of its launch templates are to name it."""

from typing import TypedDict

from shared.booleans import is_true
from shared.chosen_image import choose_image, list_previous, suffix_of
from shared.data import Data
from shared.encryption import refuse_unencrypted
from shared.fingerprint import fingerprint
from shared.group_checks import read_changeable_group
from shared.image_fit import find_misfit, read_types, refuse_misfit
from shared.image_ownership import is_own_image
from shared.images import find_image
from shared.pause import decide_pause
from shared.template_followers import refuse_shared
from shared.template_sources import TemplateSource, read_template_sources
from shared.volume_keys import refuse_unready_keys
from shared.volumes import refuse_volumes

Sources = list[TemplateSource]


class Event(TypedDict):
    ImageId: str
    AutoScalingGroupName: str
    AllowSharedTemplate: object
    CustomerKeyReady: object
    PauseSchedule: str
    IsBack: str


def check_group(event: Event, _context: object) -> dict[str, Data]:
    name = event["AutoScalingGroupName"]
    group = read_changeable_group(name, "launch templates", "LaunchTemplate", "MixedInstancesPolicy")
    sources = read_template_sources(group)
    images = {source["image_id"]: find_image(source["image_id"]) for source in sources}
    is_back = event["IsBack"] == "true"
    launched = [images[one] for one in list_launched(sources) if images[one]]
    image = choose_image(event["ImageId"], name, launched, is_back=is_back)
    fitting = choose_fitting(sources, image, images, "MixedInstancesPolicy" in group)
    advanced = [source for source in fitting if source["image_id"] != image["ImageId"]]
    for source in advanced:
        refuse_volumes(source, image, images[source["image_id"]])
        refuse_unencrypted(source, image)
    present = [images[source["image_id"]] for source in fitting]
    refuse_unready_keys(image, present, event["CustomerKeyReady"], group)
    if not is_true(event["AllowSharedTemplate"]):
        refuse_shared(name, advanced)
    before = describe_before(sources, fitting, image["ImageId"])
    return {
        "ImageId": image["ImageId"],
        "ImageName": image.get("Name", "none"),
        "Plan": [source["plan"] for source in advanced] or ["none"],
        "Before": {"Seen": fingerprint(group), **describe_image(image, name), **before},
        "Pause": decide_pause(event["PauseSchedule"], image, launched, is_back=is_back),
    }


def describe_image(image: Data, group_name: str) -> dict[str, str]:
    is_own = is_own_image(image, group_name)
    return {"IsOurs": str(is_own).lower(), "Suffix": suffix_of(image, is_own)}


def describe_before(sources: Sources, fitting: Sources, image_id: str) -> dict[str, str]:
    replaced = [one for one in list_launched(fitting) if one != image_id]
    others = [one for one in sources if one not in fitting]
    left = [f"{one['name']} (image {one['image_id']})" for one in others]
    return {
        "Launched": " ".join([image_id, *list_launched(others)][:20]),
        "ImageIds": list_previous(image_id, replaced, list_launched(sources)),
        "PreviousLaunchSource": ", ".join(source["name"] for source in sources),
        "PreviousImageId": [*replaced, image_id][0],
        "LeftAlone": ", ".join(left) or "none",
        "Kept": ";".join(source["plan"] for source in fitting if source["image_id"] == image_id) or "none",
    }


def list_launched(sources: Sources) -> list[str]:
    return [*dict.fromkeys(source["image_id"] for source in sources if source["launched"])]


def choose_fitting(sources: Sources, image: Data, images: dict[str, Data], is_mixed: bool) -> Sources:
    """Who gets the image. In a mixed instances policy sources of another architecture keep theirs."""
    types = read_types({name for source in sources for name in source["types"]})
    fitting, last = [], ""
    for source in sources:
        now = images[source["image_id"]]
        found = find_misfit(source, image, now, types)
        if not now and not source["types"]:
            found = "its image is gone, and it names no instance type to compare with"
        if not found:
            fitting.append(source)
        elif is_mixed and found.startswith("architecture"):
            last = found
        else:
            refuse_misfit(image, source, found)
    if not list_launched(fitting):
        refuse_misfit(image, sources[0], last)
    return fitting
