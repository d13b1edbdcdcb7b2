"""Setting the group, writing down what was rolled out, and putting it back where anything fails."""

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from executions import run_id
from launching import GROUP, NO_ANSWER, OWN_RUN, ROLL_OUT, Account, image_id
from roll_out_launch_configuration.update_auto_scaling_group import Event, update_auto_scaling_group
from shared.autoscaling_client import autoscaling
from shared.ec2_client import ec2
from support import Clock, Outcome, refusal, utc_now

NAME = "web_2026-03-02"
ROLLED_OUT, PREVIOUS = "ami-refresh:rolled-out", "ami-refresh:previous-image"


@pytest.fixture(autouse=True)
def _made(account: Account) -> None:
    account.add_configuration(NAME, 2)


def before_of(account: Account, images: str, is_ours: str) -> dict[str, str]:
    """As the first step hands it on."""
    return {"PreviousLaunchConfigurationName": present(account), "ImageIds": images, "IsOurs": is_ours}


def event(account: Account, **changes: Any) -> Event:
    return {
        "ExecutionId": OWN_RUN,
        "ImageId": image_id(2),
        "AutoScalingGroupName": GROUP,
        "LaunchConfigurationName": NAME,
        "Before": before_of(account, image_id(1), "true"),
        **changes,  # type: ignore[typeddict-item]
    }


def update(account: Account, **changes: Any) -> None:
    update_auto_scaling_group(event(account, **changes), None)


def sent(account: Account) -> list[str]:
    """What the group was set to, in this order."""
    asked = account.stub.calls_of("update_auto_scaling_group")
    assert all(one.keys() == {"AutoScalingGroupName", "LaunchConfigurationName"} for one in asked)
    return [one["LaunchConfigurationName"] for one in asked]


def present(account: Account) -> Any:
    return account.groups[GROUP]["LaunchConfigurationName"]


def test_the_group_launches_the_image_and_the_image_says_so(account: Account) -> None:
    before = account.tags_of_image(2)
    update(account)
    assert present(account) == NAME
    assert sent(account) == [NAME]
    assert account.tags_of_image(2) == {
        **before,
        ROLLED_OUT: "2026-03-02T05:30:00Z",
        PREVIOUS: image_id(1),
    }


def test_an_image_that_people_made_is_left_as_it_is(account: Account) -> None:
    account.add_configuration("web_2026-03-01", 1)
    before = before_of(account, image_id(2), "false")
    update(account, ImageId=image_id(1), LaunchConfigurationName="web_2026-03-01", Before=before)
    assert present(account) == "web_2026-03-01"
    assert account.stub.calls_of("create_tags") == []


def test_where_nothing_is_replaced_only_the_time_is_new(account: Account) -> None:
    account.groups[GROUP]["LaunchConfigurationName"] = NAME
    tags = account.images[image_id(2)]["Tags"]
    tags += [{"Key": ROLLED_OUT, "Value": "2026-03-01T05:30:00Z"}, {"Key": PREVIOUS, "Value": image_id(7)}]
    update(account, Before=before_of(account, "none", "true"))
    assert sent(account) == []
    assert account.tags_of_image(2)[ROLLED_OUT] == "2026-03-02T05:30:00Z"
    assert account.tags_of_image(2)[PREVIOUS] == image_id(7)


def test_looks_once_more_right_before_the_change(account: Account) -> None:
    update(account)
    order = [call.operation for call in account.stub.calls]
    assert order[-4:] == ["describe_images", "update_auto_scaling_group", "describe_images", "create_tags"]
    assert order[:-4].count("describe_auto_scaling_groups") == 1
    assert order[:-4].count("describe_automation_executions") == 1


def change_group(account: Account, **launch_source: Any) -> Event:
    asked = event(account)
    account.groups[GROUP].pop("LaunchConfigurationName")
    account.groups[GROUP].update(launch_source)
    return asked


CHANGED: dict[str, Callable[[Account], Event]] = {
    "another launch configuration": lambda account: change_group(account, LaunchConfigurationName="hotfix"),
    "a launch template": lambda account: change_group(
        account, LaunchTemplate=account.refer(account.add_template(1, {}))
    ),
    "a mixed instances policy": lambda account: change_group(
        account, MixedInstancesPolicy={"LaunchTemplate": {}}
    ),
}


@pytest.mark.parametrize("what", CHANGED)
def test_a_group_that_somebody_set_meanwhile_is_left_alone(account: Account, what: str) -> None:
    asked = CHANGED[what](account)
    as_it_was = account.source_of_group()
    with pytest.raises(Exception, match="was left as it is") as raised:
        update_auto_scaling_group(asked, None)
    assert str(raised.value) == (
        "What Auto Scaling group web launches from changed during this run, and was left as it is: see who "
        "changed it, and start the runbook again."
    )
    assert account.source_of_group() == as_it_was
    assert sent(account) == []


def test_of_a_group_that_somebody_deleted_nothing_says_that_it_was_left_as_it_is(account: Account) -> None:
    asked = event(account)
    account.groups.clear()
    with pytest.raises(Exception, match="deleted meanwhile") as raised:
        update_auto_scaling_group(asked, None)
    assert str(raised.value) == (
        "Auto Scaling group web was deleted meanwhile: see who did it, and start the runbook again."
    )
    assert sent(account) == []


@pytest.mark.parametrize("state", ["disabled", "deregistered", "gone"])
def test_an_image_that_is_gone_before_the_change(account: Account, state: str) -> None:
    if state == "gone":
        account.images.pop(image_id(2))
    else:
        account.images[image_id(2)]["State"] = state
    with pytest.raises(
        Exception, match=f"is {state} and not available any more, and the group stays as it was"
    ):
        update(account)
    assert sent(account) == []


