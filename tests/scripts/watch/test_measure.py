"""What the watch puts as metrics, and where it ends."""

import datetime
from typing import Any

import pytest

from executions import Executions, run_id
from launching import GOLDEN, GROUP, Account, image_id
from shared.cloudwatch_client import cloudwatch
from shared.ec2_client import ec2
from shared.iam_client import iam
from shared.measure import measure
from support import Clock, Stub

ROLE = "ami-refresh-watch-role"
EVENT: Any = {
    "AutomationAssumeRole": f"arn:aws:iam::123456789012:role/path/{ROLE}",
    "AutoScalingGroupName": GROUP,
}


@pytest.fixture
def account(stub: Stub, executions: Any, clock: Clock) -> Account:
    """Image 2 is of ours and was made now; image 3 of ours was rolled out 30 hours ago."""
    account = Account(stub, executions)
    stub(ec2, "describe_images", lambda asked: answer_images(account, asked))
    stub(ec2, "describe_snapshots", lambda asked: tagged("Snapshots", account.snapshots, asked, "OwnerIds"))
    stub(cloudwatch, "put_metric_data", {})
    rolled_out = account.add_own_image(3, "_2026-02-28", **{"ami_refresh:rolled_out": "x"})
    rolled_out["Tags"][-1]["Key"] = "ami-refresh:rolled-out"
    made(rolled_out, clock, hours=30)
    return account


def answer_images(account: Account, asked: Any) -> Any:
    return (
        tagged("Images", account.images, asked, "Owners")
        if "Filters" in asked
        else account.describe_images(asked)
    )


def tagged(member: str, things: dict[str, Any], asked: Any, whose: str) -> Any:
    assert asked[whose] == ["self"]
    (wanted,) = asked["Filters"]
    assert wanted == {"Name": "tag:ami-refresh:auto-scaling-group", "Values": [GROUP]}
    tag = {"Key": "ami-refresh:auto-scaling-group", "Value": GROUP}
    return {member: [one for one in things.values() if tag in one.get("Tags", [])]}


