"""Making versions, letting the group use them, writing that down, and putting everything back."""

import copy
import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from executions import run_id
from launching import GROUP, NO_ANSWER, OWN_RUN, ROLL_OUT, Account, image_id
from roll_out_launch_template.advance_launch_templates import Event, advance_launch_templates
from roll_out_launch_template.check_group import check_group
from shared.autoscaling_client import autoscaling
from shared.ec2_client import ec2
from support import Clock, Outcome, refusal, utc_now

NUMBER, DEFAULT, LATEST = (f"lt-{number:017}" for number in (1, 2, 3))
ROLLED_OUT, PREVIOUS = "ami-refresh:rolled-out", "ami-refresh:previous-image"
DISTRIBUTION = {
    "OnDemandPercentageAboveBaseCapacity": 50,
    "SpotAllocationStrategy": "price-capacity-optimized",
}


def use_template(account: Account, version: str | None = "1", **data: Any) -> None:
    template = account.add_template(1, {"ImageId": image_id(1), "InstanceType": "t3.small", **data})
    account.add_group(LaunchTemplate=account.refer(template, version))


def use_policy(account: Account) -> None:
    """Each of three templates in another way, an override with an image, and another architecture."""
    account.add_image(3, Architecture="arm64")
    data = {"ImageId": image_id(1), "InstanceType": "t3.small"}
    for number in (1, 2, 3):
        account.add_template(number, data, data)
    arm = account.add_template(4, {"ImageId": image_id(3)})
    overrides = [
        {"InstanceType": "t3.small", "WeightedCapacity": "1"},
        {"InstanceType": "t3.large", "LaunchTemplateSpecification": account.refer(LATEST, "$Latest")},
        {"InstanceType": "m5.large", "LaunchTemplateSpecification": account.refer(DEFAULT, "$Default")},
        {"InstanceType": "c5.large", "ImageId": image_id(1)},
        {"InstanceType": "t4g.small", "LaunchTemplateSpecification": account.refer(arm, "1")},
    ]
    named = {"LaunchTemplateSpecification": account.refer(NUMBER, "1"), "Overrides": overrides}
    account.add_group(MixedInstancesPolicy={"LaunchTemplate": named, "InstancesDistribution": DISTRIBUTION})


KINDS: dict[str, Callable[[Account], None]] = {
    "number": use_template,
    "default": lambda account: use_template(account, "$Default"),
    "none": lambda account: use_template(account, None),
    "latest": lambda account: use_template(account, "$Latest"),
    "mixed": use_policy,
}
every_kind = pytest.mark.parametrize("kind", KINDS)


def prepare(account: Account, **changes: Any) -> Event:
    """As the step before hands it on."""
    found = check_group(
        {
            "ImageId": changes.get("ImageId", image_id(2)),
            "AutoScalingGroupName": GROUP,
            "AllowSharedTemplate": False,
            "CustomerKeyReady": False,
            "PauseSchedule": "auto",
            "IsBack": "false",
        },
        None,
    )
    account.stub.calls.clear()
    return {
        "ExecutionId": OWN_RUN,
        "AutoScalingGroupName": GROUP,
        "LaunchConfigPrefix": "web",
        "ImageId": found["ImageId"],
        "Plan": found["Plan"],
        "Before": found["Before"],
        "ReplaceInstances": "false",
        **changes,  # type: ignore[typeddict-item]
    }


def advance(account: Account, **changes: Any) -> list[str]:
    return advance_launch_templates(prepare(account, **changes), None)["Versions"]


def start_again(account: Account) -> str:
    account.executions.runs[OWN_RUN]["AutomationExecutionStatus"] = "Success"
    return account.executions.add(run_id(101), ROLL_OUT)


def state(account: Account) -> Any:
    """What the group launches from. Made versions are marked by no token."""
    templates = {key: {**one, "tokens": None} for key, one in account.templates.items()}
    return copy.deepcopy((account.groups, templates))


def launched(account: Account) -> list[str]:
    """The images, place by place."""
    group = account.groups[GROUP]
    policy = group.get("MixedInstancesPolicy", {}).get("LaunchTemplate", {})
    base = group.get("LaunchTemplate") or policy["LaunchTemplateSpecification"]
    places = [{"LaunchTemplateSpecification": base}, *policy.get("Overrides", [])]
    return [
        one.get("ImageId") or image_of(account, one.get("LaunchTemplateSpecification") or base)
        for one in places
    ]


