"""Does a launch template contradict an encrypted image?"""

from shared.data import Data
from shared.devices import volumes_of
from shared.image_source import ImageSource


def refuse_unencrypted(source: ImageSource, image: Data) -> None:
    """A launch configuration that we make says nothing of it."""
    volumes = volumes_of(image)
    for name, said in volumes_of({"BlockDeviceMappings": source["devices"]}).items():
        if said.get("Encrypted") is False and volumes.get(name, {}).get("Encrypted"):
            raise Exception(
                f"{source['name']} says that {name} is not encrypted, but in image {image['ImageId']} it is: "
                "leave that out there."
            )
