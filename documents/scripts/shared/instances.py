"""The golden instance."""

from typing import Any

from botocore.exceptions import ClientError

from shared.ec2_client import ec2


def read_instance(instance_id: str) -> Any:
    try:
        reservations = ec2.describe_instances(InstanceIds=[instance_id])["Reservations"]
    except ClientError as error:
        if error.response["Error"]["Code"] != "InvalidInstanceID.NotFound":
            raise
        reservations = []
    for reservation in reservations:
        return reservation["Instances"][0]
    raise Exception(
        f"Golden instance {instance_id} does not exist in this Region: set instanceId in the component and "
        "run pulumi up."
    )
