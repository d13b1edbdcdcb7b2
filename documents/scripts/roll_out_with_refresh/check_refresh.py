"""Refuses what no refresh of this group could do, and stops one that runs where that is wanted."""

from typing import TypedDict

from shared.autoscaling_client import autoscaling
from shared.booleans import is_true
from shared.cloudwatch_client import cloudwatch
from shared.data import Data
from shared.earlier_runs import read_earlier_runs
from shared.existing_group import read_existing_group
from shared.history_tags import ROLLED_OUT_TAG
from shared.image_ownership import tags_of
from shared.images import find_image
from shared.refresh_entries import read_entries
from shared.refresh_rules import find_no_match, find_no_way_back
from shared.refreshes import find_active_refresh, stop_refresh
from shared.roll_out_guard import refuse_other_runs
from shared.run_records import read_run
from shared.source_state import read_source_state

# Without one of these no instance is replaced, or a new one is launched of which nobody ever learns that
# it is healthy.
NEEDED = ("Launch", "Terminate", "InstanceRefresh", "HealthCheck")
BALANCERS = ("LoadBalancerNames", "TargetGroupARNs", "TrafficSources")
WATCHING = ("Alarms=", "CheckpointPercentages=", "CheckpointDelay=", "BakeTime=")


class Event(TypedDict):
    ExecutionId: str
    ImageId: str
    AutoScalingGroupName: str
    InstanceRefresh: list[str]
    StopRefresh: str


def check_refresh(event: Event, _context: object) -> dict[str, Data]:
    name = event["AutoScalingGroupName"]
    group = read_existing_group(name)
    entries = list_entries(event)
    given = read_entries(entries)
    refuse_suspended(group)
    refuse_rolling_back(group, given)
    refuse_skipping(group, given)
    refuse_root_volumes(group, given)
    refuse_alarms(given.get("Alarms", []))
    found = {"InstanceRefresh": entries, "StoppedRefresh": "none", "EarlierRun": "none", "State": "none"}
    active = find_active_refresh(name)
    if active and is_true(event["StopRefresh"]):
        return {**found, **stop_for(event, group, active)}
    refuse_other_runs(event["ExecutionId"], event["ImageId"])
    refuse_active(name, active)
    return found


def list_entries(event: Event) -> list[str]:
    """What watches over a new image has nothing to say about one that the group has launched before."""
    image_id = event["ImageId"]
    is_back = image_id == "previous" or ROLLED_OUT_TAG in tags_of(find_image(image_id) or {})
    return [one for one in event["InstanceRefresh"] if not (is_back and one.startswith(WATCHING))]


def stop_for(event: Event, group: Data, active: Data) -> dict[str, str]:
    """What the steps need that wait for it, and for the roll-out to which it belonged."""
    earlier = read_earlier_runs(read_run(event["ExecutionId"]))
    run_id = earlier[0]["AutomationExecutionId"] if earlier else "none"
    # It is compared with what the group launches from afterwards: back already is never the same.
    state = "back" if earlier and is_back(event["ImageId"], group, run_id) else read_source_state(group)
    stop_refresh(group["AutoScalingGroupName"], active)
    return {"StoppedRefresh": active["InstanceRefreshId"], "EarlierRun": run_id, "State": state}


def is_back(wanted: str, group: Data, run_id: str) -> bool:
    """Whether the refresh of that roll-out replaces instances once more, on the way back.

    Only where the group has a launch configuration. The group launches then what it launched before.
    """
    configuration = group.get("LaunchConfigurationName")
    if not configuration:
        return False
    rolled_out = read_run(run_id)["Parameters"]["ImageId"][0]
    if rolled_out == wanted == "previous":
        raise Exception(
            f"Roll-out {run_id} goes back to the image before, and Auto Scaling group "
            f"{group['AutoScalingGroupName']} may be on its way to it or from it: start this one with an "
            "ImageId instead of the word previous."
        )
    found = autoscaling.describe_launch_configurations(LaunchConfigurationNames=[configuration])
    launched = [one["ImageId"] for one in found["LaunchConfigurations"]]
    return rolled_out not in ("previous", *launched)


def refuse_active(name: str, active: Data) -> None:
    if active:
        raise Exception(
            f"Instance refresh {active['InstanceRefreshId']} of Auto Scaling group {name} is "
            f"{active['Status']}: wait for its end, or start the roll-out with StopRefresh true, and it is "
            "rolled back or cancelled first."
        )


def refuse_suspended(group: Data) -> None:
    suspended = [one["ProcessName"] for one in group.get("SuspendedProcesses", [])]
    needed = (*NEEDED, "AddToLoadBalancer") if any(group.get(one) for one in BALANCERS) else NEEDED
    found = [one for one in needed if one in suspended]
    if found:
        raise Exception(
            f"Auto Scaling group {group['AutoScalingGroupName']} has suspended {', '.join(found)}, and an "
            "instance refresh needs it: resume it and start the runbook again."
        )


def refuse_rolling_back(group: Data, given: dict[str, list[str]]) -> None:
    """Of a launch configuration the runbook goes back by itself."""
    reason = find_no_way_back(group)
    if given.get("AutoRollback") == ["true"] and reason and "LaunchConfigurationName" not in group:
        raise Exception(
            f"Auto Scaling group {group['AutoScalingGroupName']} cannot be rolled back, because {reason}: "
            "let it refer to launch templates by the numbers of versions and name instance types, or set "
            "instanceRefresh.autoRollback to false."
        )


def refuse_skipping(group: Data, given: dict[str, list[str]]) -> None:
    reason = find_no_match(group)
    if given.get("SkipMatching") == ["true"] and reason:
        raise Exception(
            f"Auto Scaling group {group['AutoScalingGroupName']} cannot skip instances that match, because "
            f"{reason}: leave instanceRefresh.skipMatching out."
        )


def refuse_root_volumes(group: Data, given: dict[str, list[str]]) -> None:
    """AWS replaces root volumes only where every override names an image."""
    if given.get("Strategy", ["Rolling"]) != ["ReplaceRootVolume"]:
        return
    overrides = group.get("MixedInstancesPolicy", {}).get("LaunchTemplate", {}).get("Overrides", [])
    reasons = {
        "it has no mixed instances policy whose every override names an image": not overrides
        or any("ImageId" not in one for one in overrides),
        find_no_way_back(group): bool(find_no_way_back(group)),
        "it has a warm pool": bool(group.get("WarmPoolConfiguration")),
        "it is behind a Classic Load Balancer": bool(group.get("LoadBalancerNames")),
    }
    found = [reason for reason, holds in reasons.items() if holds]
    if found:
        raise Exception(
            f"Auto Scaling group {group['AutoScalingGroupName']} cannot replace root volumes, because "
            f"{found[0]}: leave instanceRefresh.strategy out, and its instances are replaced."
        )


def refuse_alarms(names: list[str]) -> None:
    """AWS refuses to begin while one of them is not OK."""
    if not names:
        return
    kinds: Data = ["MetricAlarm", "CompositeAlarm"]
    answer: Data = cloudwatch.describe_alarms(AlarmNames=names, AlarmTypes=kinds)
    found = [one for kind in kinds for one in answer.get(f"{kind}s", [])]
    states = {one["AlarmName"]: one["StateValue"] for one in found}
    for name in names:
        state = states.get(name, "gone")
        if state != "OK":
            raise Exception(
                f"Alarm {name}, which watches the instance refresh, is {state}: bring it to OK, or leave it "
                "out of instanceRefresh.alarms, and start the runbook again."
            )
