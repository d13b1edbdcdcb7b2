"""Does an image fit where it is to be launched?"""

from typing import TypedDict

from shared.answers import read_pages
from shared.data import Data
from shared.ec2_client import ec2

# What an image says of it; one that says nothing, or uefi-preferred, takes either.
BOOT_MODES = {"uefi": ["uefi"], "legacy-bios": ["legacy-bios"]}


class ImageSource(TypedDict):
    """What names an image for instances of the group."""

    name: str
    image_id: str
    types: list[str]
    devices: list[Data]


def read_types(names: set[str]) -> dict[str, Data]:
    """Instance types, by their names; those that this Region does not have are left out."""
    filters = [{"Name": "instance-type", "Values": sorted(names)}]
    found = read_pages(ec2, "describe_instance_types", "InstanceTypes", Filters=filters) if names else []
    return {one["InstanceType"]: one for one in found}


def find_misfit(source: ImageSource, image: Data, present: Data, types: dict[str, Data]) -> str:
    """In what the image differs from the present one, or from what the source's instance types can start."""
    found = compare(image, f"its image {source['image_id']}", present) if present else ""
    for name in source["types"]:
        wrong = compare(image, name, types[name]) if name in types else ""
        # What fits the present image is of the right architecture, whatever other types are named.
        if wrong and not found and not (present and wrong.startswith("architecture")):
            found = wrong
    return found


def compare(image: Data, where: str, there: Data) -> str:
    has = facts_of(there)
    for what, here in facts_of(image).items():
        if not {*here} & {*has[what]}:
            return f"{what} {' or '.join(here)}, but {where} has {' or '.join(has[what])}"
    return ""


def facts_of(one: Data) -> dict[str, list[str]]:
    """What an image is, or an instance type can start."""
    processor = one.get("ProcessorInfo")
    return {
        "architecture": processor["SupportedArchitectures"] if processor else [one["Architecture"]],
        "virtualisation": one.get("SupportedVirtualizationTypes") or [one.get("VirtualizationType", "hvm")],
        "boot mode": one.get("SupportedBootModes") or BOOT_MODES.get(one.get("BootMode"), [*BOOT_MODES]),
    }


def refuse_misfit(image: Data, source: ImageSource, misfit: str) -> None:
    raise Exception(
        f"Image {image['ImageId']} does not fit {source['name']} ({misfit}): name another golden instance in "
        "the component, or set the group to such an image by hand."
    )
