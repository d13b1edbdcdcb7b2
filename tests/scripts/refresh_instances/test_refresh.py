"""Beginning to replace instances, and the way back."""

import copy
import json
import re
from typing import Any

import pytest

from executions import PLACEHOLDER, run_id
from launching import GROUP, NO_ANSWER, OWN_RUN, Account, image_id
from refresh_instances_launch_configuration import report as report_configuration
from refresh_instances_launch_configuration import roll_back as roll_back_configuration
from refresh_instances_launch_configuration import start_refresh as start_configuration
from refresh_instances_launch_configuration.go_back import go_back
from refresh_instances_launch_template import report as report_templates
from refresh_instances_launch_template import roll_back as roll_back_templates
from refresh_instances_launch_template import start_refresh as start_templates
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
        "Pause": "false",
        **more,
    }
    return hand_on(known, [*changes])


def attempt(account: Account, handed: list[str], *entries: str) -> dict[str, str]:
    account.groups[GROUP].setdefault("Instances", [member()])
    event: Any = {
        "ExecutionId": OWN_RUN,
        "AutoScalingGroupName": GROUP,
        "HandedOn": handed,
        "InstanceRefresh": ["Strategy=Rolling", *entries],
    }
    if has_configuration(handed):
        return start_configuration.start_refresh(event, None)
    return start_templates.start_refresh(event, None)


def has_configuration(handed: list[str]) -> bool:
    return any(one.startswith("LaunchConfigurationName=") for one in handed)


def report(event: Any) -> dict[str, str]:
    if has_configuration(event["HandedOn"]):
        event.setdefault("BackRefreshId", PLACEHOLDER)
        return report_configuration.report(event, None)
    return report_templates.report(event, None)


def start(account: Account, handed: list[str], *entries: str) -> str:
    started = attempt(account, handed, *entries)
    assert started["Problem"] == "none"
    return started["RefreshId"]


def end(handed: list[str], *entries: str, **known: str) -> dict[str, Any]:
    """What the steps after it put out, the last one's exception as Said."""
    base: Any = {
        "ExecutionId": OWN_RUN,
        "AutoScalingGroupName": GROUP,
        "HandedOn": handed,
        "InstanceRefresh": [*entries],
        "RefreshId": REFRESH,
        "Problem": "none",
        **known,
    }
    module: Any = roll_back_configuration if has_configuration(handed) else roll_back_templates
    rolled: Any = module.roll_back(base, None)
    event: Any = {**base, **rolled, "RefreshIds": [base["RefreshId"], rolled["RefreshId"]]}
    # The branch between them.
    if has_configuration(handed) and rolled["RefreshId"] != "none":
        event["BackRefreshId"] = go_back(event, None)["RefreshId"]
    return {**rolled, "Back": event.get("BackRefreshId", "none"), "Said": refused(event)}


def refused(event: Any) -> str:
    with pytest.raises(Exception, match=" ") as raised:
        report(event)
    return str(raised.value)


def fail(account: Account, handed: list[str]) -> str:
    """What the run says of a refresh that could not begin."""
    started = attempt(account, handed)
    assert started["RefreshId"] in ("failed", "refused")
    return str(end(handed, **started)["Said"])


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
        "MaxHealthyPercentage": 110,
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


def test_one_instance_of_another_image_is_enough(account: Account) -> None:
    account.add_members(2)
    account.add_members(1)
    assert start(account, hand(account)) == REFRESH


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
    said = fail(account, handed)
    assert "No." in said or "timeout" in said
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


def test_an_earlier_refresh_is_not_taken_for_it(account: Account) -> None:
    handed = hand(account, use_version(account, "number"))
    start(account, handed)
    account.refreshes[0]["Status"] = "Failed"
    account.stub(autoscaling, "start_instance_refresh", refusal("ValidationError", "No."))
    assert attempt(account, handed)["RefreshId"] == "refused"


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
    assert "Another one is in progress" in fail(account, handed)
    assert account.refreshes[0]["Status"] == "InProgress"


def test_a_group_that_changed_meanwhile_is_left_alone(account: Account) -> None:
    handed = hand(account, use_version(account, "number"))
    account.groups[GROUP]["LaunchTemplate"]["Version"] = "2"
    said = fail(account, handed)
    assert "changed during this run, and was left as it is" in said
    assert account.groups[GROUP]["LaunchTemplate"]["Version"] == "2"
    # Version 2 is what somebody lets the group launch now.
    assert list(account.templates[LT]["versions"]) == [1, 2]