def made(image: Any, clock: Clock, hours: float) -> None:
    image["CreationDate"] = (clock.now - datetime.timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def put(account: Account) -> dict[str, float]:
    asked: list[Any] = account.stub.calls_of("put_metric_data")
    data = [one for call in asked for one in call["MetricData"]]
    assert {call["Namespace"] for call in asked} == {"AmiRefresh"}
    assert all(one["Dimensions"] == [{"Name": "AutoScalingGroupName", "Value": GROUP}] for one in data)
    return {one["MetricName"]: one["Value"] for one in data}


def use_configuration(account: Account, number: int = 3) -> None:
    account.add_configuration("web_2026-02-28", number)
    account.add_group(LaunchConfigurationName="web_2026-02-28")


def test_puts_the_hours_since_the_newest_image_that_was_rolled_out_and_the_age_of_what_is_launched(
    account: Account,
) -> None:
    use_configuration(account)
    assert measure(EVENT, None) == {
        "HoursSinceSuccess": "30.0",
        "ImageAgeDays": "1.2",
        "ImageId": image_id(3),
    }
    assert put(account) == {"HoursSinceSuccess": 30, "Images": 2, "Snapshots": 0, "ImageAgeDays": 1.25}


def test_counts_what_is_kept_and_only_ours(account: Account) -> None:
    use_configuration(account)
    # A copy that somebody made with its tags is none of ours, and no success.
    copied = account.add_own_image(4, "_2026-03-01")
    copied.update(SourceInstanceId="", Tags=account.images[image_id(3)]["Tags"])
    account.snapshots[f"snap-{3:017}"]["Tags"] = account.images[image_id(3)]["Tags"]
    measure(EVENT, None)
    assert put(account) == {"HoursSinceSuccess": 30, "Images": 2, "Snapshots": 1, "ImageAgeDays": 1.25}


def test_before_the_first_success_counts_since_the_deployment(account: Account, clock: Clock) -> None:
    use_configuration(account)
    account.images[image_id(3)]["Tags"].pop()
    policy = '{"Version": "2012-10-17", "Statement": []}'
    iam.create_role(RoleName=ROLE, Path="/path/", AssumeRolePolicyDocument=policy)
    clock.sleep(3600 * 5)
    measure(EVENT, None)
    assert put(account)["HoursSinceSuccess"] == pytest.approx(5, abs=0.01)


def test_a_rolled_back_group_has_an_older_image_and_the_same_success(account: Account, clock: Clock) -> None:
    use_configuration(account, 5)
    older = account.add_own_image(5, "_2026-02-20")
    made(older, clock, hours=240)
    assert measure(EVENT, None) == {
        "HoursSinceSuccess": "30.0",
        "ImageAgeDays": "10.0",
        "ImageId": image_id(5),
    }


@pytest.mark.parametrize("version", ["1", "$Default", "$Latest"])
def test_a_template_however_it_is_referred_to(account: Account, version: str) -> None:
    template = account.add_template(1, {"ImageId": image_id(3)})
    account.add_group(LaunchTemplate=account.refer(template, version))
    assert measure(EVENT, None)["ImageId"] == image_id(3)


def test_a_policy_by_its_oldest_image_of_ours(account: Account, clock: Clock) -> None:
    """What is left alone, because it is of another architecture, does not count; nor what is only lent."""
    made(account.add_image(7, Architecture="arm64"), clock, hours=9000)
    made(account.add_image(8), clock, hours=9000)
    base = account.refer(account.add_template(1, {"ImageId": image_id(8), "InstanceType": "t3.small"}), "1")
    overrides = [
        {"InstanceType": "t3.small", "ImageId": image_id(3)},
        {"InstanceType": "t3.large", "ImageId": image_id(2)},
        {"InstanceType": "t4g.small", "ImageId": image_id(7)},
    ]
    named = {"LaunchTemplateSpecification": base, "Overrides": overrides}
    account.add_group(MixedInstancesPolicy={"LaunchTemplate": named})
    assert measure(EVENT, None)["ImageId"] == image_id(3)


def test_before_the_first_roll_out_the_group_s_own_image_counts(account: Account, clock: Clock) -> None:
    made(account.images[image_id(1)], clock, hours=48)
    use_configuration(account, 1)
    assert measure(EVENT, None)["ImageAgeDays"] == "2.0"


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (0, "Auto Scaling group web does not exist in this Region, or is being deleted"),
        (9, f"Auto Scaling group web launches from {image_id(9)}, which cannot be read: set it to"),
    ],
)
def test_what_cannot_be_read_ends_the_run_when_the_rest_is_put(
    account: Account, number: int, sentence: str
) -> None:
    if number:
        use_configuration(account, number)
    with pytest.raises(Exception, match=sentence):
        measure(EVENT, None)
    assert put(account) == {"HoursSinceSuccess": 30, "Images": 2, "Snapshots": 0}


def test_a_group_that_launches_from_nothing_ends_the_run(account: Account) -> None:
    account.add_group()
    with pytest.raises(Exception, match="launches from nothing, which cannot be read"):
        measure(EVENT, None)


def test_the_golden_instance_is_of_no_concern(account: Account) -> None:
    use_configuration(account)
    account.instances.pop(GOLDEN)
    measure(EVENT, None)


def test_a_run_that_found_nothing_changed_counts_as_a_success(
    account: Account, executions: Executions, clock: Clock
) -> None:
    use_configuration(account)
    event: Any = {**EVENT, "CreateImageDocumentName": "create-image"}
    unchanged = {"report.Unchanged": [image_id(3)]}
    ended = clock.now - datetime.timedelta(hours=4)
    # None of these is one.
    executions.add(run_id(2), "create-image", status="Success", Outputs={"report.Unchanged": ["none"]})
    executions.add(run_id(3), "create-image-of-others", status="Success", Outputs=unchanged)
    executions.add(run_id(4), "create-image", status="Failed", Outputs=unchanged)
    assert measure(event, None)["HoursSinceSuccess"] == "30.0"
    executions.runs.clear()
    executions.add(run_id(1), "create-image", status="Success", Outputs=unchanged, ExecutionEndTime=ended)
    assert measure(event, None)["HoursSinceSuccess"] == "4.0"
    assert measure(EVENT, None)["HoursSinceSuccess"] == "30.0"
