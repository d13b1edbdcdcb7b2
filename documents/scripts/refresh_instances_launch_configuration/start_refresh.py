"""Sets the group to the launch configuration and begins to replace its instances."""

from functools import partial

from shared.data import Data
from shared.group_configuration import set_configuration
from shared.handed_on import read_handed_on
from shared.refresh_beginning import BeginningEvent, begin_refresh, build_request


def start_refresh(event: BeginningEvent, _context: object) -> dict[str, str]:
    made = read_handed_on(event["HandedOn"])["LaunchConfigurationName"]
    return begin_refresh(event, partial(request_refresh, event, made), partial(change_group, made))


def request_refresh(event: BeginningEvent, made: str, group: Data) -> Data:
    return build_request(event, group, is_new=made != group["LaunchConfigurationName"])


def change_group(made: str, group: Data) -> None:
    if made != group["LaunchConfigurationName"]:
        set_configuration(group["AutoScalingGroupName"], made)
