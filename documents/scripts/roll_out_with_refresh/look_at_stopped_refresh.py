"""Is the group back on what it launched before the refresh that was stopped?"""

from typing import TypedDict

from shared.refreshes import find_refresh
from shared.remaining_group import read_remaining_group
from shared.source_state import read_source_state


class Event(TypedDict):
    AutoScalingGroupName: str
    StoppedRefresh: str
    State: str


def look_at_stopped_refresh(event: Event, _context: object) -> dict[str, str]:
    """Only then is what it launches what was before; else its image says what was."""
    name = event["AutoScalingGroupName"]
    refresh = find_refresh(name, event["StoppedRefresh"])
    if not refresh:
        is_back = False
    elif refresh.get("DesiredConfiguration"):
        # AWS changes the group when it has succeeded.
        is_back = refresh["Status"] != "Successful"
    else:
        is_back = read_source_state(read_remaining_group(name)) != event["State"]
    return {"IsBack": str(is_back).lower()}
