"""The golden instance, and images of it, in moto's account."""

from typing import Any

import boto3

from shared.ec2_client import ec2
from support import Outcome

GROUP = "web"
# Moto takes one that does not exist, too.
BASE_IMAGE = "ami-12c6146b"

# One that no test listens to.
outside = boto3.client("ec2")


def launch_instance() -> str:
    """Running, with one EBS volume."""
    answer = ec2.run_instances(ImageId=BASE_IMAGE, MinCount=1, MaxCount=1, InstanceType="t3.micro")
    return answer["Instances"][0]["InstanceId"]


def make_tagged_image(asked: Any) -> Outcome:
    """An answer to CreateImage: moto itself gives the snapshots no tags."""
    tags = {one["ResourceType"]: one["Tags"] for one in asked["TagSpecifications"]}
    alone: Any = [{"ResourceType": "image", "Tags": tags["image"]}]
    made = outside.create_image(**{**asked, "TagSpecifications": alone})
    image = outside.describe_images(ImageIds=[made["ImageId"]])["Images"][0]
    snapshots = [one["Ebs"]["SnapshotId"] for one in image["BlockDeviceMappings"]]
    outside.create_tags(Resources=snapshots, Tags=tags["snapshot"])
    return {"ImageId": made["ImageId"]}
