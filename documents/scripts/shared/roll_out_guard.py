"""May this roll-out go on?"""

from shared.earlier_runs import read_earlier_runs
from shared.run_records import read_run


def refuse_other_runs(execution_id: str, image_id: str) -> None:
    again = f"this one ends, and the group was not changed; start it again with image {image_id}"
    own = read_run(execution_id)
    for earlier in read_earlier_runs(own):
        raise Exception(
            f"Roll-out {earlier['AutomationExecutionId']} is at work and goes on: {again} when that one has "
            "ended."
        )
    parent = own.get("ParentAutomationExecutionId")
    status = read_run(parent)["AutomationExecutionStatus"] if parent else ""
    # Who cancels the run that started this one wants nothing of it any more.
    if status.startswith(("Cancel", "Failed", "TimedOut")):
        raise Exception(
            f"Run {parent}, which started this roll-out, is {status}: {again}, if that is wanted."
        )