def image_of(account: Account, specification: Any) -> Any:
    asked = {"LaunchTemplateId": specification["LaunchTemplateId"]}
    found: Any = account.describe_versions({**asked, "Versions": [specification.get("Version", "$Default")]})
    return found["LaunchTemplateVersions"][0]["LaunchTemplateData"]["ImageId"]


def changing_calls(account: Account) -> list[tuple[str, Any]]:
    changing = ("create_launch", "modify", "update", "delete", "create_tags")
    return [
        (call.operation, call.params) for call in account.stub.calls if call.operation.startswith(changing)
    ]


# What is done.


@pytest.mark.parametrize("kind", ["number", "default", "none", "latest"])
def test_the_group_launches_the_image_as_it_referred_to_the_template_before(
    account: Account, kind: str
) -> None:
    KINDS[kind](account)
    before = account.groups[GROUP]["LaunchTemplate"].get("Version")
    tags = account.tags_of_image(2)
    assert advance(account) == [f"{NUMBER} version 2"]
    assert launched(account) == [image_id(2)]
    assert account.groups[GROUP]["LaunchTemplate"].get("Version") == ("2" if kind == "number" else before)
    assert account.templates[NUMBER]["default"] == (2 if kind in ("default", "none") else 1)
    assert bool(account.stub.calls_of("update_auto_scaling_group")) == (kind == "number")
    assert account.tags_of_image(2) == {
        **tags,
        ROLLED_OUT: "2026-03-02T05:30:00Z",
        PREVIOUS: image_id(1),
    }


def test_a_version_is_made_from_the_one_in_use_and_says_which_run_made_it(account: Account) -> None:
    use_template(account)
    account.templates[NUMBER]["versions"][7] = {"LaunchTemplateData": {"ImageId": image_id(9)}}
    assert advance(account) == [f"{NUMBER} version 8"]
    (asked,) = account.stub.calls_of("create_launch_template_version")
    assert asked == {
        "LaunchTemplateId": NUMBER,
        "SourceVersion": "1",
        "VersionDescription": f"web_2026-03-02 {OWN_RUN}",
        "LaunchTemplateData": {"ImageId": image_id(2)},
        "ClientToken": f"{OWN_RUN}-{NUMBER}-1",
    }
    made = account.templates[NUMBER]["versions"][8]["LaunchTemplateData"]
    assert made == {"ImageId": image_id(2), "InstanceType": "t3.small"}


def test_the_longest_description_and_token_that_aws_takes(account: Account) -> None:
    account.add_own_image(4, "_2026-03-02_05.30.12")
    use_template(account)
    advance(account, LaunchConfigPrefix="x" * 235, ImageId=image_id(4))
    (asked,) = account.stub.calls_of("create_launch_template_version")
    assert len(asked["VersionDescription"]) <= 255
    assert asked["VersionDescription"].endswith(f"x_2026-03-02_05.30.12 {OWN_RUN}")
    assert len(asked["ClientToken"]) <= 64


def test_every_place_of_a_policy_gets_the_image_and_the_rest_is_sent_as_it_was(account: Account) -> None:
    use_policy(account)
    expected = copy.deepcopy(account.groups[GROUP]["MixedInstancesPolicy"])
    named = expected["LaunchTemplate"]
    for place in (named, *named["Overrides"]):
        # AWS answers both and refuses both.
        place.get("LaunchTemplateSpecification", {}).pop("LaunchTemplateName", None)
    named["LaunchTemplateSpecification"]["Version"] = "3"
    named["Overrides"][3]["ImageId"] = image_id(2)
    assert sorted(advance(account)) == [f"{one} version 3" for one in (NUMBER, DEFAULT, LATEST)]
    assert account.stub.calls_of("update_auto_scaling_group") == [
        {"AutoScalingGroupName": GROUP, "MixedInstancesPolicy": expected}
    ]
    new, arm = image_id(2), image_id(3)
    assert launched(account) == [new, new, new, new, new, arm]
    assert account.templates[DEFAULT]["default"] == 3
    assert account.tags_of_image(2)[PREVIOUS] == f"{image_id(1)} {arm}"


