"""Beginning to replace instances, and the way back."""

import copy
import json
from typing import Any

import pytest

from executions import run_id
from launching import GROUP, NO_ANSWER, OWN_RUN, Account, image_id
from refresh_instances.explain_refresh import explain_refresh
from refresh_instances.finish_refresh import finish_refresh
from refresh_instances.roll_back import roll_back
from refresh_instances.settle import settle
from refresh_instances.start_refresh import start_refresh
from shared.autoscaling_client import autoscaling
from shared.ec2_client import ec2
from shared.fingerprint import fingerprint
from shared.hand_on import hand_on
from support import refusal

LT = f"lt-{1:017}"
REFRESH = run_id(200)
SAFE = {
    "ScaleInProtectedInstances": "Ignore",
    "StandbyInstances": "Ignore",
    "MinHealthyPercentage": 100,
    "MaxHealthyPercentage": 110,
}


def hand(account: Account, *changes: str, **more: str) -> list[str]:
    """As the roll-out has it, of image 2."""
    known = {
        "Seen": fingerprint(account.groups[GROUP]),
        "IsOurs": "true",
        "ImageIds": image_id(1),
        "Launched": image_id(2),
        "ImageId": image_id(2),
        **more,
    }
    return hand_on(known, [*changes])


def start(account: Account, handed: list[str], *entries: str) -> str:
    account.groups[GROUP].setdefault("Instances", [member()])
    return start_refresh(
        {
            "ExecutionId": OWN_RUN,
            "AutoScalingGroupName": GROUP,
            "HandedOn": handed,
            "InstanceRefresh": ["Strategy=Rolling", *entries],
        },
        None,
    )["RefreshId"]


def member() -> dict[str, Any]:
    return {
        "InstanceId": "i-1",
        "AvailabilityZone": "ap-northeast-1a",
        "LifecycleState": "InService",
        "HealthStatus": "Healthy",
        "ProtectedFromScaleIn": False,
    }


def use_version(account: Account, by: str) -> str:
    """Version 2 names the image. The change, as the roll-out hands it on."""
    template = account.templates[LT]
    template["versions"][2] = {"LaunchTemplateData": {"ImageId": image_id(2)}}
    reference = {"number": "1", "default": "$Default", "latest": "$Latest"}[by]
    account.groups[GROUP]["LaunchTemplate"]["Version"] = reference
    return f"base {LT} 1 2 {by}"


def use_configuration(account: Account) -> dict[str, str]:
    account.groups[GROUP].pop("LaunchTemplate")
    account.groups[GROUP]["LaunchConfigurationName"] = "web-initial"
    account.add_configuration("web-initial", 1)
    account.add_configuration("web_2026-03-02", 2)
    return {"LaunchConfigurationName": "web_2026-03-02", "Previous": "web-initial"}


def sent(account: Account) -> Any:
    (request,) = account.stub.calls_of("start_instance_refresh")
    return request


def test_a_numbered_group_is_changed_by_aws_itself(account: Account) -> None:
    before = account.source_of_group()
    assert start(account, hand(account, use_version(account, "number"))) == REFRESH
    assert sent(account) == {
        "AutoScalingGroupName": GROUP,
        "Strategy": "Rolling",
        "Preferences": {**SAFE, "AutoRollback": True},
        "DesiredConfiguration": {"LaunchTemplate": {"LaunchTemplateId": LT, "Version": "2"}},
    }
    assert account.source_of_group() == before


def test_the_default_version_is_moved_first(account: Account) -> None:
    start(account, hand(account, use_version(account, "default")))
    assert sent(account)["Preferences"] == SAFE
    assert "DesiredConfiguration" not in sent(account)
    assert account.templates[LT]["default"] == 2


def test_a_launch_configuration_is_set_first(account: Account) -> None:
    more = use_configuration(account)
    start(account, hand(account, **more))
    assert sent(account) == {"AutoScalingGroupName": GROUP, "Strategy": "Rolling", "Preferences": SAFE}
    assert account.groups[GROUP]["LaunchConfigurationName"] == "web_2026-03-02"


