"""What names an image for instances of a group with a launch template or a mixed instances policy."""

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


def read_template_sources(group: Any) -> list[TemplateSource]:
    """The base template, and every override with a template or an image of its own."""
    policy = group.get("MixedInstancesPolicy", {}).get("LaunchTemplate", {})
    base = read_source("base", policy.get("LaunchTemplateSpecification") or group["LaunchTemplate"])
    overrides = policy.get("Overrides", [])
    found = [source for index, one in enumerate(overrides) for source in read_override(index, one, base)]
    if not overrides:
        refuse_without_image(base)
    else:
        plain = [one for one in overrides if not {"ImageId", "LaunchTemplateSpecification"} & one.keys()]
        types = [name for one in plain for name in types_of(one, base)]
        base = {**base, "types": types, "launched": bool(plain)}
    sources = [base, *found]
    refuse_two_ways(sources)
    return [source for source in sources if source["image_id"]]


def read_override(index: int, override: Any, base: TemplateSource) -> list[TemplateSource]:
    own = override.get("LaunchTemplateSpecification")
    source = read_source(str(index), own) if own else base
    types = types_of(override, source)
    where = f"override {index} ({', '.join(types) or 'by attributes'})"
    source = {**source, "name": f"{where}: {source['name']}", "types": types}
    image = override.get("ImageId")
    if not image:
        refuse_without_image(source)
        return [source] if own else []
    lent: TemplateSource = {**source, "launched": False}
    changes: Any = {"name": f"{where}: image", "image_id": image, "by": "image", "plan": f"{index} image"}
    return [*([lent] if own else []), {**source, **changes}]


def types_of(override: Any, source: TemplateSource) -> list[str]:
    return [override["InstanceType"]] if "InstanceType" in override else source["types"]


def read_source(key: str, specification: Any) -> TemplateSource:
    """The version of a launch template that is used now."""
    refers_to = specification.get("Version", "$Default")
    by_id = "LaunchTemplateId" if "LaunchTemplateId" in specification else "LaunchTemplateName"
    request = {by_id: specification[by_id], "Versions": [refers_to]}
    version: Any = ec2.describe_launch_template_versions(**request)["LaunchTemplateVersions"][0]
    template, data = (
        (version["LaunchTemplateId"], version["LaunchTemplateName"]),
        version["LaunchTemplateData"],
    )
    name = f"launch template {template[1]} ({template[0]}) version {version['VersionNumber']}"
    image = data.get("ImageId", "")
    if image.startswith("resolve:"):
        raise Exception(
            f"{name} takes its image from {image}, which a version with an image id would no longer follow: "
            "let the group use a version with an image id."
        )
    by = BY.get(refers_to, "number")
    return {
        "name": name if by == "number" else f"{name} by {refers_to}",
        "image_id": image,
        "types": [data["InstanceType"]] if "InstanceType" in data else [],
        "devices": data.get("BlockDeviceMappings", []),
        "plan": f"{key} {template[0]} {version['VersionNumber']} {by}",
        "by": by,
        "template": template,
        "launched": True,
    }


def refuse_without_image(source: TemplateSource) -> None:
    if not source["image_id"]:
        raise Exception(f"{source['name']} names no image that could be replaced: give it one.")


def refuse_two_ways(sources: list[TemplateSource]) -> None:
    """A new version would be launched at once, before all of them are checked."""
    latest = {source["template"] for source in sources if source["by"] == "latest"}
    for source in sources:
        if source["template"] in latest and source["by"] in ("default", "number"):
            raise Exception(
                f"The mixed instances policy uses launch template {source['template'][1]} both by $Latest "
                "and otherwise: let it refer to that template in one way."
            )
