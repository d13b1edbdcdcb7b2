"""Does Systems Manager reach the agent of an instance?"""

from shared.data import Data
from shared.ssm_client import ssm

REACHED = "Online"


def read_ping(instance_id: str) -> str:
    """Online, ConnectionLost or Inactive; unknown where Systems Manager has not seen it for long."""
    filters: Data = [{"Key": "InstanceIds", "Values": [instance_id]}]
    found = ssm.describe_instance_information(Filters=filters)["InstanceInformationList"]
    return str(found[0]["PingStatus"]) if found else "unknown"


def describe_missing(ping: str) -> str:
    """What has to be done about it."""
    if ping == "unknown":
        return (
            "Systems Manager does not manage it: let its instance profile have AmazonSSMManagedInstanceCore, "
            "and see that its agent runs and reaches Systems Manager"
        )
    return (
        f"Systems Manager does not reach its agent, which is {ping}: see that the agent runs and that its "
        "network leads to Systems Manager"
    )