def test_every_preference_goes_to_aws(account: Account) -> None:
    entries = (
        "MinHealthyPercentage=90",
        "InstanceWarmup=5",
        "SkipMatching=true",
        "AutoRollback=false",
        "Alarms=one=1",
        "Alarms=two",
        "CheckpointPercentages=20",
        "CheckpointPercentages=100",
        "StandbyInstances=Wait",
        "BakeTime=7",
    )
    start(account, hand(account, use_version(account, "number")), *entries)
    assert sent(account)["Preferences"] == {
        "ScaleInProtectedInstances": "Ignore",
        "StandbyInstances": "Wait",
        "AutoRollback": False,
        "MinHealthyPercentage": 90,
        "InstanceWarmup": 5,
        "SkipMatching": True,
        "AlarmSpecification": {"Alarms": ["one=1", "two"]},
        "CheckpointPercentages": [20, 100],
        "BakeTime": 7,
    }


def test_a_group_without_instances_is_changed_and_not_refreshed(account: Account) -> None:
    account.groups[GROUP]["Instances"] = []
    assert start(account, hand(account, use_version(account, "number"))) == "none"
    assert account.groups[GROUP]["LaunchTemplate"]["Version"] == "2"


@pytest.mark.parametrize(("image", "refreshed"), [(2, False), (1, True)])
def test_where_nothing_changes_only_instances_of_other_images_are_replaced(
    account: Account, image: int, refreshed: bool
) -> None:
    account.add_members(image)
    assert (start(account, hand(account)) == REFRESH) is refreshed


@pytest.mark.parametrize("kind", ["number", "default", "latest", "configuration"])
@pytest.mark.parametrize("error", [refusal("ValidationError", "No."), NO_ANSWER])
def test_what_cannot_be_started_is_put_back(account: Account, kind: str, error: Exception) -> None:
    if kind == "configuration":
        handed = hand(account, **use_configuration(account))
    else:
        change = use_version(account, kind)
        handed = hand(account, change)
    before = account.source_of_group()
    account.stub(autoscaling, "start_instance_refresh", error)
    with pytest.raises(Exception, match=r"No\.|timeout"):
        start(account, handed)
    assert account.source_of_group() == before
    assert account.templates[LT]["default"] == 1
    # Versions that nothing uses are gone.
    assert list(account.templates[LT]["versions"]) == [1]


def test_a_lost_answer_is_found_again(account: Account) -> None:
    change = use_version(account, "number")
    handed = hand(account, change)
    account.lose_answer(autoscaling, "start_instance_refresh", done=True)
    account.stub(
        autoscaling,
        "start_instance_refresh",
        *[lost_after(account), refusal("InstanceRefreshInProgress", "It is in progress.")],
    )
    assert start(account, handed) == REFRESH
    assert len(account.refreshes) == 1


def lost_after(account: Account) -> Any:
    def answer(asked: Any) -> Any:
        account.start_refresh(asked)
        return NO_ANSWER

    return answer


def test_somebody_else_s_refresh_is_not_taken_for_it(account: Account) -> None:
    def answer(asked: Any) -> Any:
        account.start_refresh({**asked, "Preferences": {"MinHealthyPercentage": 0}})
        return refusal("InstanceRefreshInProgress", "Another one is in progress.")

    handed = hand(account, use_version(account, "number"))
    account.stub(autoscaling, "start_instance_refresh", answer)
    with pytest.raises(Exception, match="Another one is in progress"):
        start(account, handed)


def test_a_group_that_changed_meanwhile_is_left_alone(account: Account) -> None:
    handed = hand(account, use_version(account, "number"))
    account.groups[GROUP]["LaunchTemplate"]["Version"] = "2"
    with pytest.raises(Exception, match="changed during this run"):
        start(account, handed)
    # Version 2 is what somebody lets the group launch now.
    assert list(account.templates[LT]["versions"]) == [1, 2]


def test_a_version_is_taken_back_where_the_image_is_gone_meanwhile(account: Account) -> None:
    handed = hand(account, use_version(account, "latest"))
    del account.images[image_id(2)]
    with pytest.raises(Exception, match=f"{image_id(2)} is gone"):
        start(account, handed)
    assert list(account.templates[LT]["versions"]) == [1]


