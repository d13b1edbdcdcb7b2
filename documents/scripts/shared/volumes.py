"""Do the volumes of an image fit what is said of them where it is to be launched?"""

from shared.data import Data
from shared.devices import volumes_of
from shared.image_source import ImageSource


def refuse_volumes(source: ImageSource, image: Data, present: Data) -> None:
    """A volume smaller than its snapshot is not launched; one that the image does not fill is empty.

    A mapping without "Ebs" leaves a device of the image out (NoDevice), or names a disk of the host.
    """
    volumes, filled_now = volumes_of(image), volumes_of(present)
    for name, volume in volumes_of({"BlockDeviceMappings": source["devices"]}).items():
        size = volumes.get(name, {}).get("VolumeSize", 0)
        if volume.get("VolumeSize", size) < size:
            raise Exception(
                f"{source['name']} gives {name} {volume['VolumeSize']} GiB, less than the {size} of image "
                f"{image['ImageId']}: give it at least as much there."
            )
        filled = volume.get("SnapshotId") or filled_now.get(name, {}).get("SnapshotId")
        if filled and name not in volumes:
            raise Exception(
                f"{source['name']} has {name}, which image {image['ImageId']} does not have, filled from "
                f"snapshot {filled}: give the golden instance such a volume, or take it out there."
            )
