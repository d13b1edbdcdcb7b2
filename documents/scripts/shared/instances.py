"""The golden instance."""

from typing import Any

from botocore.exceptions import ClientError

from shared.answers import error_code
from shared.ec2_client import ec2


def read_instance(instance_id: str) -> Any:
    try:
        reservations = ec2.describe_instances(InstanceIds=[instance_id])["Reservations"]
    except ClientError as error:
        if error_code(error) != "InvalidInstanceID.NotFound":
            raise
        reservations = []
    instances = [instance for reservation in reservations for instance in reservation["Instances"]]
    if not instances:
        raise Exception(
            f"Golden instance {instance_id} does not exist in this Region: set instanceId in the component "
            "and run pulumi up."
        )
    return instances[0]