def test_a_roll_out_that_was_cancelled_starts_nothing(account: Account) -> None:
    parent = account.executions.add(run_id(50), "roll-out", status="Cancelled")
    account.executions.runs[OWN_RUN]["ParentAutomationExecutionId"] = parent
    handed = hand(account, use_version(account, "number"))
    with pytest.raises(Exception, match=f"Run {parent}, which started this roll-out, is Cancelled"):
        start(account, handed)
    assert list(account.templates[LT]["versions"]) == [1]


# When it has succeeded.


def test_the_image_says_what_was_rolled_out(account: Account) -> None:
    handed = hand(account)
    said = finish_refresh({"AutoScalingGroupName": GROUP, "HandedOn": handed, "RefreshId": REFRESH}, None)
    assert said == {"Summary": f"Instance refresh {REFRESH} succeeded"}
    assert account.tags_of_image(2)["ami-refresh:previous-image"] == image_id(1)
    said = finish_refresh({"AutoScalingGroupName": GROUP, "HandedOn": handed, "RefreshId": "none"}, None)
    assert said == {"Summary": "No instance had to be replaced"}


def test_what_could_not_be_written_down_is_said(account: Account) -> None:
    account.stub(ec2, "create_tags", refusal("UnauthorizedOperation", "You may not."))
    event = {"AutoScalingGroupName": GROUP, "HandedOn": hand(account), "RefreshId": REFRESH}
    with pytest.raises(
        Exception, match=f"launches image {image_id(2)} and its instances run it, but that could"
    ):
        finish_refresh(event, None)  # type: ignore[arg-type]


# When it has not.


def begin(account: Account, kind: str, status: str, *entries: str) -> list[str]:
    if kind == "configuration":
        handed = hand(account, **use_configuration(account))
    else:
        change = use_version(account, kind)
        handed = hand(account, change)
    start(account, handed, *entries)
    account.refreshes[0] |= {"Status": status, "StatusReason": "They are not healthy."}
    return handed


def go_back(handed: list[str], *entries: str) -> tuple[str, str]:
    """The status before, and the refresh by which instances are replaced once more."""
    base: Any = {"AutoScalingGroupName": GROUP, "HandedOn": handed, "RefreshId": REFRESH}
    status = roll_back(base, None)["Status"]
    event: Any = {**base, "ExecutionId": OWN_RUN, "Status": status, "InstanceRefresh": [*entries]}
    return status, settle(event, None)["RefreshId"]


def explain(handed: list[str], status: str, back: str) -> str:
    event: Any = {
        "AutoScalingGroupName": GROUP,
        "HandedOn": handed,
        "RefreshId": REFRESH,
        "Status": status,
        "BackRefreshId": back,
    }
    with pytest.raises(Exception, match="Instance refresh") as raised:
        explain_refresh(event, None)
    return str(raised.value)


def test_aws_rolled_back_and_the_unused_version_goes(account: Account) -> None:
    handed = begin(account, "number", "RollbackSuccessful")
    status, back = go_back(handed)
    assert (status, back) == ("RollbackSuccessful", REFRESH)
    assert list(account.templates[LT]["versions"]) == [1]
    assert explain(handed, status, back) == (
        f"Instance refresh {REFRESH} of Auto Scaling group {GROUP} to image {image_id(2)} ended "
        "RollbackSuccessful (They are not healthy); the group was rolled back, and no instance runs the "
        "image."
    )


def test_a_version_that_the_group_uses_stays(account: Account) -> None:
    handed = begin(account, "number", "Failed")
    account.groups[GROUP]["LaunchTemplate"]["Version"] = "2"
    go_back(handed)
    assert list(account.templates[LT]["versions"]) == [1, 2]


@pytest.mark.parametrize(
    ("kind", "status"),
    [("number", "RollbackInProgress"), ("default", "Cancelling"), ("latest", "Cancelling")],
)
def test_a_refresh_that_takes_too_long_is_stopped(account: Account, kind: str, status: str) -> None:
    handed = begin(account, kind, "InProgress")
    was, back = go_back(handed)
    assert account.refreshes[0]["Status"] == status
    assert account.templates[LT]["default"] == 1
    account.add_members(2)
    said = explain(handed, was, back)
    assert "did not succeed in the time that the run waits, was stopped and ended" in said
    assert ", and 2 instances still run the image (i-" in said