@pytest.mark.parametrize(
    ("by", "change"),
    [
        ("default", "1 2 default"),
        ("latest", "1 2 latest"),
        ("default", "1 1 default"),
        ("latest", "2 2 latest"),
    ],
)
def test_a_version_that_somebody_moved_meanwhile_is_left_alone(
    account: Account, by: str, change: str
) -> None:
    use_version(account, by)
    handed = hand(account, f"base {LT} {change}")
    account.templates[LT]["versions"][3] = {"LaunchTemplateData": {"ImageId": image_id(1)}}
    account.templates[LT]["default"] = 3
    said = fail(account, handed)
    assert f"The {by} version of launch template {LT} changed during this run, and was left as it is" in said
    assert account.templates[LT]["default"] == 3
    assert account.refreshes == []


def test_a_version_is_taken_back_where_the_image_is_gone_meanwhile(account: Account) -> None:
    handed = hand(account, use_version(account, "latest"))
    del account.images[image_id(2)]
    assert fail(account, handed).startswith(f"Image {image_id(2)} is gone and not available any more")
    assert list(account.templates[LT]["versions"]) == [1]


def test_a_roll_out_that_was_cancelled_starts_nothing(account: Account) -> None:
    parent = account.executions.add(run_id(50), "roll-out", status="Cancelled")
    account.executions.runs[OWN_RUN]["ParentAutomationExecutionId"] = parent
    handed = hand(account, use_version(account, "number"))
    assert fail(account, handed).startswith(f"Run {parent}, to which this roll-out belongs, is Cancelled")
    assert list(account.templates[LT]["versions"]) == [1]


def test_a_run_that_is_cancelled_itself_starts_nothing(account: Account) -> None:
    account.executions.runs[OWN_RUN]["AutomationExecutionStatus"] = "Cancelling"
    handed = hand(account, use_version(account, "default"))
    assert fail(account, handed).startswith(f"Run {OWN_RUN}, to which this roll-out belongs, is Cancelling")
    assert account.stub.calls_of("modify_launch_template") == []


def test_an_image_that_goes_while_the_group_is_changed_is_put_back(account: Account) -> None:
    more = use_configuration(account)
    handed = hand(account, **more)
    update = account.update_group

    def answer(asked: Any) -> Any:
        account.images.pop(image_id(2), None)
        return update(asked)

    account.stub(autoscaling, "update_auto_scaling_group", answer)
    assert fail(account, handed).startswith(f"Image {image_id(2)} is gone")
    assert account.groups[GROUP]["LaunchConfigurationName"] == "web-initial"
    assert account.refreshes == []


# When it has succeeded.


def finish(handed: list[str], refresh_id: str) -> dict[str, str]:
    event: Any = {"AutoScalingGroupName": GROUP, "HandedOn": handed, "RefreshIds": [refresh_id, PLACEHOLDER]}
    return report({**event, "Problem": "none", "Stopped": PLACEHOLDER})


def succeed(account: Account, kind: str) -> list[str]:
    """AWS lets a group launch what its desired configuration says."""
    handed = begin(account, kind, "Successful")
    if kind == "number":
        account.groups[GROUP]["LaunchTemplate"]["Version"] = "2"
    return handed


@pytest.mark.parametrize("kind", ["number", "default", "latest", "configuration"])
def test_the_image_says_what_was_rolled_out(account: Account, kind: str) -> None:
    assert finish(succeed(account, kind), REFRESH) == {"Summary": f"Instance refresh {REFRESH} succeeded"}
    assert account.tags_of_image(2)["ami-refresh:previous-image"] == image_id(1)


def test_where_nothing_is_replaced_the_image_says_so_too(account: Account) -> None:
    assert finish(hand(account), "none") == {"Summary": "No instance had to be replaced"}
    assert account.tags_of_image(2)["ami-refresh:previous-image"] == image_id(1)


def test_who_was_left_alone_is_named(account: Account) -> None:
    handed = succeed(account, "number")
    account.add_members(1)
    left = r"succeeded, and another image was left on 2 instances \(i-\w+, i-\w+\)$"
    assert re.search(left, finish(handed, REFRESH)["Summary"])
    account.add_members(1, 4)
    assert re.search(r"on 6 instances \((i-\w+, ){5}\.\.\.\)$", finish(handed, REFRESH)["Summary"])