def test_an_image_that_is_deleted_at_the_same_moment(account: Account) -> None:
    def answer(asked: Any) -> Outcome:
        account.images.pop(image_id(2), None)
        return account.update_group(asked)

    account.stub(autoscaling, "update_auto_scaling_group", answer)
    with pytest.raises(Exception, match="is gone and not available any more"):
        update(account)
    assert sent(account) == [NAME, "web-initial"]
    assert present(account) == "web-initial"


def test_an_earlier_roll_out_goes_on(account: Account) -> None:
    account.executions.add(run_id(1), ROLL_OUT, started=utc_now() - datetime.timedelta(minutes=1))
    with pytest.raises(Exception, match=f"start it again with image {image_id(2)} when that one has ended"):
        update(account)
    assert sent(account) == []


def test_nothing_is_rolled_out_for_a_run_that_was_cancelled(account: Account) -> None:
    parent = account.executions.add(run_id(1), "web-create-image", status="Cancelled")
    account.executions.runs[OWN_RUN]["ParentAutomationExecutionId"] = parent
    with pytest.raises(Exception, match="to which this roll-out belongs, is Cancelled"):
        update(account)
    assert sent(account) == []


# What fails.


def test_a_refused_update_changes_nothing_and_sets_nothing_back(account: Account) -> None:
    account.stub(autoscaling, "update_auto_scaling_group", refusal("ValidationError", "AWS's reason."))
    with pytest.raises(Exception, match=r"ValidationError.*AWS's reason"):
        update(account)
    assert sent(account) == [NAME]
    assert account.stub.calls_of("create_tags") == []


def test_a_denied_update_is_explained_in_one_sentence(account: Account) -> None:
    said = "You are not authorized to use launch template: lt-1. Encoded authorization failure message: abc"
    account.stub(autoscaling, "update_auto_scaling_group", refusal("AccessDenied", said))
    with pytest.raises(Exception, match="run pulumi up") as raised:
        update(account)
    assert str(raised.value) == (
        "An error occurred (AccessDenied) when calling the UpdateAutoScalingGroup operation: You are not "
        "authorized to use launch template: lt-1: run pulumi up, because the permissions follow what the "
        "group launches with."
    )


@pytest.mark.parametrize("failure", [refusal("UnauthorizedOperation", "No."), NO_ANSWER])
def test_the_group_is_put_back_where_the_image_cannot_be_tagged(account: Account, failure: Exception) -> None:
    account.stub(ec2, "create_tags", failure)
    with pytest.raises(type(failure)):
        update(account)
    assert sent(account) == [NAME, "web-initial"]
    assert present(account) == "web-initial"


def test_what_was_answered_is_put_back_without_looking(account: Account) -> None:
    """AWS may still show how it was."""
    stale = dict(account.groups[GROUP])
    account.stub(autoscaling, "describe_auto_scaling_groups", {"AutoScalingGroups": [stale]})
    account.stub(ec2, "create_tags", refusal("UnauthorizedOperation"))
    with pytest.raises(ClientError):
        update(account)
    assert present(account) == "web-initial"


def test_an_update_without_an_answer_that_was_made_is_put_back(account: Account, clock: Clock) -> None:
    start = clock.now
    account.lose_answer(autoscaling, "update_auto_scaling_group", done=True)
    with pytest.raises(type(NO_ANSWER)):
        update(account)
    assert sent(account) == [NAME, "web-initial"]
    assert present(account) == "web-initial"
    assert (clock.now - start).total_seconds() == 60


def test_an_update_without_an_answer_that_was_not_made_needs_no_other(account: Account) -> None:
    account.lose_answer(autoscaling, "update_auto_scaling_group", done=False)
    with pytest.raises(type(NO_ANSWER)):
        update(account)
    assert sent(account) == [NAME]
    assert present(account) == "web-initial"


def test_an_update_without_an_answer_that_is_made_late_is_put_back(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    account.lose_answer(autoscaling, "update_auto_scaling_group", done=False)

    def make_it_late(_seconds: float) -> None:
        account.groups[GROUP]["LaunchConfigurationName"] = NAME

    monkeypatch.setattr("time.sleep", make_it_late)
    with pytest.raises(type(NO_ANSWER)):
        update(account)
    assert present(account) == "web-initial"


def test_what_somebody_else_set_meanwhile_is_not_put_back(account: Account) -> None:
    def answer(_asked: Any) -> Outcome:
        account.groups[GROUP]["LaunchConfigurationName"] = "hotfix"
        return NO_ANSWER

    account.stub(autoscaling, "update_auto_scaling_group", answer)
    with pytest.raises(Exception, match="could not be put back") as raised:
        update(account)
    assert re.fullmatch(
        r"The run failed \(Read timeout .*\), and this could not be put back: Auto Scaling group web "
        r"\(it is on something else by now\); do so by hand\.",
        str(raised.value),
    )
    assert present(account) == "hotfix"


def test_what_cannot_be_put_back_is_said(account: Account) -> None:
    account.stub(autoscaling, "update_auto_scaling_group", account.update_group, refusal("AccessDenied"))
    account.stub(ec2, "create_tags", refusal("UnauthorizedOperation"))
    with pytest.raises(Exception, match="could not be put back") as raised:
        update(account)
    assert re.search(
        r"failed \(.*CreateTags.*\), and .*: Auto Scaling group web \(.*AccessDenied", str(raised.value)
    )
