"""The golden instance."""

from shared.data import Data
from shared.ec2_client import ec2


def read_instance(instance_id: str) -> Data:
    """None where it does not exist."""
    # A filter, because of an id that does not exist EC2 makes an error.
    found = ec2.describe_instances(Filters=[{"Name": "instance-id", "Values": [instance_id]}])
    return next((instance for one in found["Reservations"] for instance in one["Instances"]), None)
