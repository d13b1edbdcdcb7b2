"""Says why the roll-out failed, in its own words."""

from typing import NoReturn, TypedDict

from shared.started_run import explain_started_run


class Event(TypedDict):
    ImageId: str
    RollOutExecutionId: str


def explain_failed_roll_out(event: Event, _context: object) -> NoReturn:
    image_id, roll_out_id = event["ImageId"], event["RollOutExecutionId"]
    raise Exception(
        explain_started_run(
            roll_out_id,
            f"Roll-out {roll_out_id} of image {image_id}",
            not_started=f"The roll-out of image {image_id} was not started, and the group was not changed: "
            "look at step rollOut of this run for AWS's reason, and start the roll-out runbook with this "
            "image when it is mended.",
            look="look at what it does to the group",
            repair="start the roll-out runbook with this image when that is mended",
        )
    )
