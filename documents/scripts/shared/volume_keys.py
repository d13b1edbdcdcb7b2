"""May the group's instances use the keys of an image's volumes?"""

from botocore.exceptions import ClientError

from shared.booleans import is_true
from shared.data import Data
from shared.devices import snapshots_of, volumes_of
from shared.ec2_client import ec2
from shared.kms_client import kms


def refuse_unready_keys(image: Data, present: list[Data], customer_key_ready: object) -> None:
    """Instances under a key that the group's role may not use end at once, and nobody hears of it."""
    if is_true(customer_key_ready) or not any(one.get("Encrypted") for one in volumes_of(image).values()):
        return
    for key in sorted(read_keys([image]) - read_keys(present)):
        if is_customers(key):
            raise Exception(
                f"A volume of image {image['ImageId']} is under customer KMS key {key}, which the present "
                "image does not use: allow AWSServiceRoleForAutoScaling to use it and to make grants, as the "
                "documentation of customerKeyReady says, set that in the component, and run pulumi up."
            )


def read_keys(images: list[Data]) -> set[str]:
    ids = sorted({snapshot_id for image in images for snapshot_id in snapshots_of(image)})
    # A filter, because of an id that is gone EC2 makes an error.
    found = (
        ec2.describe_snapshots(Filters=[{"Name": "snapshot-id", "Values": ids}])["Snapshots"] if ids else []
    )
    return {snapshot["KmsKeyId"] for snapshot in found if "KmsKeyId" in snapshot}


def is_customers(key: str) -> bool:
    try:
        return kms.describe_key(KeyId=key)["KeyMetadata"]["KeyManager"] == "CUSTOMER"
    except ClientError as error:
        # The role may look at the keys that the component saw; any other has to be declared ready.
        if error.response["Error"]["Code"] not in ("AccessDeniedException", "NotFoundException"):
            raise
        return True
