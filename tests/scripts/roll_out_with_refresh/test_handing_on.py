"""What goes from one runbook to the next, and what is said in the end."""

from typing import Any

import pytest

from executions import PLACEHOLDER, run_id
from launching import GROUP, Account, image_id
from roll_out_with_refresh.explain_failed_run import explain_failed_run
from roll_out_with_refresh.read_prepared import read_prepared
from roll_out_with_refresh.report import report
from roll_out_with_refresh.stop_running_refresh import stop_running_refresh
from shared.ec2_client import ec2
from shared.hand_on import hand_on
from shared.launch_changes import read_changes
from shared.pause import decide_pause
from support import refusal

LT = f"lt-{1:017}"
PREPARE, REFRESH = run_id(60), run_id(61)
STANDING = "\u007b\u007b refreshInstances.ExecutionId \u007d\u007d"


def handed(*changes: str, pause: str = "false") -> list[str]:
    return hand_on({"ImageId": image_id(2), "Pause": pause}, [*changes])


def test_what_is_handed_on_is_found_among_sentences() -> None:
    entries = handed(f"base {LT} 1 2 number", f"1 {image_id(1)} image", pause="true")
    outputs = ["Group web is to launch image=x.", image_id(2), f"{LT} version 2", "as it was", *entries]
    assert read_prepared({"Outputs": outputs}, None) == {
        "ImageId": image_id(2),
        "HandedOn": entries,
        "Pause": "true",
    }
    assert read_changes(entries) == [["base", LT, "1", "2", "number"], ["1", image_id(1), "image"]]


def test_forty_changes_are_few_values_and_none_is_too_long() -> None:
    changes = [f"{index} {LT} {10000 + index} {20000 + index} number" for index in range(41)]
    entries = handed(*changes)
    assert len(entries) <= 10
    assert max(len(one) for one in entries) <= 512
    assert [" ".join(one) for one in read_changes(entries)] == changes


def test_reports_what_both_runs_did() -> None:
    event: Any = {
        "HandedOn": handed(pause="true"),
        "Prepared": ["Auto Scaling group web is to launch image ami-2.", "…"],
        "Refreshed": ["Instance refresh 1 succeeded"],
        "RuleName": "nightly",
    }
    assert report(event, None) == {
        "Summary": "Auto Scaling group web now launches image ami-2. Instance refresh 1 succeeded.",
        "ImageId": image_id(2),
        "Schedule": "off, so that nothing rolls forward again; turn it on with: "
        "aws events enable-rule --name nightly",
    }


@pytest.mark.parametrize(
    ("wanted", "days", "is_back", "pause"),
    [
        ("auto", [3], False, "true"),
        ("auto", [1, 3], False, "true"),
        ("auto", [1], False, "false"),
        ("auto", [2], False, "false"),
        ("auto", [2], True, "true"),
        ("auto", [1], True, "false"),
        ("true", [1], False, "true"),
        ("false", [3], True, "false"),
    ],
)
def test_the_schedule_is_paused_where_the_image_is_older(
    wanted: str, days: list[int], is_back: bool, pause: str
) -> None:
    present = [None, *({"ImageId": f"ami-{day}", "CreationDate": f"2026-03-0{day}"} for day in days)]
    image = {"ImageId": "ami-2", "CreationDate": "2026-03-02"}
    assert decide_pause(wanted, image, present, is_back=is_back) == pause


def explain(prepare: str, refresh: str, *changes: str) -> str:
    event: Any = {
        "AutoScalingGroupName": GROUP,
        "ImageId": image_id(2),
        "Prepared": ["Group web is to launch an image.", *handed(*changes)],
        "Prepare": prepare,
        "Refresh": refresh,
    }
    with pytest.raises(Exception, match=r"\.$") as raised:
        explain_failed_run(event, None)
    return str(raised.value)