@pytest.mark.parametrize("by", ["number", "default", "latest", "image"])
def test_nor_is_one_that_launched_the_image_before_and_does_not_any_more(account: Account, by: str) -> None:
    if by == "image":
        use_all_places(account)
        handed = hand(account, f"1 {image_id(2)} image")
        account.groups[GROUP]["MixedInstancesPolicy"]["LaunchTemplate"]["Overrides"][1]["ImageId"] = image_id(
            2
        )
        assert finish(handed, "none") == {"Summary": "No instance had to be replaced"}
        account.groups[GROUP]["MixedInstancesPolicy"]["LaunchTemplate"]["Overrides"][1]["ImageId"] = image_id(
            1
        )
    else:
        # Version 2 is launched already, and is no new one.
        use_version(account, by)
        account.templates[LT]["default"] = 2
        if by == "number":
            account.groups[GROUP]["LaunchTemplate"]["Version"] = "2"
        handed = hand(account, f"base {LT} 2 2 {by}")
        assert finish(handed, "none") == {"Summary": "No instance had to be replaced"}
        account.templates[LT]["versions"][3] = {"LaunchTemplateData": {"ImageId": image_id(1)}}
        account.templates[LT]["default"] = 3
        account.groups[GROUP]["LaunchTemplate"]["Version"] = {
            "number": "3",
            "default": "$Default",
            "latest": "$Latest",
        }[by]
    with pytest.raises(Exception, match="were replaced, but somebody changed meanwhile what it launches"):
        finish(handed, "none")


def test_a_version_that_was_there_before_is_not_taken_back(account: Account) -> None:
    use_version(account, "latest")
    handed = hand(account, f"base {LT} 2 2 latest")
    account.add_members(1)
    account.stub(autoscaling, "start_instance_refresh", refusal("ValidationError", "No."))
    assert "No." in fail(account, handed)
    assert list(account.templates[LT]["versions"]) == [1, 2]


@pytest.mark.parametrize("kind", ["number", "default", "latest", "configuration"])
def test_a_group_that_somebody_changed_meanwhile_is_no_success(account: Account, kind: str) -> None:
    handed = succeed(account, kind)
    group = account.groups[GROUP]
    if kind == "configuration":
        group["LaunchConfigurationName"] = "web-initial"
    elif kind == "number":
        group["LaunchTemplate"]["Version"] = "1"
    else:
        account.templates[LT]["default"] = 1
        account.templates[LT]["versions"][3] = {"LaunchTemplateData": {"ImageId": image_id(1)}}
    with pytest.raises(Exception, match="were replaced, but somebody changed meanwhile what it launches"):
        finish(handed, REFRESH)
    assert "ami-refresh:rolled-out" not in account.tags_of_image(2)


def test_what_could_not_be_written_down_is_said(account: Account) -> None:
    account.stub(ec2, "create_tags", refusal("UnauthorizedOperation", "You may not."))
    with pytest.raises(
        Exception, match=f"launches image {image_id(2)} and its instances run it, but that could"
    ):
        finish(hand(account), "none")


def test_and_so_is_that_the_schedule_would_go_on(account: Account) -> None:
    account.stub(ec2, "create_tags", refusal("UnauthorizedOperation", "You may not."))
    with pytest.raises(
        Exception, match=r"start the roll-out again with this image and PauseSchedule true\.$"
    ):
        finish(hand(account, Pause="true"), "none")


def test_what_was_before_is_written_down_before_anything_changes(account: Account) -> None:
    account.stub(ec2, "create_tags", refusal("UnauthorizedOperation", "You may not."))
    assert "You may not" in fail(account, hand(account, use_version(account, "default")))
    assert account.stub.calls_of("modify_launch_template") == []
    assert account.refreshes == []


def test_then_the_tag_is_there_though_the_rest_could_not_be_written_down(account: Account) -> None:
    handed = succeed(account, "default")
    account.stub(ec2, "create_tags", refusal("UnauthorizedOperation", "You may not."))
    with pytest.raises(Exception, match="could not be written down"):
        finish(handed, REFRESH)
    assert account.tags_of_image(2)["ami-refresh:previous-image"] == image_id(1)
    assert "ami-refresh:rolled-out" not in account.tags_of_image(2)


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


