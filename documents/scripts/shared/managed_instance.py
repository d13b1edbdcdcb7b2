"""Does Systems Manager reach the agent of an instance?"""

from shared.data import Data
from shared.ssm_client import ssm

REACHED = "Online"


def read_ping(instance: Data) -> str:
    """Online, ConnectionLost or Inactive; unknown of one that it does not manage, or that is stopped."""
    filters: Data = [{"Key": "InstanceIds", "Values": [instance["InstanceId"]]}]
    found: list[Data] = ssm.describe_instance_information(Filters=filters)["InstanceInformationList"]
    if not found:
        return "unknown"
    # What was heard before the instance was started is no news of it.
    is_old = found[0].get("LastPingDateTime", instance["LaunchTime"]) < instance["LaunchTime"]
    return "ConnectionLost" if is_old else str(found[0]["PingStatus"])


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