def test_the_latest_version_is_made_last_and_the_default_is_set_at_the_end(account: Account) -> None:
    use_policy(account)
    advance(account)
    order = [(operation, params.get("LaunchTemplateId")) for operation, params in changing_calls(account)]
    assert order == [
        ("create_launch_template_version", NUMBER),
        ("create_launch_template_version", DEFAULT),
        ("create_launch_template_version", LATEST),
        ("update_auto_scaling_group", None),
        ("modify_launch_template", DEFAULT),
        ("create_tags", None),
    ]


def test_one_version_that_is_used_twice_gets_one_successor(account: Account) -> None:
    use_template(account)
    reference = account.groups[GROUP].pop("LaunchTemplate")
    overrides = [
        {"InstanceType": "t3.small"},
        {"InstanceType": "t3.large", "LaunchTemplateSpecification": account.refer(NUMBER, "1")},
        {"InstanceType": "m5.large", "LaunchTemplateSpecification": account.refer(NUMBER, "$Default")},
    ]
    named = {"LaunchTemplateSpecification": reference, "Overrides": overrides}
    account.groups[GROUP]["MixedInstancesPolicy"] = {"LaunchTemplate": named}
    account.stub(ec2, "create_tags", refusal("UnauthorizedOperation"), account.create_tags)
    before = state(account)
    with pytest.raises(ClientError):
        advance(account)
    assert state(account) == before
    for operation in ("create_launch_template_version", "delete_launch_template_versions"):
        assert len(account.stub.calls_of(operation)) == 1
    assert advance(account, ExecutionId=start_again(account)) == [f"{NUMBER} version 2"]
    assert launched(account) == [image_id(2)] * 4
    assert account.templates[NUMBER]["default"] == 2


def test_no_snapshot_of_the_version_before_comes_along(account: Account) -> None:
    devices = [{"DeviceName": "/dev/xvda", "Ebs": {"VolumeSize": 100, "SnapshotId": "snap-0stale"}}]
    use_template(account, BlockDeviceMappings=devices)
    advance(account)
    made = account.templates[NUMBER]["versions"][2]["LaunchTemplateData"]
    assert made["BlockDeviceMappings"] == [{"DeviceName": "/dev/xvda", "Ebs": {"VolumeSize": 100}}]


def test_images_of_overrides_alone_need_no_version(account: Account) -> None:
    template = account.add_template(1, {"InstanceType": "t3.small"})
    overrides = [{"InstanceType": "t3.small", "ImageId": image_id(1)}]
    named = {"LaunchTemplateSpecification": account.refer(template, "1"), "Overrides": overrides}
    account.add_group(MixedInstancesPolicy={"LaunchTemplate": named})
    assert advance(account) == ["none"]
    assert account.groups[GROUP]["MixedInstancesPolicy"]["LaunchTemplate"]["Overrides"][0][
        "ImageId"
    ] == image_id(2)


def test_where_nothing_is_left_to_change_only_the_time_is_new(account: Account) -> None:
    use_template(account, "$Latest")
    advance(account)
    account.images[image_id(2)]["Tags"][-1]["Value"] = image_id(7)
    account.images[image_id(2)]["Tags"][-2]["Value"] = "2026-03-01T05:30:00Z"
    assert [one["Key"] for one in account.images[image_id(2)]["Tags"][-2:]] == [ROLLED_OUT, PREVIOUS]
    before = state(account)
    assert advance(account) == ["none"]
    assert state(account) == before
    assert [operation for operation, _ in changing_calls(account)] == ["create_tags"]
    assert account.tags_of_image(2)[ROLLED_OUT] == "2026-03-02T05:30:00Z"
    assert account.tags_of_image(2)[PREVIOUS] == image_id(7)


def test_back_to_an_image_that_people_made_which_is_left_as_it_is(account: Account) -> None:
    use_template(account)
    advance(account)
    again = start_again(account)
    assert advance(account, ImageId=image_id(1), ExecutionId=again) == [f"{NUMBER} version 3"]
    assert launched(account) == [image_id(1)]
    assert account.stub.calls_of("create_tags") == []
    (asked,) = account.stub.calls_of("create_launch_template_version")
    assert asked["VersionDescription"] == f"web_2026-03-02 {again}"


