"""What names an image for instances of a group with a launch template or a mixed instances policy."""

from collections.abc import Mapping, Sequence
from typing import Any

from shared.ec2_client import ec2
from shared.image_fit import ImageSource

# How a group refers to a version, where not by its number.
BY = {"$Default": "default", "$Latest": "latest"}


class TemplateSource(ImageSource):
    """A version of a launch template, or the image of an override."""

    # Where the group refers to it, and what is to be done there: `base lt-1 4 number`, or `2 image`.
    plan: str
    # number, default, latest or image.
    by: str
    # Id and name.
    template: tuple[str, str]
    # A base template may only lend its settings to overrides with images of their own.
    launched: bool


def read_template_sources(group: Mapping[str, Any]) -> list[TemplateSource]:
    policy = group.get("MixedInstancesPolicy")
    sources = read_policy_sources(policy["LaunchTemplate"]) if policy else [read_only_source(group)]
    refuse_two_ways(sources)
    return [source for source in sources if source["image_id"]]


def read_only_source(group: Mapping[str, Any]) -> TemplateSource:
    source = read_template_source("base", group["LaunchTemplate"])
    refuse_without_image(source)
    return source


def read_policy_sources(named: Mapping[str, Any]) -> list[TemplateSource]:
    """The base template, and every override with a template or an image of its own."""
    base = read_template_source("base", named["LaunchTemplateSpecification"])
    overrides = named.get("Overrides", [])
    if not overrides:
        refuse_without_image(base)
        return [base]
    sources = [
        source
        for index, override in enumerate(overrides)
        for source in read_override_sources(index, override, base)
    ]
    plain = [one for one in overrides if not {"ImageId", "LaunchTemplateSpecification"} & one.keys()]
    types = [name for one in plain for name in types_of(one, base)]
    return [{**base, "types": types, "launched": bool(plain)}, *sources]


def read_override_sources(
    index: int, override: Mapping[str, Any], base: TemplateSource
) -> list[TemplateSource]:
    own = override.get("LaunchTemplateSpecification")
    source = read_template_source(str(index), own) if own else base
    types = types_of(override, source)
    where = f"override {index} ({', '.join(types) or 'by attributes'})"
    source = {**source, "name": f"{where}: {source['name']}", "types": types}
    if "ImageId" not in override:
        refuse_without_image(source)
        return [source] if own else []
    image: TemplateSource = {
        **source,
        "name": f"{where}: image",
        "image_id": override["ImageId"],
        "by": "image",
        "plan": f"{index} image",
    }
    return [{**source, "launched": False}, image] if own else [image]


def types_of(override: Mapping[str, Any], source: TemplateSource) -> list[str]:
    return [override["InstanceType"]] if "InstanceType" in override else source["types"]


def read_template_source(key: str, specification: Mapping[str, Any]) -> TemplateSource:
    """The version of a launch template that is used now."""
    refers_to = specification.get("Version", "$Default")
    by_id = "LaunchTemplateId" if "LaunchTemplateId" in specification else "LaunchTemplateName"
    request: dict[str, Any] = {by_id: specification[by_id], "Versions": [refers_to]}
    version: Any = ec2.describe_launch_template_versions(**request)["LaunchTemplateVersions"][0]
    template_id, number, data = (
        version[name] for name in ("LaunchTemplateId", "VersionNumber", "LaunchTemplateData")
    )
    by = BY.get(refers_to, "number")
    name = f"launch template {version['LaunchTemplateName']} ({template_id}) version {number}"
    refuse_parameter(name, data.get("ImageId", ""))
    return {
        "name": name if by == "number" else f"{name} by {refers_to}",
        "image_id": data.get("ImageId", ""),
        "types": [data["InstanceType"]] if "InstanceType" in data else [],
        "devices": data.get("BlockDeviceMappings", []),
        "plan": f"{key} {template_id} {number} {by}",
        "by": by,
        "template": (template_id, version["LaunchTemplateName"]),
        "launched": True,
    }


def refuse_parameter(name: str, image: str) -> None:
    if image.startswith("resolve:"):
        raise Exception(
            f"{name} takes its image from {image}, which a version with an image id would no longer follow: "
            "let the group use a version with an image id."
        )


def refuse_without_image(source: TemplateSource) -> None:
    if not source["image_id"]:
        raise Exception(f"{source['name']} names no image that could be replaced: give it one.")


def refuse_two_ways(sources: Sequence[TemplateSource]) -> None:
    """A new version would be launched at once, before all of them are checked."""
    latest = {source["template"] for source in sources if source["by"] == "latest"}
    for source in sources:
        if source["template"] in latest and source["by"] in ("default", "number"):
            raise Exception(
                f"The mixed instances policy uses launch template {source['template'][1]} both by $Latest "
                "and otherwise: let it refer to that template in one way."
            )
