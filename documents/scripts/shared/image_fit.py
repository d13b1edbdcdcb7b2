"""Does an image fit where it is to be launched?"""

from shared.answers import read_pages
from shared.data import Data
from shared.ec2_client import ec2
from shared.image_source import ImageSource
from shared.image_start import find_start_misfit, needs_tokens


def read_types(names: set[str]) -> dict[str, Data]:
    """Instance types, by their names; those that this Region does not have are left out."""
    filters = [{"Name": "instance-type", "Values": sorted(names)}]
    found = read_pages(ec2, "describe_instance_types", "InstanceTypes", Filters=filters) if names else []
    return {one["InstanceType"]: one for one in found}


def find_misfit(source: ImageSource, image: Data, present: Data, types: dict[str, Data]) -> str:
    """In what the image differs from the present one, or from what the source's instance types can start."""
    where = f"its image {source['image_id']}"
    found = find_kind_misfit(image, where, present) if present else ""
    known = [name for name in source["types"] if name in types]
    for name in known:
        wrong = find_kind_misfit(image, name, types[name])
        # What fits the present image is of the right architecture, whatever other types are named.
        if not (present and wrong.startswith("architecture")):
            found = found or wrong or find_start_misfit(image, present, name, types[name])
    if present and not known:
        found = found or find_start_misfit(image, present, where, present)
    if present and not source["names_tokens"] and needs_tokens(image) and not needs_tokens(present):
        found = found or f"it asks for IMDSv2, but {where} does not, and HttpTokens is not named there"
    return found


def find_kind_misfit(image: Data, where: str, there: Data) -> str:
    has = kind_of(there)
    for what, here in kind_of(image).items():
        if not {*here} & {*has[what]}:
            return f"{what} {' or '.join(here)}, but {where} has {' or '.join(has[what])}"
    return ""


def kind_of(one: Data) -> dict[str, list[str]]:
    """What an image is, or an instance type takes."""
    processor = one.get("ProcessorInfo")
    return {
        "architecture": processor["SupportedArchitectures"] if processor else [one["Architecture"]],
        "virtualisation": one.get("SupportedVirtualizationTypes") or [one.get("VirtualizationType", "hvm")],
    }


def refuse_misfit(image: Data, source: ImageSource, misfit: str) -> None:
    raise Exception(
        f"Image {image['ImageId']} does not fit {source['name']} ({misfit}): name another golden instance in "
        "the component, or set the group to such an image by hand."
    )