def test_what_the_tag_says_of_before_fits_into_a_tag(account: Account) -> None:
    use_template(account)
    overrides = []
    for number in range(20, 60):
        account.add_image(number)
        overrides.append({"InstanceType": "t3.small", "ImageId": image_id(number)})
    named = {
        "LaunchTemplateSpecification": account.groups[GROUP].pop("LaunchTemplate"),
        "Overrides": overrides,
    }
    account.groups[GROUP]["MixedInstancesPolicy"] = {"LaunchTemplate": named}
    advance(account)
    said = account.tags_of_image(2)[PREVIOUS]
    assert said == " ".join(image_id(number) for number in range(20, 31))
    assert len(said) <= 256


# What is looked at before.


@every_kind
def test_looks_once_more_right_before_the_change(account: Account, kind: str) -> None:
    KINDS[kind](account)
    advance(account)
    order = [call.operation for call in account.stub.calls]
    before = order[: order.index("create_launch_template_version")]
    assert before[-1] == "describe_images"
    for look in ("describe_automation_executions", "describe_auto_scaling_groups", "describe_images"):
        assert before.count(look) == 1
    assert order[-2:] == ["describe_images", "create_tags"]


def expect_untouched(account: Account, asked: Event, sentence: str) -> None:
    before = state(account)
    with pytest.raises(Exception, match=re.escape(sentence)) as raised:
        advance_launch_templates(asked, None)
    assert re.fullmatch(r"[^\n]+\.", str(raised.value))
    assert state(account) == before
    assert changing_calls(account) == []


@every_kind
def test_a_group_that_somebody_set_meanwhile_is_left_alone(account: Account, kind: str) -> None:
    KINDS[kind](account)
    asked = prepare(account)
    for reference in ("LaunchTemplate", "MixedInstancesPolicy"):
        account.groups[GROUP].pop(reference, None)
    account.groups[GROUP]["LaunchConfigurationName"] = "hotfix"
    expect_untouched(
        account,
        asked,
        "What Auto Scaling group web launches from changed during this run, and was left as it is: see who "
        "changed it, and start the runbook again.",
    )


@pytest.mark.parametrize(("kind", "by"), [("default", "default"), ("none", "default"), ("latest", "latest")])
def test_a_template_that_somebody_changed_meanwhile_is_left_alone(
    account: Account, kind: str, by: str
) -> None:
    KINDS[kind](account)
    asked = prepare(account)
    account.templates[NUMBER]["versions"][2] = {"LaunchTemplateData": {"ImageId": image_id(9)}}
    account.templates[NUMBER]["default"] = 2
    expect_untouched(
        account,
        asked,
        f"The {by} version of launch template {NUMBER} changed during this run, and was left as it is: see "
        "who changed it, and start the runbook again.",
    )


@every_kind
def test_an_image_that_is_gone_before_the_change(account: Account, kind: str) -> None:
    KINDS[kind](account)
    asked = prepare(account)
    account.images.pop(image_id(2))
    expect_untouched(
        account, asked, f"Image {image_id(2)} is gone and not available any more, and the group stays"
    )


def test_an_earlier_roll_out_goes_on(account: Account) -> None:
    use_template(account)
    asked = prepare(account)
    account.executions.add(run_id(1), ROLL_OUT, started=utc_now() - datetime.timedelta(minutes=1))
    expect_untouched(account, asked, f"start it again with image {image_id(2)} when that one has ended.")


def test_nothing_is_rolled_out_for_a_run_that_was_cancelled(account: Account) -> None:
    use_template(account)
    asked = prepare(account)
    parent = account.executions.add(run_id(1), "web-create-image", status="Cancelled")
    account.executions.runs[OWN_RUN]["ParentAutomationExecutionId"] = parent
    expect_untouched(account, asked, "to which this roll-out belongs, is Cancelled")


# What fails, and is put back.


def expect_put_back(account: Account, failure: type[Exception] | str, **changes: Any) -> str:
    asked, before = prepare(account, **changes), state(account)
    kind, match = (Exception, failure) if isinstance(failure, str) else (failure, None)
    with pytest.raises(kind, match=match) as raised:
        advance_launch_templates(asked, None)
    assert state(account) == before
    assert "could not be put back" not in str(raised.value)
    return str(raised.value)


LATE_FAILURES: dict[str, Callable[[Account], object]] = {
    "the image cannot be tagged": lambda account: account.stub(
        ec2, "create_tags", refusal("UnauthorizedOperation")
    ),
    "the tags get no answer": lambda account: account.lose_answer(ec2, "create_tags", done=True),
}