def test_aws_rolled_back_and_the_unused_version_goes(account: Account) -> None:
    ended = end(begin(account, "number", "RollbackSuccessful"))
    assert ended == {
        "RefreshId": REFRESH,
        "Stopped": "no",
        "NewInstances": ["none"],
        "Back": "none",
        "Said": f"Instance refresh {REFRESH} of Auto Scaling group {GROUP} to image {image_id(2)} ended "
        "RollbackSuccessful (They are not healthy); the group launches what it launched before, and no "
        "instance runs the image.",
    }
    assert list(account.templates[LT]["versions"]) == [1]


def test_a_version_that_the_group_uses_stays(account: Account) -> None:
    handed = begin(account, "number", "Failed")
    account.groups[GROUP]["LaunchTemplate"]["Version"] = "2"
    assert "; the group still launches the image: roll out another one, and " in end(handed)["Said"]
    assert list(account.templates[LT]["versions"]) == [1, 2]


def test_a_version_stays_while_a_refresh_goes_on_that_no_step_knows(account: Account) -> None:
    handed = begin(account, "number", "InProgress")
    event: Any = {"AutoScalingGroupName": GROUP, "HandedOn": handed, "RefreshIds": [PLACEHOLDER, PLACEHOLDER]}
    said = refused({**event, "Problem": PLACEHOLDER, "Stopped": PLACEHOLDER})
    assert said.startswith("Step startRefresh of this run did not come to its end")
    assert list(account.templates[LT]["versions"]) == [1, 2]
    account.refreshes[0]["Status"] = "Cancelled"
    refused({**event, "Problem": PLACEHOLDER, "Stopped": PLACEHOLDER})
    assert list(account.templates[LT]["versions"]) == [1]


def test_a_version_that_cannot_be_deleted_is_named(account: Account) -> None:
    handed = begin(account, "number", "RollbackSuccessful")
    account.stub(ec2, "delete_launch_template_versions", refusal("UnauthorizedOperation", "You may not."))
    assert f"; delete by hand version 2 of launch template {LT} (" in end(handed)["Said"]


@pytest.mark.parametrize(
    ("kind", "status"),
    [("number", "RollbackInProgress"), ("default", "Cancelling"), ("latest", "Cancelling")],
)
def test_a_refresh_that_takes_too_long_is_stopped(account: Account, kind: str, status: str) -> None:
    handed = begin(account, kind, "InProgress")
    account.add_members(2)
    ended = end(handed)
    assert account.refreshes[0]["Status"] == status
    assert account.templates[LT]["default"] == 1
    waited = "while the run waited for it (see its step waitForRefresh)"
    assert f" did not succeed {waited}, was stopped and is {status}" in ended["Said"]
    assert ", and the image runs on 2 instances (i-" in ended["Said"]
    assert (ended["NewInstances"] == ["none"]) is (kind == "number")


def test_without_a_way_back_a_refresh_that_takes_too_long_is_cancelled(account: Account) -> None:
    end(begin(account, "number", "InProgress"), "AutoRollback=false")
    assert account.refreshes[0]["Status"] == "Cancelling"


def test_one_instance_is_not_several(account: Account) -> None:
    handed = begin(account, "default", "InProgress")
    account.add_members(2)
    account.instances.pop(
        next(key for key, one in account.instances.items() if one["ImageId"] == image_id(2))
    )
    assert ", and the image runs on 1 instance (i-" in end(handed)["Said"]


def test_a_run_that_is_cancelled_says_so(account: Account) -> None:
    handed = begin(account, "default", "InProgress")
    account.executions.runs[OWN_RUN]["AutomationExecutionStatus"] = "Cancelling"
    assert " was stopped, because the run was cancelled, and is Cancelling (" in end(handed)["Said"]


def test_a_run_that_is_cancelled_finds_the_refresh_that_it_does_not_know_yet(account: Account) -> None:
    handed = begin(account, "configuration", "Pending")
    account.executions.runs[OWN_RUN]["AutomationExecutionStatus"] = "Cancelling"
    ended = end(handed, RefreshId=PLACEHOLDER)
    assert (ended["RefreshId"], account.refreshes[0]["Status"]) == (REFRESH, "Cancelling")
    assert account.groups[GROUP]["LaunchConfigurationName"] == "web-initial"


def test_a_refresh_that_cannot_be_stopped_does_not_keep_the_group_from_going_back(account: Account) -> None:
    handed = begin(account, "configuration", "InProgress")
    account.stub(autoscaling, "cancel_instance_refresh", refusal("InternalFailure", "Later."))
    with pytest.raises(Exception, match="Later"):
        end(handed)
    assert account.groups[GROUP]["LaunchConfigurationName"] == "web-initial"


