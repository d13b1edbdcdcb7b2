"""Says why the golden instance was not patched, in the words of the run that was to do so."""

from typing import NoReturn, TypedDict

from shared.started_run import explain_started_run


class Event(TypedDict):
    InstanceId: str
    PatchExecutionId: str


def explain_failed_patch(event: Event, _context: object) -> NoReturn:
    instance_id, patch_id = event["InstanceId"], event["PatchExecutionId"]
    raise Exception(
        explain_started_run(
            patch_id,
            f"Run {patch_id}, which patches golden instance {instance_id},",
            not_started=f"Golden instance {instance_id} was not patched, and no image was made: look at step "
            "patch of this run for AWS's reason, and start the runbook again when it is mended.",
            look="look at what it does with the instance, of which no image was made",
            repair="start the runbook again when that is mended; no image was made",
        )
    )
