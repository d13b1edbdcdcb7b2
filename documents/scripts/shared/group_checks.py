"""May the group be changed at all?"""

from shared.autoscaling_client import autoscaling
from shared.data import Data
from shared.existing_group import read_existing_group


def read_changeable_group(name: str, runbook_is_for: str, *references: str) -> Data:
    group = read_existing_group(name)
    # An update with a launch configuration would discard a template.
    if not any(group.get(one) for one in references):
        raise Exception(
            f"Auto Scaling group {name} launches from another kind of source now, but this runbook is for "
            f"{runbook_is_for}: run pulumi up."
        )
    # A refresh may roll back to what the group launches now, and takes back what is changed meanwhile.
    ended = ("Successful", "Failed", "Cancelled", "RollbackSuccessful", "RollbackFailed")
    for one in autoscaling.describe_instance_refreshes(AutoScalingGroupName=name)["InstanceRefreshes"]:
        if one["Status"] not in ended:
            raise Exception(
                f"Instance refresh {one['InstanceRefreshId']} of Auto Scaling group {name} is "
                f"{one['Status']}: wait for its end, or cancel it, and start the runbook again."
            )
    return group