def make_version(account: Account, number: int = 2, run: str = PREPARE) -> None:
    account.templates[LT]["versions"][number] = {
        "LaunchTemplateData": {"ImageId": image_id(2)},
        "VersionDescription": f"web_2026-03-02 {run}",
    }


def test_the_refresh_s_own_words_come_first(account: Account) -> None:
    account.executions.add(PREPARE, "prepare", status="Success")
    account.executions.add(
        REFRESH, "refresh", status="Failed", FailureMessage="Instance refresh 1 ended Failed."
    )
    assert explain(PREPARE, REFRESH) == "Instance refresh 1 ended Failed."


def test_a_refresh_that_succeeded_unheard_is_no_failure_of_the_group(account: Account) -> None:
    account.executions.add(PREPARE, "prepare", status="Success")
    account.executions.add(REFRESH, "refresh", status="Success")
    make_version(account)
    account.groups[GROUP]["LaunchTemplate"]["Version"] = "$Latest"
    assert explain(PREPARE, REFRESH, f"base {LT} 1 2 latest") == (
        f"Run {REFRESH} succeeded, though this run did not hear of it: Auto Scaling group {GROUP} launches "
        f"image {image_id(2)}; only the schedule was not switched off and no parameter was written, where "
        "that was wanted."
    )
    assert list(account.templates[LT]["versions"]) == [1, 2]


def test_prepare_s_own_words(account: Account) -> None:
    account.executions.add(PREPARE, "prepare", status="Failed", FailureMessage="The image does not fit.")
    assert explain(PREPARE, STANDING) == "The image does not fit."


def test_a_run_that_does_not_say_why_is_named(account: Account) -> None:
    account.executions.add(REFRESH, "refresh", status="TimedOut")
    said = explain(PREPARE, REFRESH)
    assert said == (
        f"Run {REFRESH} of the roll-out of image {image_id(2)} is TimedOut and does not say why: look at its "
        f"steps; Auto Scaling group {GROUP} launches from launch template {LT} version 1, and 0 of its "
        "instances run the image."
    )


@pytest.mark.parametrize("reference", ["1", "$Latest"])
def test_without_a_refresh_the_versions_are_taken_back(account: Account, reference: str) -> None:
    account.executions.add(PREPARE, "prepare", status="Success")
    account.groups[GROUP]["LaunchTemplate"]["Version"] = reference
    make_version(account, 2, run_id(59))
    make_version(account, 3)
    assert explain(PREPARE, STANDING) == (
        f"The roll-out of image {image_id(2)} did not go on, and the group was not changed: look at step "
        "refreshInstances of this run for AWS's reason, and start it again when that is mended."
    )
    # What another run made stays.
    assert list(account.templates[LT]["versions"]) == [1, 2]


def test_a_run_that_is_cancelled_takes_back_what_it_could_not_say_any_more(account: Account) -> None:
    account.executions.add(PREPARE, "prepare", status="Cancelled")
    account.groups[GROUP]["LaunchTemplate"]["Version"] = "$Latest"
    make_version(account)
    assert f"Run {PREPARE} of the roll-out of image {image_id(2)} is Cancelled" in explain(PREPARE, STANDING)
    assert list(account.templates[LT]["versions"]) == [1]


def test_a_run_that_still_makes_versions_is_waited_for(account: Account, monkeypatch: Any) -> None:
    run = account.executions.runs[account.executions.add(PREPARE, "prepare")]
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        make_version(account)
        run["AutomationExecutionStatus"] = "Success"

    monkeypatch.setattr("time.sleep", sleep)
    assert "did not go on" in explain(PREPARE, STANDING)
    assert slept == [5]
    assert list(account.templates[LT]["versions"]) == [1]


def test_a_version_that_somebody_lets_the_group_launch_stays(account: Account) -> None:
    account.executions.add(PREPARE, "prepare", status="Success")
    make_version(account)
    account.groups[GROUP]["LaunchTemplate"] = {"LaunchTemplateId": LT, "Version": "2"}
    explain(PREPARE, STANDING)
    assert list(account.templates[LT]["versions"]) == [1, 2]


