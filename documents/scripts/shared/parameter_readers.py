"""Who else launches the image that a parameter names."""

from shared.answers import read_pages
from shared.data import Data
from shared.ec2_client import ec2
from shared.image_parameter import RESOLVED
from shared.parts import list_parts
from shared.refusals import ask
from shared.template_followers import read_followers

# By the id or the name of a template, and the number of a version, $Latest or $Default.
Images = dict[tuple[str, str], str]


def refuse_other_readers(group_name: str, parameter: str, own_template: str) -> None:
    versions = read_current_versions()
    # Any other template counts, whether or not anything refers to it; the group's own where others do.
    others = [one for one in versions if one["LaunchTemplateId"] != own_template]
    readers = {
        f"launch template {one['LaunchTemplateName']}" for one in others if reads(image_of(one), parameter)
    }
    images = list_images(versions)
    for who, use in read_followers(group_name):
        # An override can name a parameter by itself.
        for part in list_parts(use):
            if reads(part.get("ImageId"), parameter) or reads(find_image_of(part, images), parameter):
                readers.add(who)
    if readers:
        raise Exception(
            f"This run would also change what {', '.join(sorted(readers)[:5])} launches through parameter "
            f"{parameter}: let each read a parameter of its own, or set allowSharedTemplate and run "
            "pulumi up."
        )


def reads(image: str | None, parameter: str) -> bool:
    """Whether it is every new value. A version stays, and a label is set by people."""
    name = (image or "").removeprefix(RESOLVED)
    return name != image and (name == parameter or name.endswith(f":parameter/{parameter.removeprefix('/')}"))


def read_current_versions() -> list[Data]:
    """The default and the latest version of every template, a later one behind an earlier one."""
    request: Data = {"Versions": ["$Default", "$Latest"], "MaxResults": 200}
    found = read_pages(ec2, "describe_launch_template_versions", "LaunchTemplateVersions", **request)
    return sorted(found, key=lambda one: one["VersionNumber"])


def image_of(version: Data) -> str:
    return str(version["LaunchTemplateData"].get("ImageId", ""))


def list_images(versions: list[Data]) -> Images:
    images: Images = {}
    for one in versions:
        words = ["$Latest", str(one["VersionNumber"])] + (["$Default"] if one["DefaultVersion"] else [])
        for template in (one["LaunchTemplateId"], one["LaunchTemplateName"]):
            images |= {(template, word): image_of(one) for word in words}
    return images


def find_image_of(part: Data, images: Images) -> str:
    """The image of the version that it refers to; nothing where it refers to none, or to one that is gone."""
    by = "LaunchTemplateId" if part.get("LaunchTemplateId") else "LaunchTemplateName"
    if not part.get(by):
        return ""
    named = (part[by], str(part.get("Version") or "$Default"))
    if named not in images:
        request: Data = {by: named[0], "Versions": [named[1]]}
        found = ask(lambda: ec2.describe_launch_template_versions(**request), "InvalidLaunchTemplate")
        images[named] = image_of(found["LaunchTemplateVersions"][0]) if found else ""
    return images[named]