def test_a_group_with_a_launch_configuration_is_replaced_once_more(account: Account) -> None:
    handed = begin(account, "configuration", "Failed", "Alarms=errors", "CheckpointPercentages=100")
    account.add_members(2)
    status, back = go_back(handed, "MinHealthyPercentage=50", "Alarms=errors", "BakeTime=5")
    assert account.groups[GROUP]["LaunchConfigurationName"] == "web-initial"
    assert back == run_id(201)
    assert account.stub.calls_of("start_instance_refresh")[1] == {
        "AutoScalingGroupName": GROUP,
        "Preferences": {
            "ScaleInProtectedInstances": "Ignore",
            "StandbyInstances": "Ignore",
            "MinHealthyPercentage": 50,
        },
    }
    account.refreshes[0]["Status"] = "Successful"
    assert (
        f"; the group was put back to what it launched before, instance refresh {back} to it ended Successful"
        in (explain(handed, status, back))
    )


@pytest.mark.parametrize(
    ("entry", "status", "members"),
    [("AutoRollback=false", "Failed", 2), ("BakeTime=1", "Cancelled", 2), ("BakeTime=1", "Failed", 1)],
)
def test_and_is_not_where_nobody_wants_it(account: Account, entry: str, status: str, members: int) -> None:
    handed = begin(account, "configuration", status)
    account.add_members(members)
    assert go_back(handed, entry)[1] == REFRESH
    assert account.groups[GROUP]["LaunchConfigurationName"] == "web-initial"


def test_and_is_not_in_a_run_that_is_cancelled(account: Account) -> None:
    handed = begin(account, "configuration", "InProgress")
    account.add_members(2)
    account.executions.runs[OWN_RUN]["AutomationExecutionStatus"] = "Cancelling"
    assert go_back(handed)[1] == REFRESH


def test_what_somebody_else_set_stays(account: Account) -> None:
    handed = begin(account, "configuration", "Failed")
    account.groups[GROUP]["LaunchConfigurationName"] = "by-hand"
    go_back(handed)
    assert account.groups[GROUP]["LaunchConfigurationName"] == "by-hand"


def test_a_latest_version_that_cannot_be_deleted_is_named(account: Account) -> None:
    handed = begin(account, "latest", "Failed")
    account.templates[LT]["default"] = 2
    with pytest.raises(
        Exception, match=f"Version 2 of launch template {LT}, which the group launches, could not"
    ):
        go_back(handed)


def test_a_policy_is_put_back_in_every_place(account: Account) -> None:
    group = account.groups[GROUP]
    overrides: list[Any] = [
        {"InstanceType": "t3.small"},
        {"InstanceType": "c5.large", "ImageId": image_id(1)},
    ]
    named = {"LaunchTemplateSpecification": group.pop("LaunchTemplate"), "Overrides": overrides}
    group["MixedInstancesPolicy"] = {"LaunchTemplate": named}
    account.templates[LT]["versions"][2] = {"LaunchTemplateData": {"ImageId": image_id(2)}}
    other = account.refer(account.add_template(2, {"ImageId": image_id(1)}), "$Default")
    overrides.append({"InstanceType": "m5.large", "LaunchTemplateSpecification": other})
    before = copy.deepcopy(account.source_of_group())
    handed = hand(account, f"base {LT} 1 2 number", f"1 {image_id(1)} image")
    start(account, handed)
    assert "DesiredConfiguration" not in sent(account)
    assert image_id(2) in json.dumps(account.source_of_group())
    account.refreshes[0]["Status"] = "Failed"
    go_back(handed)
    assert account.source_of_group() == before


def test_a_refresh_that_succeeded_too_late_is_said(account: Account) -> None:
    handed = begin(account, "number", "Successful")
    status, back = go_back(handed)
    assert list(account.templates[LT]["versions"]) == [1, 2]
    assert explain(handed, status, back).endswith("start the roll-out again with this image.")