@every_kind
@pytest.mark.parametrize("what", LATE_FAILURES)
def test_everything_is_put_back_where(account: Account, kind: str, what: str) -> None:
    KINDS[kind](account)
    LATE_FAILURES[what](account)
    expect_put_back(account, ClientError if "cannot" in what else type(NO_ANSWER))


@every_kind
@pytest.mark.parametrize("replace", ["false", "true"])
def test_everything_is_put_back_where_the_image_is_deleted_at_the_same_moment(
    account: Account, kind: str, replace: str
) -> None:
    KINDS[kind](account)
    create = account.create_version

    def answer(asked: Any) -> Outcome:
        account.images.pop(image_id(2), None)
        return create(asked)

    account.stub(ec2, "create_launch_template_version", answer)
    expect_put_back(account, "is gone and not available any more", ReplaceInstances=replace)


@every_kind
def test_everything_is_put_back_where_the_run_is_cancelled_while_versions_are_made(
    account: Account, kind: str
) -> None:
    """Who starts the refresh does not come any more to take them back."""
    KINDS[kind](account)
    create = account.create_version

    def answer(asked: Any) -> Outcome:
        parent = account.executions.add(run_id(1), "web-roll-out", status="Cancelling")
        account.executions.runs[OWN_RUN]["ParentAutomationExecutionId"] = parent
        return create(asked)

    account.stub(ec2, "create_launch_template_version", answer)
    expect_put_back(account, "to which this roll-out belongs, is Cancelling", ReplaceInstances="true")


CHANGES = [
    ("number", autoscaling, "update_auto_scaling_group"),
    ("default", ec2, "modify_launch_template"),
    ("latest", ec2, "create_launch_template_version"),
    ("number", ec2, "create_launch_template_version"),
    ("mixed", autoscaling, "update_auto_scaling_group"),
    ("mixed", ec2, "modify_launch_template"),
    ("mixed", ec2, "create_launch_template_version"),
]
every_change = pytest.mark.parametrize(("kind", "client", "operation"), CHANGES)


@every_change
def test_everything_is_put_back_where_a_change_is_refused(
    account: Account, kind: str, client: Any, operation: str
) -> None:
    KINDS[kind](account)
    usual = account.answer_of(operation)
    account.stub(client, operation, refusal("ValidationError", "AWS's reason."), usual)
    assert "AWS's reason" in expect_put_back(account, ClientError)


@every_change
@pytest.mark.parametrize("done", [True, False])
def test_everything_is_put_back_where_a_change_gets_no_answer(
    account: Account, kind: str, client: Any, operation: str, done: bool
) -> None:
    KINDS[kind](account)
    account.lose_answer(client, operation, done=done)
    expect_put_back(account, type(NO_ANSWER))


