"""How things are deleted: what cannot be is kept, and does not stop the rest."""

import time
from collections.abc import Callable

from botocore.exceptions import BotoCoreError, ClientError

from shared.answers import read_pages
from shared.autoscaling_client import autoscaling
from shared.data import Data
from shared.ec2_client import ec2
from shared.naming import read_images
from shared.refusals import error_code

# Of the ten minutes that a script has.
BUSY_SECONDS = 400
NO_TIME = "no time was left"
DENIED = ("AccessDenied", "AccessDeniedException", "UnauthorizedOperation")
GONE_VERSIONS = ("launchTemplateVersionDoesNotExist", "InvalidLaunchTemplateId.NotFound")


class Job:
    """What was deleted, or in a dry run would be, and what was kept."""

    def __init__(self, dry: bool) -> None:
        self.dry = dry
        self.retired: list[str] = []
        self.kept: list[str] = []
        self.denied: dict[str, list[Exception]] = {}
        self.deadline = time.time() + BUSY_SECONDS

    def keep(self, what: str, why: object) -> None:
        self.kept.append(f"{what} ({why})"[:400])

    def count(self, kind: str) -> int:
        return sum(what.startswith(kind) for what in self.retired)

    def is_late(self) -> bool:
        return time.time() > self.deadline

    def delete(self, what: str, call: Callable[[], Data], is_gone: Callable[[Exception], bool]) -> Data:
        """AWS's answer, or None where it stays.

        What is gone counts as deleted: another run may have been faster, or an answer was lost. Of what is
        gone IAM finds no tag, and denies.
        """
        if self.is_late():
            self.keep(what, NO_TIME)
            return None
        answer: Data = {}
        try:
            answer = {} if self.dry else call()
        except (BotoCoreError, ClientError) as error:
            if not is_gone(error):
                if error_code(error) in DENIED:
                    self.denied.setdefault(what.partition(" ")[0], []).append(error)
                self.keep(what, error)
                return None
        self.retired.append(what)
        return answer

    def refuse_denials(self) -> None:
        """A policy can forbid one thing explicitly, night after night; else the permission is missing."""
        for kind, errors in self.denied.items():
            if not self.count(kind) and (len(errors) > 3 or "explicit deny" not in str(errors[0])):
                raise errors[0]


def delete_configuration(job: Job, name: str) -> Data:
    look: Data = {"LaunchConfigurationNames": [name]}
    return job.delete(
        f"launch configuration {name}",
        lambda: autoscaling.delete_launch_configuration(LaunchConfigurationName=name),
        lambda _: not autoscaling.describe_launch_configurations(**look)["LaunchConfigurations"],
    )


def delete_versions(job: Job, template_id: str, numbers: list[str]) -> Data:
    return job.delete(
        f"version {', '.join(numbers)} of launch template {template_id}",
        lambda: call_for_versions(template_id, numbers),
        lambda error: error_code(error) in GONE_VERSIONS,
    )


def call_for_versions(template_id: str, numbers: list[str]) -> Data:
    """Versions are refused in an answer that looks like success."""
    answer = ec2.delete_launch_template_versions(LaunchTemplateId=template_id, Versions=numbers)
    for failed in answer.get("UnsuccessfullyDeletedLaunchTemplateVersions", []):
        if failed["ResponseError"]["Code"] not in GONE_VERSIONS:
            raise ClientError({"Error": {**failed["ResponseError"]}}, "DeleteLaunchTemplateVersions")
    return answer


def delete_image(job: Job, image_id: str, with_snapshots: bool) -> bool:
    """With its snapshots in the same call, where Automation's boto3 knows of that."""
    request: Data = {"ImageId": image_id}
    shape: Data = ec2.meta.service_model.operation_model("DeregisterImage").input_shape
    if with_snapshots and "DeleteAssociatedSnapshots" in shape.members:
        request["DeleteAssociatedSnapshots"] = True
    answer = job.delete(
        f"image {image_id}",
        lambda: ec2.deregister_image(**request),
        lambda _: image_id not in read_images([image_id]),
    )
    results = (answer or {}).get("DeleteSnapshotResults", [])
    job.retired += [f"snapshot {one['SnapshotId']}" for one in results if one["ReturnCode"] == "success"]
    return answer is not None


def delete_snapshot(job: Job, snapshot_id: str) -> None:
    look: Data = {"Filters": [{"Name": "snapshot-id", "Values": [snapshot_id]}]}
    job.delete(
        f"snapshot {snapshot_id}",
        lambda: ec2.delete_snapshot(SnapshotId=snapshot_id),
        lambda _: not read_pages(ec2, "describe_snapshots", "Snapshots", **look),
    )
