"""From what the volumes of an image, a launch configuration or a version of a launch template are filled."""

from shared.data import Data


def snapshots_of(mapped: Data) -> list[str]:
    volumes = [device.get("Ebs", {}) for device in mapped.get("BlockDeviceMappings", [])]
    return sorted(volume["SnapshotId"] for volume in volumes if volume.get("SnapshotId"))