@pytest.mark.parametrize(
    ("kind", "client", "operation"), [one for one in CHANGES if one[0] in ("number", "default", "latest")][:3]
)
def test_a_change_that_is_made_late_is_put_back(
    account: Account, kind: str, client: Any, operation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    KINDS[kind](account)
    usual, sent = account.answer_of(operation), []

    def answer(asked: Any) -> Outcome:
        sent.append(asked)
        return NO_ANSWER

    account.stub(client, operation, answer, usual)
    slept = []

    def make_it_late(seconds: float) -> None:
        slept.append(seconds)
        usual(sent[0])

    monkeypatch.setattr("time.sleep", make_it_late)
    expect_put_back(account, type(NO_ANSWER))
    assert slept == [60]


@pytest.mark.parametrize("nth", [1, 2, 3])
def test_everything_is_put_back_where_the_making_of_one_of_several_versions_fails(
    account: Account, nth: int
) -> None:
    use_policy(account)
    answers = [account.create_version] * (nth - 1)
    account.stub(ec2, "create_launch_template_version", *answers, refusal("VersionLimitExceeded"))
    expect_put_back(account, ClientError)


def test_of_two_defaults_the_first_is_put_back_where_the_second_fails(account: Account) -> None:
    data = {"ImageId": image_id(1), "InstanceType": "t3.small"}
    first, second = (account.add_template(number, data) for number in (1, 2))
    overrides = [
        {"InstanceType": "t3.small"},
        {"InstanceType": "t3.large", "LaunchTemplateSpecification": account.refer(second)},
    ]
    named = {"LaunchTemplateSpecification": account.refer(first), "Overrides": overrides}
    account.add_group(MixedInstancesPolicy={"LaunchTemplate": named})
    account.stub(
        ec2,
        "modify_launch_template",
        account.modify_template,
        refusal("Unavailable"),
        account.modify_template,
    )
    expect_put_back(account, ClientError)
    set_to = [
        (one["LaunchTemplateId"], one["DefaultVersion"])
        for one in account.stub.calls_of("modify_launch_template")
    ]
    assert set_to == [(first, "2"), (second, "2"), (first, "1")]


def test_what_was_answered_is_put_back_without_looking(account: Account) -> None:
    """AWS may still show how it was."""
    use_policy(account)
    stale = copy.deepcopy(account.groups)
    account.stub(
        autoscaling, "describe_auto_scaling_groups", lambda _: {"AutoScalingGroups": [*stale.values()]}
    )
    account.stub(ec2, "create_tags", refusal("UnauthorizedOperation"))
    expect_put_back(account, ClientError)
    assert len(account.stub.calls_of("update_auto_scaling_group")) == 2


def test_a_default_that_was_set_is_put_back_without_looking(account: Account) -> None:
    use_template(account, "$Default")
    asked, before = prepare(account), state(account)

    def answer(wanted: Any) -> Outcome:
        return account.describe_versions(
            {**wanted, "Versions": ["1"]} if wanted["Versions"] == ["$Default"] else wanted
        )

    account.stub(ec2, "describe_launch_template_versions", answer)
    account.stub(ec2, "create_tags", refusal("UnauthorizedOperation"))
    with pytest.raises(ClientError):
        advance_launch_templates(asked, None)
    assert state(account) == before


@every_kind
@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ({"Warning": {"Errors": [{"Code": "x", "Message": "Its profile is gone."}]}}, "Its profile is gone."),
        ({"Warning": {"Errors": [{"Code": "InvalidProfile"}]}}, "InvalidProfile"),
        ({"Warning": {"Errors": [{}, {"Code": "x"}]}}, "no reason; x"),
    ],
)
def test_a_version_of_which_aws_warns_is_not_launched(
    account: Account, kind: str, answer: Any, says: str
) -> None:
    KINDS[kind](account)
    create: Any = account.create_version
    account.stub(ec2, "create_launch_template_version", lambda asked: {**create(asked), **answer})
    said = expect_put_back(account, "is not to be launched")
    assert re.fullmatch(
        rf"Version \d of launch template lt-\d+ is not to be launched \({says}\), and the group does not "
        r"refer to it: correct version 1, from which it was made, and start the runbook again\.",
        said,
    )


@pytest.mark.parametrize("kind", ["number", "default", "latest"])
@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"ImageId": "ami-0other"}, r"it names ami-0other and snapshots \[\]"),
        (
            {"BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": {"SnapshotId": "snap-0other"}}]},
            rf"it names {image_id(2)} and snapshots \['snap-0other'\]",
        ),
    ],
)
def test_a_version_with_another_image_or_snapshot_is_not_launched(
    account: Account, kind: str, change: dict[str, Any], says: str
) -> None:
    KINDS[kind](account)

    def answer(asked: Any) -> Outcome:
        made: Any = account.create_version(asked)
        number = made["LaunchTemplateVersion"]["VersionNumber"]
        account.templates[NUMBER]["versions"][number]["LaunchTemplateData"].update(change)
        return made  # type: ignore[no-any-return]

    account.stub(ec2, "create_launch_template_version", answer)
    expect_put_back(account, f"is not to be launched \\({says}\\)")


def test_a_version_that_is_not_shown_at_once_is_waited_for(account: Account, clock: Clock) -> None:
    use_template(account)
    asked, start = prepare(account), clock.now
    hidden = refusal("InvalidLaunchTemplateId.VersionNotFound")
    account.stub(ec2, "describe_launch_template_versions", hidden, hidden, account.describe_versions)
    assert advance_launch_templates(asked, None) == {
        "Versions": [f"{NUMBER} version 2"],
        "Changes": [f"base {NUMBER} 1 2 number"],
    }
    assert (clock.now - start).total_seconds() == 10


def test_a_latest_version_that_is_never_shown_is_taken_back_by_its_number(account: Account) -> None:
    use_template(account, "$Latest")

    def answer(asked: Any) -> Outcome:
        hidden = asked["Versions"] == ["2"]
        return (
            refusal("InvalidLaunchTemplateId.VersionNotFound") if hidden else account.describe_versions(asked)
        )

    account.stub(ec2, "describe_launch_template_versions", answer)
    expect_put_back(account, "VersionNotFound")


