"""Does a launch template contradict an encrypted image?"""

from shared.data import Data
from shared.devices import volumes_of
from shared.image_fit import ImageSource


def refuse_unencrypted(source: ImageSource, image: Data) -> None:
    """A launch configuration that we make says nothing of it."""
    said = volumes_of({"BlockDeviceMappings": source["devices"]})
    for name, volume in volumes_of(image).items():
        if volume.get("Encrypted") and said.get(name, {}).get("Encrypted") is False:
            raise Exception(
                f"{source['name']} says that {name} is not encrypted, but in image {image['ImageId']} it is: "
                "leave that out there."
            )
