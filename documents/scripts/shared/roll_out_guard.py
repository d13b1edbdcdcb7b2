"""May this roll-out go on?"""

from shared.earlier_runs import read_earlier_runs
from shared.lost_parent import refuse_lost_parent
from shared.run_records import read_run


def refuse_other_runs(execution_id: str, image_id: str) -> None:
    again = f"this one ends, and the group was not changed; start it again with image {image_id}"
    own = read_run(execution_id)
    for earlier in read_earlier_runs(own):
        raise Exception(
            f"Roll-out {earlier['AutomationExecutionId']} is at work and goes on: {again} when that one has "
            "ended."
        )
    refuse_lost_parent(own, again)
