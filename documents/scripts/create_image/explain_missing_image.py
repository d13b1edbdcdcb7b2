"""Says why the image did not become available."""

from typing import NoReturn, TypedDict

from shared.ec2_client import ec2


class Event(TypedDict):
    ImageId: str
    InstanceId: str


def explain_missing_image(event: Event, _context: object) -> NoReturn:
    image_id = event["ImageId"]
    raise Exception(
        f"Image {image_id} of golden instance {event['InstanceId']} did not become available, for which the "
        f"run waits up to 12 hours: it {describe_outcome(image_id)}; the group was not changed: look at it, "
        "and start the runbook again."
    )


def describe_outcome(image_id: str) -> str:
    try:
        images = ec2.describe_images(ImageIds=[image_id])["Images"]
    except ec2.exceptions.ClientError as error:
        return f"cannot be read ({error.response['Error']['Code']})"
    if not images:
        return "does not exist any more"
    reason = images[0].get("StateReason", {}).get("Message")
    return f"is {images[0]['State']}" + (f" ({reason})" if reason else "")
