"""What names an image for instances of a group with a launch template or a mixed instances policy."""

from shared.data import Data
from shared.ec2_client import ec2
from shared.image_source import ImageSource

# How a group refers to a version, where not by its number.
BY = {"$Default": "default", "$Latest": "latest"}


class TemplateSource(ImageSource):
    """A version of a launch template, or the image of an override."""

    # Where the group refers to it, and what is to be done there: `base lt-1 4 number`, or `2 ami-1 image`.
    plan: str
    # number, default, latest or image.
    by: str
    # Id and name.
    template: tuple[str, str]
    # A base template may only lend its settings to overrides with images of their own.
    launched: bool


def read_template_sources(group: Data) -> list[TemplateSource]:
    """The base template, and every override with a template or an image of its own."""
    policy = group.get("MixedInstancesPolicy", {}).get("LaunchTemplate", {})
    base = read_source("base", policy.get("LaunchTemplateSpecification") or group["LaunchTemplate"])
    overrides = policy.get("Overrides", [])
    found = [source for index, one in enumerate(overrides) for source in read_override(index, one, base)]
    if overrides:
        plain = [one for one in overrides if not {"ImageId", "LaunchTemplateSpecification"} & one.keys()]
        types = [name for one in plain for name in types_of(one, base)]
        base = {**base, "types": types, "launched": bool(plain)}
    sources = [base, *found]
    latest = [source["template"] for source in sources if source["by"] == "latest"]
    for source in sources:
        if source["launched"] and not source["image_id"]:
            raise Exception(f"{source['name']} names no image that could be replaced: give it one.")
        # A new version would be launched at once, before all of them are checked.
        if source["template"] in latest and source["by"] in ("default", "number"):
            raise Exception(
                f"The mixed instances policy uses launch template {source['template'][1]} both by $Latest "
                "and otherwise: let it refer to that template in one way."
            )
    return [source for source in sources if source["image_id"]]


def read_override(index: int, override: Data, base: TemplateSource) -> list[TemplateSource]:
    own = override.get("LaunchTemplateSpecification")
    source = read_source(str(index), own) if own else base
    types = types_of(override, source)
    where = f"override {index} ({', '.join(types) or 'by attributes'})"
    source = {**source, "name": f"{where}: {source['name']}", "types": types}
    found: list[Data] = [{**source, "launched": "ImageId" not in override}] if own else []
    if "ImageId" in override:
        found.append({**source, "name": f"{where}: image", "image_id": override["ImageId"], "by": "image"})
        found[-1]["plan"] = f"{index} {override['ImageId']} image"
    return found


def types_of(override: Data, source: TemplateSource) -> list[str]:
    return [override["InstanceType"]] if "InstanceType" in override else source["types"]


def read_source(key: str, specification: Data) -> TemplateSource:
    """The version of a launch template that is used now."""
    template_id, refers_to = specification["LaunchTemplateId"], specification.get("Version", "$Default")
    found = ec2.describe_launch_template_versions(LaunchTemplateId=template_id, Versions=[refers_to])
    version: Data = found["LaunchTemplateVersions"][0]
    data, number, by = version["LaunchTemplateData"], version["VersionNumber"], BY.get(refers_to, "number")
    name = f"launch template {version['LaunchTemplateName']} ({template_id}) version {number}"
    image = data.get("ImageId", "")
    if image.startswith("resolve:"):
        raise Exception(
            f"{name} takes its image from {image}, which a version with an image id would no longer follow: "
            "let the group use a version with an image id."
        )
    return {
        "name": name if by == "number" else f"{name} by {refers_to}",
        "image_id": image,
        "types": [data["InstanceType"]] if "InstanceType" in data else [],
        "devices": data.get("BlockDeviceMappings", []),
        "names_tokens": "HttpTokens" in data.get("MetadataOptions", {}),
        "plan": f"{key} {template_id} {number} {by}",
        "by": by,
        "template": (template_id, version["LaunchTemplateName"]),
        "launched": True,
    }
