"""New versions of launch templates that name the image."""

from dataclasses import dataclass, field
from functools import partial

from shared.device_snapshots import snapshots_of
from shared.ec2_client import ec2
from shared.made_versions import delete_version
from shared.put_back import Change, make_change
from shared.template_plan import Source
from shared.template_versions import read_version


@dataclass
class NewVersions:
    """What one run makes for one image."""

    image_id: str
    execution_id: str
    # What its descriptions begin with, of which EC2 takes 255 characters with the id.
    title: str
    # The numbers of the successors, by template and version.
    made: dict[tuple[str, str], str] = field(default_factory=dict)


def make_version(new: NewVersions, source: Source, changes: list[Change]) -> None:
    template_id, version, _ = source
    if (template_id, version) in new.made:
        return
    create = partial(
        ec2.create_launch_template_version,
        LaunchTemplateId=template_id,
        SourceVersion=version,
        VersionDescription=f"{new.title} {new.execution_id}",
        LaunchTemplateData={"ImageId": new.image_id},
        ClientToken=f"{new.execution_id}-{template_id}-{version}",
    )
    restore = partial(take_back_version, new, template_id, version)
    answer = make_change(changes, f"the new version of launch template {template_id}", create, restore)
    number = new.made[template_id, version] = str(answer["LaunchTemplateVersion"]["VersionNumber"])
    errors = answer.get("Warning", {}).get("Errors", [])
    wrong = [one.get("Message", one.get("Code", "no reason")) for one in errors]
    refuse_version(template_id, version, number, new.image_id, wrong)


def refuse_version(template_id: str, version: str, number: str, image_id: str, wrong: list[str]) -> None:
    """The group never refers to another image than the one rolled out, nor to another image's snapshots."""
    data = read_version(template_id, number)["LaunchTemplateData"]
    if snapshots_of(data) or data.get("ImageId") != image_id:
        wrong.append(f"it names {data.get('ImageId')} and snapshots {snapshots_of(data)}")
    if wrong:
        raise Exception(
            f"Version {number} of launch template {template_id} is not to be launched ({'; '.join(wrong)}), "
            f"and the group does not refer to it: correct version {version}, from which it was made, and "
            "start the runbook again."
        )


def take_back_version(new: NewVersions, template_id: str, version: str, _: bool) -> str | None:
    """Only a version that this run made, which without an answer only its description says."""
    number = new.made.get((template_id, version))
    if not number:
        latest = read_version(template_id, "$Latest")
        if not latest.get("VersionDescription", "").endswith(new.execution_id):
            return None
        number = str(latest["VersionNumber"])
    return delete_version(template_id, number)