def test_a_denial_is_explained(account: Account) -> None:
    use_policy(account)
    said = "You are not authorized to use launch template: lt-1"
    account.stub(autoscaling, "update_auto_scaling_group", refusal("AccessDenied", said))
    assert f"{said}: run pulumi up" in expect_put_back(account, "permissions follow")


def test_a_content_that_aws_refuses_is_its_own_sentence(account: Account) -> None:
    use_template(account)
    said = "You must use a valid fully-formed launch template. The image id '[ami-1]' does not exist"
    account.stub(autoscaling, "update_auto_scaling_group", refusal("ValidationError", said))
    assert said in expect_put_back(account, ClientError)


# What cannot be put back.


def expect_stuck(account: Account, *stuck: str) -> None:
    with pytest.raises(Exception, match="could not be put back") as raised:
        advance(account)
    listed = "; ".join(stuck)
    assert re.fullmatch(
        rf"The run failed \(.+\), and this could not be put back: {listed}; do so by hand\.",
        str(raised.value),
    )


def test_what_somebody_else_set_meanwhile_is_left_and_said(account: Account) -> None:
    use_template(account)

    def answer(_asked: Any) -> Outcome:
        account.groups[GROUP]["LaunchTemplate"]["Version"] = "7"
        return NO_ANSWER

    account.stub(autoscaling, "update_auto_scaling_group", answer)
    expect_stuck(account, r"Auto Scaling group web \(it is on something else by now\)")
    assert account.groups[GROUP]["LaunchTemplate"]["Version"] == "7"
    # The new version may be in use.
    assert account.stub.calls_of("delete_launch_template_versions") == []


def test_what_is_stuck_keeps_nothing_else_from_being_put_back(account: Account) -> None:
    use_policy(account)
    account.stub(ec2, "create_tags", refusal("UnauthorizedOperation"))
    account.stub(ec2, "modify_launch_template", account.modify_template, refusal("Denied", "No."))
    account.stub(ec2, "delete_launch_template_versions", refusal("Denied", "No."))
    group = copy.deepcopy(account.groups[GROUP])
    expect_stuck(
        account,
        rf"default version 2 of launch template {DEFAULT} \(.*Denied.*\)".replace("version 2", "version 1"),
        rf"the new version of launch template {LATEST} \(.*Denied.*\)",
    )
    assert account.groups[GROUP] == group


@pytest.mark.parametrize(
    ("error", "says"),
    [
        ({"Code": "unexpectedError", "Message": "AWS's reason"}, "AWS's reason"),
        ({"Code": "unexpectedError"}, "unexpectedError"),
    ],
)
def test_a_latest_version_that_may_not_be_deleted(account: Account, error: dict[str, str], says: str) -> None:
    use_template(account, "$Latest")
    account.stub(ec2, "create_tags", refusal("UnauthorizedOperation"))
    failed = {"VersionNumber": 2, "ResponseError": error}
    account.stub(
        ec2, "delete_launch_template_versions", {"UnsuccessfullyDeletedLaunchTemplateVersions": [failed]}
    )
    expect_stuck(account, rf"the new version of launch template {NUMBER} \({says}\)")


def test_a_version_that_is_gone_already_is_taken_back(account: Account) -> None:
    """boto3 asks again where no answer came, and hears that it does not exist."""
    use_template(account, "$Latest")
    account.stub(ec2, "create_tags", refusal("UnauthorizedOperation"))

    def answer(asked: Any) -> Outcome:
        account.delete_versions(asked)
        return account.delete_versions(asked)

    account.stub(ec2, "delete_launch_template_versions", answer)
    expect_put_back(account, ClientError)


def test_a_version_of_somebody_else_is_not_taken_back(account: Account) -> None:
    use_template(account, "$Latest")

    def answer(_asked: Any) -> Outcome:
        version = {"LaunchTemplateData": {"ImageId": image_id(9)}, "VersionDescription": "theirs"}
        account.templates[NUMBER]["versions"][2] = version
        return NO_ANSWER

    account.stub(ec2, "create_launch_template_version", answer)
    with pytest.raises(type(NO_ANSWER)):
        advance(account)
    assert 2 in account.templates[NUMBER]["versions"]
    assert account.stub.calls_of("delete_launch_template_versions") == []
