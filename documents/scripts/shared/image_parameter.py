"""The parameter of Systems Manager from which a launch template takes its image."""

from botocore.exceptions import ClientError

from shared.data import Data
from shared.refusals import error_code
from shared.ssm_client import ssm

# In a launch template the parameter's name follows.
RESOLVED = "resolve:ssm:"
# The data type with which AWS looks whether the value is an image.
IMAGE_TYPE = "aws:ec2:image"


def read_parameter(name: str) -> Data:
    try:
        return look_at_parameter(name)
    except ClientError as error:
        raise explain_parameter(name, error) from error


def look_at_parameter(name: str) -> Data:
    return ssm.get_parameter(Name=name)["Parameter"]


def write_parameter(name: str, image_id: str) -> None:
    ssm.put_parameter(Name=name, Value=image_id, Type="String", DataType=IMAGE_TYPE, Overwrite=True)


def explain_parameter(name: str, error: Exception) -> Exception:
    """What to raise: the permissions were made for the parameter that the template named then."""
    said = str(error).rstrip(".")
    if error_code(error) == "AccessDeniedException" and "Parameter operation" in said:
        return Exception(f"{said}: run pulumi up, because the permissions are for one parameter.")
    if error_code(error).startswith("ParameterNotFound"):
        return Exception(
            f"Parameter {name}, from which the group's launch template takes its image, does not exist in "
            f"this Region: make it, with data type {IMAGE_TYPE}, or let the template name another one."
        )
    return error