def test_a_version_that_stays_is_said(account: Account) -> None:
    account.executions.add(PREPARE, "prepare", status="Success")
    make_version(account)
    account.templates[LT]["default"] = 2
    said = explain(PREPARE, STANDING)
    assert said.endswith(f"; delete by hand version 2 of launch template {LT} (It is the default version).")


def test_nothing_was_started_at_all(account: Account) -> None:
    event: Any = {
        "AutoScalingGroupName": GROUP,
        "ImageId": "previous",
        "Prepared": PLACEHOLDER,
        "Prepare": STANDING,
        "Refresh": STANDING,
    }
    with pytest.raises(
        Exception, match=r"of image previous did not go on, .* look at step prepare of this run"
    ):
        explain_failed_run(event, None)
    assert account.stub.calls_of("delete_launch_template_versions") == []


@pytest.mark.parametrize("active", [True, False])
def test_who_cancels_stops_the_refresh_and_learns_what_stays_new(account: Account, active: bool) -> None:
    account.refreshes = [
        {"InstanceRefreshId": run_id(200), "Status": "InProgress" if active else "Cancelled"}
    ]
    account.add_members(2)
    event: Any = {"AutoScalingGroupName": GROUP, "HandedOn": handed(), "InstanceRefresh": []}
    found = stop_running_refresh(event, None)["NewInstances"]
    assert sorted(found) == sorted(
        key for key, one in account.instances.items() if one["ImageId"] == image_id(2)
    )
    assert account.refreshes[0]["Status"] == ("Cancelling" if active else "Cancelled")
    for key in found:
        account.instances.pop(key)
    assert stop_running_refresh(event, None) == {"NewInstances": ["none"]}


def test_a_denied_stop_is_no_secret(account: Account) -> None:
    account.stub(ec2, "describe_instances", refusal("UnauthorizedOperation", "You may not."))
    event: Any = {"AutoScalingGroupName": GROUP, "HandedOn": handed(), "InstanceRefresh": []}
    with pytest.raises(Exception, match="You may not"):
        stop_running_refresh(event, None)


def test_who_cancels_what_aws_rolls_back_has_no_new_instances(account: Account) -> None:
    account.refreshes = [
        {
            "InstanceRefreshId": run_id(200),
            "Status": "InProgress",
            "DesiredConfiguration": {"LaunchTemplate": {}},
        }
    ]
    account.add_members(2)
    event: Any = {"AutoScalingGroupName": GROUP, "HandedOn": handed(), "InstanceRefresh": []}
    assert stop_running_refresh(event, None) == {"NewInstances": ["none"]}
    assert account.refreshes[0]["Status"] == "RollbackInProgress"


def test_who_wants_no_way_back_has_it_cancelled_too(account: Account) -> None:
    desired: Any = {"LaunchTemplate": {}}
    account.refreshes = [
        {"InstanceRefreshId": run_id(200), "Status": "InProgress", "DesiredConfiguration": desired}
    ]
    entries = ["Strategy=Rolling", "AutoRollback=false"]
    event: Any = {"AutoScalingGroupName": GROUP, "HandedOn": handed(), "InstanceRefresh": entries}
    stop_running_refresh(event, None)
    assert account.refreshes[0]["Status"] == "Cancelling"


def test_who_cancels_before_a_refresh_began_leaves_no_version(account: Account) -> None:
    account.templates[LT]["versions"][2] = {"LaunchTemplateData": {"ImageId": image_id(2)}}
    account.groups[GROUP]["LaunchTemplate"]["Version"] = "$Latest"
    event: Any = {
        "AutoScalingGroupName": GROUP,
        "HandedOn": handed(f"base {LT} 1 2 latest"),
        "InstanceRefresh": [],
    }
    assert stop_running_refresh(event, None) == {"NewInstances": ["none"]}
    assert list(account.templates[LT]["versions"]) == [1]
