"""The volumes of an image."""

from shared.data import Data


def volumes_of(mapped: Data) -> dict[str, Data]:
    """By the names of their devices."""
    devices = (mapped or {}).get("BlockDeviceMappings", [])
    return {device["DeviceName"]: device["Ebs"] for device in devices if "Ebs" in device}
