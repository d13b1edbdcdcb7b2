"""Whether the group's instances may be replaced, and what stops a refresh that runs."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from executions import run_id
from launching import GROUP, OWN_RUN, ROLL_OUT, Account, image_id
from roll_out_with_refresh.check_refresh import check_refresh
from roll_out_with_refresh.look_at_stopped_refresh import look_at_stopped_refresh
from shared.autoscaling_client import autoscaling
from support import refusal, utc_now

REFRESH = run_id(300)


def check(*entries: str, stop: str = "false", image: str = image_id(2)) -> dict[str, Any]:
    return check_refresh(
        {
            "ExecutionId": OWN_RUN,
            "ImageId": image,
            "AutoScalingGroupName": GROUP,
            "InstanceRefresh": ["Strategy=Rolling", *entries],
            "StopRefresh": stop,
        },
        None,
    )


def use_policy(account: Account, *overrides: dict[str, Any]) -> None:
    group = account.groups[GROUP]
    named = {"LaunchTemplateSpecification": group.pop("LaunchTemplate"), "Overrides": [*overrides]}
    group["MixedInstancesPolicy"] = {"LaunchTemplate": named}


def run_refresh(account: Account, status: str = "InProgress", **more: Any) -> None:
    account.refreshes.insert(0, {"InstanceRefreshId": REFRESH, "Status": status, **more})


def be_earlier(account: Account) -> str:
    minute = datetime.timedelta(minutes=1)
    return account.executions.add(run_id(99), ROLL_OUT, started=utc_now() - minute)


@pytest.mark.usefixtures("account")
def test_lets_a_group_pass_that_can_be_refreshed() -> None:
    assert check("AutoRollback=true", "SkipMatching=true") == {
        "InstanceRefresh": ["Strategy=Rolling", "AutoRollback=true", "SkipMatching=true"],
        "StoppedRefresh": "none",
        "EarlierRun": "none",
        "State": "none",
    }


WATCHED = ("Alarms=errors", "CheckpointPercentages=50", "CheckpointDelay=1", "BakeTime=5")


@pytest.mark.parametrize("way", ["previous", "named"])
def test_nothing_watches_over_an_image_that_was_rolled_out_before(account: Account, way: str) -> None:
    account.alarms["errors"] = "ALARM"
    tags = account.images[image_id(2)].setdefault("Tags", [])
    tags.append({"Key": "ami-refresh:rolled-out", "Value": "2026-03-02T05:30:00Z"})
    found = check("MinHealthyPercentage=90", *WATCHED, image="previous" if way == "previous" else image_id(2))
    assert found["InstanceRefresh"] == ["Strategy=Rolling", "MinHealthyPercentage=90"]


def test_an_alarm_is_looked_at_before_a_refresh_is_stopped(account: Account) -> None:
    run_refresh(account)
    with pytest.raises(Exception, match="Alarm errors, which watches the instance refresh, is gone"):
        check("Alarms=errors", stop="true")
    assert account.refreshes[0]["Status"] == "InProgress"


@pytest.mark.parametrize("process", ["Launch", "Terminate", "InstanceRefresh", "HealthCheck"])
def test_each_process_that_a_refresh_needs_has_to_go_on(process: str, account: Account) -> None:
    account.groups[GROUP]["SuspendedProcesses"] = [{"ProcessName": process}]
    with pytest.raises(Exception, match=f"has suspended {process}, and an instance refresh needs it: resume"):
        check()


def test_without_a_load_balancer_nothing_has_to_be_added_to_one(account: Account) -> None:
    suspend(account)
    del account.groups[GROUP]["TargetGroupARNs"]
    assert check()["StoppedRefresh"] == "none"


def suspend(account: Account) -> None:
    account.groups[GROUP]["SuspendedProcesses"] = [
        {"ProcessName": "AddToLoadBalancer"},
        {"ProcessName": "AZRebalance"},
    ]
    account.groups[GROUP]["TargetGroupARNs"] = ["arn:aws:elasticloadbalancing:x"]


def refer(version: str) -> Callable[[Account], None]:
    return lambda account: account.groups[GROUP]["LaunchTemplate"].update(Version=version)


def use_configuration(account: Account) -> None:
    account.groups[GROUP].pop("LaunchTemplate")
    account.groups[GROUP]["LaunchConfigurationName"] = "web-initial"


def test_instances_are_skipped_where_a_group_follows_the_latest_version(account: Account) -> None:
    refer("$Latest")(account)
    assert check("SkipMatching=true")["StoppedRefresh"] == "none"


@pytest.mark.parametrize(
    ("entry", "change", "said"),
    [
        ("BakeTime=1", suspend, "has suspended AddToLoadBalancer, and an instance refresh needs it"),
        (
            "AutoRollback=true",
            refer("$Latest"),
            r"cannot be rolled back, because it refers to .* by \$Latest",
        ),
        (
            "AutoRollback=true",
            refer("$Default"),
            r"cannot be rolled back, because it refers to .* by \$Default",
        ),
        (
            "AutoRollback=true",
            lambda account: use_policy(
                account, {"InstanceRequirements": {"VCpuCount": {"Min": 1}, "MemoryMiB": {"Min": 1}}}
            ),
            "cannot be rolled back, because it chooses its instance types by their attributes",
        ),
        ("SkipMatching=true", use_configuration, "cannot skip instances that match, because it has a launch"),
        ("Alarms=errors", lambda account: account.alarms.update(errors="ALARM"), "Alarm errors, .* is ALARM"),
        (
            "Alarms=composite",
            lambda account: account.alarms.update(composite="ALARM"),
            "Alarm composite, .* is ALARM",
        ),
        ("Alarms=errors", lambda _: None, "Alarm errors, which watches the instance refresh, is gone"),
        ("MinHealthy=1", lambda _: None, "InstanceRefresh has MinHealthy=1, where each entry is name=value"),
        (
            "BakeTime=1",
            lambda account: run_refresh(account, "Baking"),
            f"refresh {REFRESH} .* is Baking: wait",
        ),
        ("BakeTime=1", be_earlier, f"Roll-out {run_id(99)} is at work and goes on"),
    ],
)
def test_refuses(account: Account, entry: str, change: Callable[[Account], Any], said: str) -> None:
    change(account)
    with pytest.raises(Exception, match=said):
        check(entry)
    assert not account.refreshes or account.refreshes[0]["Status"] == "Baking"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "its every override|whose every override names an image"),
        ({"WarmPoolConfiguration": {"MinSize": 1}}, "it has a warm pool"),
        ({"LoadBalancerNames": ["classic"]}, "it is behind a Classic Load Balancer"),
    ],
)
def test_refuses_root_volumes(account: Account, change: dict[str, Any], said: str) -> None:
    overrides = [{"InstanceType": "t3.small", "ImageId": "ami-1"}]
    use_policy(account, *(overrides if change else [{"InstanceType": "t3.small"}]))
    account.groups[GROUP].update(change)
    entries = ["Strategy=ReplaceRootVolume"]
    with pytest.raises(Exception, match=said):
        check_refresh(
            {
                "ExecutionId": OWN_RUN,
                "ImageId": "previous",
                "AutoScalingGroupName": GROUP,
                "InstanceRefresh": entries,
                "StopRefresh": "false",
            },
            None,
        )


@pytest.mark.parametrize(
    ("desired", "status"), [({"LaunchTemplate": {}}, "RollbackInProgress"), (None, "Cancelling")]
)
def test_stops_a_refresh_that_runs(account: Account, desired: Any, status: str) -> None:
    run_refresh(account, **({"DesiredConfiguration": desired} if desired else {}))
    earlier = be_earlier(account)
    found = check(stop="true")
    assert (found["StoppedRefresh"], found["EarlierRun"]) == (REFRESH, earlier)
    # AWS rolls back only what has a desired configuration.
    assert account.refreshes[0]["Status"] == status


@pytest.mark.parametrize("code", ["IrreversibleInstanceRefresh", "AccessDenied"])
def test_cancels_what_aws_does_not_roll_back(code: str, account: Account) -> None:
    run_refresh(account, DesiredConfiguration={"LaunchTemplate": {"LaunchTemplateId": "lt-1"}})
    account.stub(autoscaling, "rollback_instance_refresh", refusal(code))
    check(stop="true")
    assert account.refreshes[0]["Status"] == "Cancelling"


def test_a_roll_back_whose_answer_was_lost_is_not_cancelled(account: Account) -> None:
    run_refresh(account, DesiredConfiguration={"LaunchTemplate": {"LaunchTemplateId": "lt-1"}})

    def roll_back(_asked: Any) -> Any:
        account.refreshes[0]["Status"] = "RollbackInProgress"
        return refusal("ActiveInstanceRefreshNotFound")

    account.stub(autoscaling, "rollback_instance_refresh", roll_back)
    check(stop="true")
    assert account.refreshes[0]["Status"] == "RollbackInProgress"
    assert account.stub.calls_of("cancel_instance_refresh") == []


def test_a_refresh_that_has_just_ended_needs_no_stop(account: Account) -> None:
    run_refresh(account)
    account.stub(autoscaling, "cancel_instance_refresh", refusal("ActiveInstanceRefreshNotFound"))
    assert check(stop="true")["StoppedRefresh"] == REFRESH


def test_stop_without_a_refresh_stops_nothing(account: Account) -> None:
    run_refresh(account, "Successful")
    assert check(stop="true")["StoppedRefresh"] == "none"
    assert account.stub.calls_of("cancel_instance_refresh") == []


# Where the group is when that has ended.

LT = f"lt-{1:017}"


def is_back(state: str = "none", refresh: str = REFRESH) -> bool:
    event: Any = {"AutoScalingGroupName": GROUP, "StoppedRefresh": refresh, "State": state}
    return look_at_stopped_refresh(event, None)["IsBack"] == "true"


@pytest.mark.parametrize(
    ("status", "back"), [("RollbackSuccessful", True), ("Cancelled", True), ("Successful", False)]
)
def test_with_a_desired_configuration_the_group_is_back_unless_it_succeeded(
    account: Account, status: str, back: bool
) -> None:
    run_refresh(account, status, DesiredConfiguration={"LaunchTemplate": {}})
    assert is_back() is back


@pytest.mark.parametrize("by", ["$Default", "$Latest", "configuration", "1"])
def test_without_one_it_is_back_where_somebody_put_it_back(account: Account, by: str) -> None:
    if by == "configuration":
        use_configuration(account)
    else:
        refer(by)(account)
    run_refresh(account)
    state = check(stop="true")["State"]
    assert not is_back(state)
    account.templates[LT]["default"] = 2
    account.templates[LT]["versions"][2] = {"LaunchTemplateData": {}}
    if by == "configuration":
        account.groups[GROUP]["LaunchConfigurationName"] = "before"
    elif by == "1":
        refer("2")(account)
    assert is_back(state)


@pytest.mark.parametrize(
    ("rolled_out", "launched", "back"),
    [(image_id(2), 2, False), (image_id(2), 1, True), ("previous", 1, False)],
)
def test_with_a_launch_configuration_it_may_be_back_before_that_is_stopped(
    account: Account, rolled_out: str, launched: int, back: bool
) -> None:
    """Its instances are replaced once more, by the same roll-out."""
    use_configuration(account)
    account.add_configuration(account.groups[GROUP]["LaunchConfigurationName"], launched)
    account.executions.runs[be_earlier(account)]["Parameters"] = {"ImageId": [rolled_out]}
    run_refresh(account)
    wanted = image_id(1) if rolled_out == "previous" else "previous"
    assert is_back(check(image=wanted, stop="true")["State"]) is back


def test_and_where_nobody_knows_an_image_has_to_be_named(account: Account) -> None:
    use_configuration(account)
    account.executions.runs[be_earlier(account)]["Parameters"] = {"ImageId": ["previous"]}
    run_refresh(account)
    with pytest.raises(Exception, match="start this one with an ImageId instead of the word previous"):
        check(image="previous", stop="true")
    assert account.refreshes[0]["Status"] == "InProgress"


def test_without_a_refresh_that_was_stopped_nothing_is_back() -> None:
    assert not is_back(refresh="none")
