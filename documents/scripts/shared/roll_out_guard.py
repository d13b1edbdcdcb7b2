"""May this roll-out go on?"""

from typing import Any

from shared.earlier_runs import read_earlier_runs
from shared.final_statuses import FINAL
from shared.groups import find_group, fingerprint
from shared.run_records import read_run


def refuse_other_runs(execution_id: str, image_id: str) -> None:
    for earlier in read_earlier_runs(execution_id):
        raise Exception(
            f"Roll-out {earlier['AutomationExecutionId']}, which started at {earlier['ExecutionStartTime']}, "
            "is at work and goes on: this one ends, and the group was not changed; start it again with "
            f"image {image_id} when that one has ended."
        )
    refuse_ended_parent(read_run(execution_id).get("ParentAutomationExecutionId"), image_id)


def refuse_ended_parent(parent_id: str | None, image_id: str) -> None:
    """Who cancels the run that started this one wants nothing of it any more."""
    status = read_run(parent_id)["AutomationExecutionStatus"] if parent_id else "none"
    if status in (*FINAL, "Cancelling"):
        raise Exception(
            f"Run {parent_id}, which started this roll-out, is {status}: this one ends, and the group was "
            f"not changed; start it again with image {image_id}, if that is wanted."
        )


def read_unchanged_group(name: str, seen: str) -> Any:
    """Somebody may have changed it since this run looked."""
    group = find_group(name)
    if fingerprint(group) != seen:
        raise Exception(
            f"Auto Scaling group {name} does not use any more what it used when this run began, and was left "
            "as it is: see who changed it, and start the runbook again."
        )
    return group
