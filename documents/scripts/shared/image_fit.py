"""Does an image fit where it is to be launched?"""

from collections.abc import Iterable, Mapping
from typing import Any, NoReturn, TypedDict

from shared.answers import read_pages
from shared.ec2_client import ec2

# What an image says of it; one that says nothing, or uefi-preferred, takes either.
BOOT_MODES = {"uefi": ["uefi"], "legacy-bios": ["legacy-bios"]}


class ImageSource(TypedDict):
    """What names an image for instances of the group."""

    name: str
    image_id: str
    types: list[str]
    devices: list[Any]


def read_instance_types(names: Iterable[str]) -> dict[str, Any]:
    filters = [{"Name": "instance-type", "Values": sorted(set(names))}]
    found = (
        read_pages(ec2, "describe_instance_types", "InstanceTypes", Filters=filters)
        if filters[0]["Values"]
        else []
    )
    return {one["InstanceType"]: one for one in found}


def find_misfit(source: ImageSource, image: Any, present: Any, types: Mapping[str, Any]) -> str | None:
    """In what the image differs from the present one, or from what the source's instance types can start."""
    found = compare(image, f"its image {source['image_id']}", facts_of_image(present)) if present else None
    for name in source["types"]:
        wrong = compare(image, name, facts_of_type(types[name])) if name in types else None
        # What fits the present image is of the right architecture, whatever other types are named.
        if wrong and not found and not (present and wrong.startswith("architecture")):
            found = wrong
    return found


def compare(image: Any, where: str, there: Mapping[str, list[str]]) -> str | None:
    for what, here in facts_of_image(image).items():
        if not set(here) & set(there[what]):
            return f"{what} {' or '.join(here)}, but {where} has {' or '.join(there[what])}"
    return None


def facts_of_image(image: Any) -> dict[str, list[str]]:
    return {
        "architecture": [image["Architecture"]],
        "virtualisation": [image.get("VirtualizationType", "hvm")],
        "boot mode": BOOT_MODES.get(image.get("BootMode", ""), [*BOOT_MODES]),
    }


def facts_of_type(instance_type: Any) -> dict[str, list[str]]:
    return {
        "architecture": instance_type["ProcessorInfo"]["SupportedArchitectures"],
        "virtualisation": instance_type.get("SupportedVirtualizationTypes") or ["hvm"],
        "boot mode": instance_type.get("SupportedBootModes") or [*BOOT_MODES],
    }


def refuse_misfit(image_id: str, name: str, misfit: str) -> NoReturn:
    raise Exception(
        f"Image {image_id} does not fit {name} ({misfit}): name another golden instance in the component, or "
        "set the group to such an image by hand."
    )
