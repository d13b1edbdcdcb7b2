"""Who else launches the image that a parameter names."""

from collections.abc import Iterator

from shared.answers import read_pages
from shared.data import Data
from shared.ec2_client import ec2
from shared.image_parameter import RESOLVED
from shared.parts import list_parts
from shared.refusals import ask
from shared.template_followers import read_followers

# By id or name a template, and the number of a version, or $Latest, or $Default.
Named = tuple[str, str, str]


def refuse_other_readers(group_name: str, parameter: str, own_template: str) -> None:
    followers = [*read_followers(group_name)]
    used = {one: who for who, use in followers for one in list_named(use)}
    # An override can name a parameter by itself.
    readers = {who for who, use in followers if reads(use, parameter)}
    readers |= {who for one, who in used.items() if reads(read_named(one), parameter)}
    readers |= {who for who, version in read_templates(own_template) if reads(version, parameter)}
    if readers:
        raise Exception(
            f"This run would also change what {', '.join(sorted(readers)[:5])} launches through parameter "
            f"{parameter}: let each read a parameter of its own, or set allowSharedTemplate and run "
            "pulumi up."
        )


def reads(thing: Data, parameter: str) -> bool:
    """Whether it gets every new value. A version stays, and a label is set by people."""
    images = [part.get("ImageId") or "" for part in list_parts(thing)]
    arn = f":parameter/{parameter.removeprefix('/')}"
    return any(
        one.startswith(RESOLVED) and (one == RESOLVED + parameter or one.endswith(arn)) for one in images
    )


def list_named(use: Data) -> set[Named]:
    """AWS answers id and name, and takes one of them."""
    found = set()
    for part in list_parts(use):
        by = "LaunchTemplateId" if part.get("LaunchTemplateId") else "LaunchTemplateName"
        if part.get(by):
            found.add((by, str(part[by]), str(part.get("Version") or "$Default")))
    return found


def read_named(named: Named) -> Data:
    by, template, version = named
    request: Data = {by: template, "Versions": [version]}
    found = ask(lambda: ec2.describe_launch_template_versions(**request), "InvalidLaunchTemplate")
    return found["LaunchTemplateVersions"] if found else []


def read_templates(own_template: str) -> Iterator[tuple[str, Data]]:
    """The default and the latest version of every other template, whether or not anything refers to it."""
    request: Data = {"Versions": ["$Default", "$Latest"], "MaxResults": 200}
    found = read_pages(ec2, "describe_launch_template_versions", "LaunchTemplateVersions", **request)
    for one in found:
        if one["LaunchTemplateId"] != own_template:
            yield f"launch template {one['LaunchTemplateName']}", one["LaunchTemplateData"]
