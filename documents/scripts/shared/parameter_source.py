"""The parameter that says which image a group with a launch template launches."""

import re

from shared.data import Data
from shared.fingerprint import fingerprint
from shared.image_parameter import IMAGE_TYPE, RESOLVED, read_parameter
from shared.image_source import ImageSource
from shared.template_versions import read_version


class ParameterSource(ImageSource):
    parameter: str
    # Of its value.
    version: int
    # What a run looks at, for a later step to compare.
    seen: str


def read_parameter_source(group: Data) -> ParameterSource:
    specification = group["LaunchTemplate"]
    refers_to = specification.get("Version", "$Default")
    version = read_version(specification["LaunchTemplateId"], refers_to)
    data, number = version["LaunchTemplateData"], version["VersionNumber"]
    template = f"launch template {version['LaunchTemplateName']} ({version['LaunchTemplateId']})"
    where = f"{template} version {number}" + (f" by {refers_to}" if refers_to.startswith("$") else "")
    name = read_name(where, data.get("ImageId", "no image"))
    parameter = read_image_parameter(where, name)
    seen = [fingerprint(group), str(number), name, str(parameter["Version"]), parameter["Value"]]
    return {
        "name": f"parameter {name} of {where}",
        "image_id": parameter["Value"],
        "types": [data["InstanceType"]] if "InstanceType" in data else [],
        "devices": data.get("BlockDeviceMappings", []),
        "names_tokens": "HttpTokens" in data.get("MetadataOptions", {}),
        "parameter": name,
        "version": parameter["Version"],
        "seen": " ".join(seen),
    }


def read_name(where: str, image: str) -> str:
    if not image.startswith(RESOLVED):
        raise Exception(
            f"{where[0].upper()}{where[1:]} names {image}, but this runbook is for an image that a parameter "
            "names: run pulumi up."
        )
    name = image.removeprefix(RESOLVED)
    # A version or a label stands behind a colon, and in an ARN there are more of them.
    if not re.fullmatch(r"[A-Za-z0-9_./-]+", name):
        raise Exception(
            f"{where[0].upper()}{where[1:]} takes its image from {image}, which is not the bare name of a "
            "parameter: let it name a parameter of this account without an ARN, a version or a label."
        )
    return name


def read_image_parameter(where: str, name: str) -> Data:
    found = read_parameter(name)
    if found.get("DataType") != IMAGE_TYPE:
        raise Exception(
            f"Parameter {name}, from which {where} takes its image, is of data type {found.get('DataType')}, "
            f"which AWS does not check: make a parameter of data type {IMAGE_TYPE}, and let the template "
            "name that one."
        )
    return found
