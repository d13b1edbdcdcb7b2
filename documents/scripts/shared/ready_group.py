"""What a step looks at right before it changes the group."""

from shared.data import Data
from shared.groups import find_group, fingerprint
from shared.roll_out_guard import refuse_other_runs


def read_ready_group(event: Data) -> Data:
    """The group, where it is what it was when this run began, and no other run goes on instead."""
    refuse_other_runs(event["ExecutionId"], event["ImageId"])
    name = event["AutoScalingGroupName"]
    group = find_group(name)
    if fingerprint(group) != event["Before"]["Seen"]:
        raise Exception(
            f"Auto Scaling group {name} does not use any more what it used when this run began, and was left "
            "as it is: see who changed it, and start the runbook again."
        )
    return group
