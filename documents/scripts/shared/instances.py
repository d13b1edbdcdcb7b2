"""The golden instance."""

from botocore.exceptions import ClientError

from shared.data import Data
from shared.ec2_client import ec2


def read_instance(instance_id: str) -> Data:
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
