"""The images that a group launches now, wherever it refers to them."""

from shared.autoscaling_client import autoscaling
from shared.data import Data
from shared.images import find_image
from shared.template_sources import read_template_sources


def read_launched_images(group: Data) -> list[Data]:
    ids = read_image_ids(group)
    images = {image_id: find_image(image_id) for image_id in ids}
    gone = [image_id for image_id, image in images.items() if not image]
    if gone or not images:
        name = group["AutoScalingGroupName"]
        raise Exception(
            f"Auto Scaling group {name} launches from {gone[0] if gone else 'nothing'}, which cannot be "
            "read: set it to an image that exists, or start create-image."
        )
    return [*images.values()]


def read_image_ids(group: Data) -> list[str]:
    name = group.get("LaunchConfigurationName")
    if name:
        found = autoscaling.describe_launch_configurations(LaunchConfigurationNames=[name])
        return [one["ImageId"] for one in found["LaunchConfigurations"]]
    if group.get("LaunchTemplate") or group.get("MixedInstancesPolicy"):
        return sorted({one["image_id"] for one in read_template_sources(group) if one["launched"]})
    return []