@pytest.mark.parametrize("kind", ["default", "latest", "configuration"])
def test_a_refresh_that_succeeds_while_it_is_stopped_is_not_undone(account: Account, kind: str) -> None:
    handed = begin(account, kind, "InProgress")
    source = account.source_of_group()

    def answer(_: Any) -> Any:
        account.refreshes[0]["Status"] = "Successful"
        return refusal("ActiveInstanceRefreshNotFound", "There is none.")

    account.stub(autoscaling, "cancel_instance_refresh", answer)
    assert end(handed)["Back"] == "none"
    assert account.source_of_group() == source
    assert len(account.refreshes) == 1
    if kind != "configuration":
        assert (account.templates[LT]["default"], list(account.templates[LT]["versions"])) == (
            2 if kind == "default" else 1,
            [1, 2],
        )


def test_a_group_with_a_launch_configuration_is_replaced_once_more(account: Account) -> None:
    entries = ("MinHealthyPercentage=50", "Alarms=errors", "CheckpointPercentages=100", "BakeTime=5")
    handed = begin(account, "configuration", "Failed", *entries)
    account.add_members(2)
    ended = end(handed, *entries)
    assert account.groups[GROUP]["LaunchConfigurationName"] == "web-initial"
    assert ended["Back"] == run_id(201)
    assert account.stub.calls_of("start_instance_refresh")[1] == {
        "AutoScalingGroupName": GROUP,
        "Preferences": {
            "ScaleInProtectedInstances": "Ignore",
            "StandbyInstances": "Ignore",
            "MinHealthyPercentage": 50,
            "MaxHealthyPercentage": 110,
        },
    }
    assert (
        f"; the group launches what it launched before, instance refresh {ended['Back']} to it is"
        in (ended["Said"])
    )


def test_and_safely_where_aws_does_not_say_how(account: Account) -> None:
    handed = begin(account, "configuration", "Failed")
    account.add_members(2)
    del account.refreshes[0]["Preferences"]
    end(handed)
    assert account.stub.calls_of("start_instance_refresh")[1]["Preferences"] == {
        "MinHealthyPercentage": 100,
        "MaxHealthyPercentage": 110,
    }


@pytest.mark.parametrize(
    ("entry", "status", "members"),
    [("AutoRollback=false", "Failed", 2), ("BakeTime=1", "Cancelled", 2), ("BakeTime=1", "Failed", 1)],
)
def test_and_is_not_where_nobody_wants_it(account: Account, entry: str, status: str, members: int) -> None:
    handed = begin(account, "configuration", status)
    account.add_members(members)
    assert end(handed, entry)["Back"] == "none"
    assert account.groups[GROUP]["LaunchConfigurationName"] == "web-initial"


@pytest.mark.parametrize("cancelled", ["own", "parent"])
def test_and_is_not_in_a_run_that_is_cancelled(account: Account, cancelled: str) -> None:
    handed = begin(account, "configuration", "InProgress")
    account.add_members(2)
    if cancelled == "own":
        account.executions.runs[OWN_RUN]["AutomationExecutionStatus"] = "Cancelling"
    else:
        parent = account.executions.add(run_id(50), "roll-out", status="Cancelled")
        account.executions.runs[OWN_RUN]["ParentAutomationExecutionId"] = parent
    assert end(handed)["Back"] == "none"


def test_what_somebody_else_set_stays(account: Account) -> None:
    handed = begin(account, "configuration", "Failed")
    account.groups[GROUP]["LaunchConfigurationName"] = "by-hand"
    assert "; somebody changed meanwhile what the group launches, and " in end(handed)["Said"]
    assert account.groups[GROUP]["LaunchConfigurationName"] == "by-hand"


def test_what_somebody_else_set_in_a_template_stays(account: Account) -> None:
    handed = begin(account, "default", "Failed")
    account.templates[LT]["versions"][3] = {"LaunchTemplateData": {"ImageId": image_id(1)}}
    account.templates[LT]["default"] = 3
    assert "; somebody changed meanwhile what the group launches, and " in end(handed)["Said"]
    assert account.templates[LT]["default"] == 3


