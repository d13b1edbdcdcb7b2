"""May the group's instances use the keys of an image's volumes?"""

from shared.booleans import is_true
from shared.data import Data
from shared.devices import volumes_of
from shared.ec2_client import ec2
from shared.kms_client import kms


def refuse_unready_keys(image: Data, present: list[Data], customer_key_ready: object, group: Data) -> None:
    """Instances under a key that the group's role may not use end at once, and nobody hears of it."""
    new = [one.get("SnapshotId") for one in volumes_of(image).values() if one.get("Encrypted")]
    if is_true(customer_key_ready) or not any(new):
        return
    old = [one.get("SnapshotId") for now in present for one in volumes_of(now).values()]
    # A filter, because of an id that is gone EC2 makes an error.
    filters: Data = [{"Name": "snapshot-id", "Values": sorted({*new, *old} - {None})}]
    found = ec2.describe_snapshots(Filters=filters)["Snapshots"]
    keys = {one["SnapshotId"]: one["KmsKeyId"] for one in found if "KmsKeyId" in one}
    for key in sorted({keys[one] for one in new if one in keys} - {keys.get(one) for one in old}):
        if is_customers(key):
            role = group.get("ServiceLinkedRoleARN", "AWSServiceRoleForAutoScaling")
            raise Exception(
                f"A volume of image {image['ImageId']} is under customer KMS key {key}, which the present "
                f"image does not use: allow {role} to use it and to make grants, set customerKeyReady, and "
                "run pulumi up."
            )


def is_customers(key: str) -> bool:
    try:
        return kms.describe_key(KeyId=key)["KeyMetadata"]["KeyManager"] == "CUSTOMER"
    except kms.exceptions.ClientError as error:
        # The role may look at the keys that the component saw; any other has to be declared ready.
        if error.response["Error"]["Code"] not in ("AccessDeniedException", "NotFoundException"):
            raise
        return True
