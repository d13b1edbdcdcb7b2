"""What an image, a launch configuration or a version of a launch template says of volumes."""

from shared.data import Data


def volumes_of(mapped: Data) -> dict[str, Data]:
    """By the names of their devices."""
    devices = (mapped or {}).get("BlockDeviceMappings", [])
    return {device["DeviceName"]: device["Ebs"] for device in devices if "Ebs" in device}


def snapshots_of(mapped: Data) -> list[str]:
    """What the volumes are filled from."""
    return sorted(one["SnapshotId"] for one in volumes_of(mapped).values() if one.get("SnapshotId"))