def test_a_latest_version_that_cannot_be_deleted_is_named(account: Account) -> None:
    handed = begin(account, "latest", "Failed")
    account.templates[LT]["default"] = 2
    said = end(handed)["Said"]
    assert "; the group still launches the image: roll out another one, and " in said
    assert said.endswith(f"; delete by hand version 2 of launch template {LT} (It is the default version).")


def test_one_change_that_does_not_go_back_does_not_keep_the_others(account: Account) -> None:
    handed = use_all_places(account)
    start(account, handed)
    account.refreshes[0]["Status"] = "Failed"
    account.stub(autoscaling, "update_auto_scaling_group", refusal("ValidationError", "Later."))
    account.templates[LT]["default"] = 2
    handed = [*handed, f"Changes=0 {LT} 1 2 default"]
    with pytest.raises(Exception, match=r"Not all could be put back: .*Later"):
        end(handed)
    assert account.templates[LT]["default"] == 1


def test_a_policy_that_is_put_back_in_part_is_nobody_s_change(account: Account) -> None:
    handed = use_all_places(account)
    start(account, handed)
    account.refreshes[0] |= {"Status": "Failed", "StatusReason": "They are not healthy."}
    account.groups[GROUP]["MixedInstancesPolicy"]["LaunchTemplate"]["Overrides"][1]["ImageId"] = image_id(1)
    event: Any = {"AutoScalingGroupName": GROUP, "HandedOn": handed, "RefreshIds": [REFRESH, PLACEHOLDER]}
    event |= {"Problem": "none", "Stopped": PLACEHOLDER}
    assert "; the group in part launches the image: roll out another one, and " in refused(event)


def use_all_places(account: Account) -> list[str]:
    """A base and an override by number, and one that names an image."""
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
    return hand(account, f"base {LT} 1 2 number", f"1 {image_id(1)} image")


def test_a_policy_is_put_back_in_every_place(account: Account) -> None:
    handed = use_all_places(account)
    before = copy.deepcopy(account.source_of_group())
    start(account, handed)
    assert "DesiredConfiguration" not in sent(account)
    assert image_id(2) in json.dumps(account.source_of_group())
    account.refreshes[0]["Status"] = "Failed"
    end(handed)
    assert account.source_of_group() == before


def test_places_that_somebody_else_set_stay(account: Account) -> None:
    handed = use_all_places(account)
    start(account, handed)
    account.refreshes[0]["Status"] = "Failed"
    named = account.groups[GROUP]["MixedInstancesPolicy"]["LaunchTemplate"]
    named["LaunchTemplateSpecification"]["Version"] = "7"
    named["Overrides"][1]["ImageId"] = "ami-of-somebody"
    changed = copy.deepcopy(account.source_of_group())
    end(handed)
    assert account.source_of_group() == changed


def test_a_refresh_that_succeeded_too_late_is_said(account: Account) -> None:
    handed = begin(account, "number", "Successful")
    account.groups[GROUP]["LaunchTemplate"]["Version"] = "2"
    said = end(handed)["Said"]
    assert said.endswith("succeeded, though not in the time that the run waits: nothing is left to do.")
    assert account.tags_of_image(2)["ami-refresh:previous-image"] == image_id(1)
    assert list(account.templates[LT]["versions"]) == [1, 2]


def test_a_group_that_was_deleted_meanwhile(account: Account) -> None:
    handed = begin(account, "number", "Failed")
    del account.groups[GROUP]
    with pytest.raises(Exception, match="was deleted meanwhile"):
        finish(handed, REFRESH)


# What is sent where people said nothing.


@pytest.mark.parametrize(
    ("entries", "policy", "least", "most"),
    [
        ([], None, 100, 110),
        (["MinHealthyPercentage=90"], None, 90, 110),
        (["MinHealthyPercentage=5"], None, 5, 105),
        (["MinHealthyPercentage=50", "MaxHealthyPercentage=100"], None, 50, 100),
        ([], -1, 100, 110),
        ([], 0, None, None),
        (["MinHealthyPercentage=90"], 50, 90, 110),
    ],
)
def test_a_new_instance_comes_before_an_old_one_goes(
    account: Account, entries: list[str], policy: int | None, least: int | None, most: int | None
) -> None:
    if policy is not None:
        account.groups[GROUP]["InstanceMaintenancePolicy"] = {"MinHealthyPercentage": policy}
    start(account, hand(account, use_version(account, "number")), *entries)
    preferences = sent(account)["Preferences"]
    assert (preferences.get("MinHealthyPercentage"), preferences.get("MaxHealthyPercentage")) == (least, most)
