"""Each guard keeps what would else be deleted, and without the guard it is deleted."""

from collections.abc import Callable
from typing import Any

import pytest

from estate import (
    EVENT,
    GOLDEN,
    GROUP,
    PREFIX,
    ROLL_OUT,
    Estate,
    image_id,
    made,
    snapshot_of,
    suffix,
    template_id,
)
from executions import run_id
from shared.ec2_client import ec2
from shared.history_tags import PREVIOUS_IMAGE_TAG, ROLLED_OUT_TAG
from shared.retire import retire
from shared.retire_decision import KEEP_TAG
from shared.tags import GROUP_TAG
from support import Stub, refusal

USED = "used by {}"
BEFORE = "the group launched it before"
NEWEST = "it is one of the newest that were rolled out"
YOUNG = "it is younger than 12 hours"
UNFINISHED = "the run that made it is not finished"
ROLLING_OUT = "a roll-out with it is at work"
YOUNG_USER = "what names it is younger than 12 hours"

Scene = Callable[[Estate], Any]
SCENES: dict[str, tuple[str, str, Scene]] = {}


def run(**given: Any) -> Any:
    event: Any = {**EVENT, **given}
    return retire(event, None)


def scene(guard: str, told: str = "") -> Callable[[Scene], Scene]:
    """By which guard image 3 is kept, and what is told of that where the guard's own words are not."""

    def note(set_up: Scene) -> Scene:
        SCENES[set_up.__name__] = (guard, told or guard, set_up)
        return set_up

    return note


def pinned(number: int, version: int) -> dict[str, str]:
    return {
        "LaunchTemplateId": template_id(number),
        "LaunchTemplateName": f"template-{number}",
        "Version": str(version),
    }


def add_pinned_version(estate: Estate) -> dict[str, str]:
    """Of a template whose default and latest version name another image."""
    estate.add_version(7, 88, ours=False)
    number = estate.add_version(7, 3, ours=False)
    estate.add_version(7, 88, ours=False)
    return pinned(7, number)


@scene("it has the tag ami-refresh:keep")
def with_the_tag_that_keeps(estate: Estate) -> None:
    estate.tag(3, KEEP_TAG, "")


@scene("it is protected against deregistration")
def protected(estate: Estate) -> None:
    estate.images[image_id(3)]["DeregistrationProtection"] = "enabled-without-cooldown"


@scene("the golden instance was launched from it")
def source_of_the_golden_instance(estate: Estate) -> None:
    # Of an instance that is terminated nothing else speaks.
    estate.add_instance(GOLDEN, image_id(3), "terminated")


@scene("shared with {}", "shared with 123456789012")
def shared_with_an_account(estate: Estate) -> None:
    estate.shares[image_id(3)] = [{"UserId": "123456789012"}]


@scene("shared with {}", "shared with all, o-1")
def shared_with_all(estate: Estate) -> None:
    estate.shares[image_id(3)] = [{"Group": "all"}, {"OrganizationArn": "o-1"}]


@scene(YOUNG, "none")
def made_less_than_12_hours_ago(estate: Estate) -> None:
    estate.images[image_id(3)]["CreationDate"] = f"{made(0.49):%Y-%m-%dT%H:%M:%S.000Z}"


@scene(NEWEST, "none")
def rolled_out_last(estate: Estate) -> None:
    estate.untag(3, ROLLED_OUT_TAG)
    estate.tag(3, ROLLED_OUT_TAG, "2026-03-02T00:00:00Z")


@scene(BEFORE, "none")
def launched_before(estate: Estate) -> None:
    estate.untag(1, PREVIOUS_IMAGE_TAG)
    estate.tag(1, PREVIOUS_IMAGE_TAG, f"{image_id(2)} {image_id(3)}")


@scene(UNFINISHED)
def of_a_run_that_is_not_finished(estate: Estate) -> None:
    estate.untag(3, ROLLED_OUT_TAG)
    estate.executions.add(run_id(3), "web-create-image", status="Waiting")


@scene(UNFINISHED)
def of_a_run_in_a_state_that_nobody_knows(estate: Estate) -> None:
    estate.untag(3, ROLLED_OUT_TAG)
    estate.executions.add(run_id(3), "web-create-image", status="PendingApproval")


@scene(ROLLING_OUT)
def being_rolled_out(estate: Estate) -> None:
    estate.roll_out(3)


@scene(YOUNG_USER)
def with_a_young_launch_configuration(estate: Estate) -> None:
    estate.add_configuration(3, age=0.4)


@scene(YOUNG_USER)
def with_a_young_version(estate: Estate) -> None:
    estate.add_version(5, 3, age=0.4)
    estate.add_version(5, 1)
    estate.defaults[template_id(5)] = 2
    estate.add_group(LaunchTemplate=pinned(5, 2))


@scene(USED, "used by Auto Scaling group other")
def in_the_configuration_of_another_group(estate: Estate) -> None:
    estate.add_group("other", LaunchConfigurationName=estate.add_configuration(3))


@scene(USED, "used by launch configuration theirs")
def in_the_configuration_of_others(estate: Estate) -> None:
    estate.add_configuration(3, "theirs")


@scene(USED, "used by Auto Scaling group other")
def in_a_version_that_a_group_refers_to_by_number(estate: Estate) -> None:
    estate.add_group("other", LaunchTemplate=add_pinned_version(estate))


@scene(USED, "used by Auto Scaling group other")
def in_a_version_of_a_template_that_is_named(estate: Estate) -> None:
    named = add_pinned_version(estate)
    del named["LaunchTemplateId"]
    estate.add_group("other", LaunchTemplate=named)


@scene(USED, f"used by the default or latest version of launch template {template_id(7)}")
def in_the_default_version_of_a_template(estate: Estate) -> None:
    estate.add_version(7, 3, ours=False)
    estate.add_version(7, 88, ours=False)


@scene(USED, f"used by the default or latest version of launch template {template_id(7)}")
def in_the_latest_version_of_a_template(estate: Estate) -> None:
    estate.add_version(7, 88, ours=False)
    estate.add_version(7, 3, ours=False)


def mixed(*overrides: Any, base: int = 88) -> dict[str, Any]:
    specification = {"LaunchTemplateId": template_id(base), "Version": "$Default"}
    named = {"LaunchTemplateSpecification": specification, "Overrides": [*overrides]}
    return {"MixedInstancesPolicy": {"LaunchTemplate": named}}


@scene(USED, "used by Auto Scaling group other")
def in_an_override(estate: Estate) -> None:
    override = {"InstanceType": "t3.micro", "LaunchTemplateSpecification": add_pinned_version(estate)}
    estate.add_group("other", **mixed(override))


@scene(USED, "used by Auto Scaling group other")
def as_the_image_of_an_override(estate: Estate) -> None:
    estate.add_group("other", **mixed({"InstanceType": "t3.micro", "ImageId": image_id(3)}))


@scene(USED, "used by Auto Scaling group web")
def in_the_default_version_of_the_groups_own_template(estate: Estate) -> None:
    estate.add_version(7, 3)
    estate.add_version(7, 88)
    estate.add_group(LaunchTemplate={"LaunchTemplateId": template_id(7)})


@scene(USED, "used by Auto Scaling group web")
def in_the_numbered_version_of_the_groups_own_template(estate: Estate) -> None:
    estate.add_group(LaunchTemplate=add_pinned_version(estate))


@scene(USED, "used by instance refresh refresh-1")
def where_an_instance_refresh_goes(estate: Estate) -> None:
    estate.refreshes = [
        {
            "InstanceRefreshId": "refresh-1",
            "Status": "InProgress",
            "DesiredConfiguration": {"LaunchTemplate": add_pinned_version(estate)},
        }
    ]


@scene(USED, "used by fleet fleet-1")
def in_a_fleet(estate: Estate) -> None:
    configs = [{"LaunchTemplateSpecification": add_pinned_version(estate), "Overrides": []}]
    estate.fleets = [{"FleetId": "fleet-1", "FleetState": "active", "LaunchTemplateConfigs": configs}]


@scene(USED, "used by fleet fleet-1")
def as_the_image_of_a_fleets_override(estate: Estate) -> None:
    configs: list[Any] = [{"Overrides": [{"ImageId": image_id(3)}]}]
    estate.fleets = [{"FleetId": "fleet-1", "FleetState": "modifying", "LaunchTemplateConfigs": configs}]


def spot_fleet(state: str = "active", **config: Any) -> Any:
    return {
        "SpotFleetRequestId": "sfr-1",
        "SpotFleetRequestState": state,
        "SpotFleetRequestConfig": {"IamFleetRole": "role", "TargetCapacity": 1, **config},
    }


@scene(USED, "used by Spot fleet sfr-1")
def as_the_image_of_a_spot_fleet(estate: Estate) -> None:
    estate.spot_fleets = [spot_fleet(LaunchSpecifications=[{"ImageId": image_id(3)}])]


@scene(USED, "used by Spot fleet sfr-1")
def in_a_spot_fleet(estate: Estate) -> None:
    named = add_pinned_version(estate)
    del named["LaunchTemplateName"]
    estate.spot_fleets = [spot_fleet(LaunchTemplateConfigs=[{"LaunchTemplateSpecification": named}])]


@scene(USED, "used by arn:aws:ssm:eu-west-1:123456789012:parameter/image")
def in_a_parameter(estate: Estate) -> None:
    arn = "arn:aws:ssm:eu-west-1:123456789012:parameter/image"
    estate.references = [{"ImageId": image_id(3), "ResourceType": "ssm:Parameter", "Arn": arn}]


@pytest.mark.parametrize("name", SCENES)
def test_it_is_kept_with_its_reason(name: str, estate: Estate) -> None:
    _, told, set_up = SCENES[name]
    set_up(estate)
    done = run()
    assert estate.has(3)
    about = [one for one in done["Kept"] if image_id(3) in one]
    assert about == ([] if told == "none" else [f"image {image_id(3)} ({told})"])
    assert f"image {image_id(3)}" not in done["Retired"]


@pytest.mark.parametrize("name", SCENES)
def test_without_the_guard_it_is_deleted(
    name: str, estate: Estate, take_out: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    guard, _, set_up = SCENES[name]
    set_up(estate)
    if guard == UNFINISHED:
        monkeypatch.setattr("shared.retire_state.is_at_work", lambda _: False)
    else:
        take_out(guard)
    run()
    assert not estate.has(3)


@pytest.mark.parametrize("state", ["pending", "running", "stopping", "stopped"])
def test_an_instance_keeps_its_image(state: str, estate: Estate) -> None:
    estate.add_instance("i-1", image_id(3), state)
    assert run()["Kept"] == [f"image {image_id(3)} (used by instance i-1)"]
    assert estate.has(3)


@pytest.mark.parametrize("state", ["shutting-down", "terminated"])
def test_an_instance_that_is_no_more_keeps_nothing(state: str, estate: Estate) -> None:
    estate.add_instance("i-1", image_id(3), state)
    run()
    assert not estate.has(3)


def test_what_has_ended_keeps_nothing(estate: Estate) -> None:
    version = add_pinned_version(estate)
    config = [{"LaunchTemplateSpecification": version}]
    estate.fleets = [{"FleetId": "fleet-1", "FleetState": "deleted_running", "LaunchTemplateConfigs": config}]
    estate.spot_fleets = [spot_fleet("cancelled_running", LaunchSpecifications=[{"ImageId": image_id(3)}])]
    estate.refreshes = [
        {
            "InstanceRefreshId": "refresh-1",
            "Status": "RollbackSuccessful",
            "DesiredConfiguration": {"LaunchTemplate": version},
        }
    ]
    estate.roll_out(3, "Failed")
    run()
    assert not estate.has(3)


def test_a_template_that_is_gone_does_no_harm(estate: Estate) -> None:
    gone = {"LaunchTemplateId": template_id(66), "LaunchTemplateName": "gone", "Version": "4"}
    estate.add_group("other", LaunchTemplate=gone)
    usual = estate.describe_versions

    def answer(asked: Any) -> Any:
        is_gone = asked.get("LaunchTemplateId") == template_id(66)
        return refusal("InvalidLaunchTemplateId.NotFound") if is_gone else usual(asked)

    estate.stub(ec2, "describe_launch_template_versions", answer)
    run()
    assert not estate.has(3)


def test_an_image_of_another_group_or_a_copy_is_nobodys_business(estate: Estate) -> None:
    estate.untag(3, GROUP_TAG)
    estate.add_image(4)["SourceInstanceId"] = "i-0000000000000000f"
    estate.add_image(5)["Name"] = GOLDEN + "_my-own"
    del estate.add_image(6)["SourceInstanceId"]
    assert run()["Retired"] == ["none"]
    assert [estate.has(number) for number in range(1, 7)] == [True] * 6


def test_an_image_of_an_earlier_golden_instance_is_still_ours(estate: Estate) -> None:
    image = estate.images[image_id(3)]
    image["SourceInstanceId"] = "i-0000000000000000f"
    image["Name"] = "i-0000000000000000f_2026-02-27_05.30.00"
    run()
    assert not estate.has(3)


def test_a_golden_instance_that_is_gone_keeps_nothing(estate: Estate) -> None:
    estate.instances.clear()
    run()
    assert not estate.has(3)


def test_a_roll_out_of_others_keeps_its_image_too(estate: Estate) -> None:
    estate.executions.add(run_id(77), f"{ROLL_OUT}-2", Parameters={"ImageId": [image_id(3)]})
    run()
    assert not estate.has(3), "another document only begins with the same name"


LEFT = f"snapshot {snapshot_of(8)}"


def test_snapshots_that_were_left_behind_go(estate: Estate) -> None:
    estate.add_snapshot(8, image_id(80))["Description"] += " from vol-0123456789abcdef0"
    done = run()
    assert LEFT in done["Retired"]
    assert f"image {image_id(80)}" not in done["Retired"]
    assert snapshot_of(8) not in estate.snapshots


def test_of_snapshots_that_were_left_behind_the_newest_tells_how_old_they_are(estate: Estate) -> None:
    estate.add_snapshot(8, image_id(80))
    estate.add_snapshot(9, image_id(80))["StartTime"] = made(0.4)
    run()
    assert {snapshot_of(8), snapshot_of(9)} <= {*estate.snapshots}


def test_which_versions_the_members_of_groups_run_is_not_asked_again(estate: Estate, stub: Stub) -> None:
    """They are instances, and have an image: to ask for their templates would be a call a group."""
    estate.add_version(7, 88, ours=False)
    member = {
        "InstanceId": "i-1",
        "AvailabilityZone": "ap-northeast-1a",
        "LifecycleState": "InService",
        "HealthStatus": "Healthy",
        "ProtectedFromScaleIn": False,
        "LaunchTemplate": pinned(7, 1),
    }
    named = {"LaunchTemplateId": template_id(7), "Version": "$Latest"}
    estate.add_group("other", LaunchTemplate=named, Instances=[member])
    run()
    asked = stub.calls_of("describe_launch_template_versions")
    assert [one["Versions"] for one in asked] == [["$Default", "$Latest"]]


@pytest.mark.parametrize("why", ["young", "image", "description", "tag", "keep", "used"])
def test_others_stay(why: str, estate: Estate) -> None:
    snapshot = estate.add_snapshot(8, image_id(80))
    if why == "young":
        snapshot["StartTime"] = made(0.4)
    if why == "image":
        # It lost our tag, and has snapshots of ours still.
        estate.images[image_id(80)] = {"ImageId": image_id(80), "State": "available"}
    if why == "description":
        snapshot["Description"] = f"made by hand for {image_id(80)}"
    if why == "tag":
        snapshot["Tags"] = []
    if why == "keep":
        snapshot["Tags"].append({"Key": KEEP_TAG, "Value": "yes"})
    if why == "used":
        estate.add_instance("i-1", image_id(80))
    done = run()
    assert snapshot_of(8) in estate.snapshots
    told = {
        "keep": [f"{LEFT} (it has the tag ami-refresh:keep)"],
        "used": [f"image {image_id(80)} (used by instance i-1)"],
    }
    assert done["Kept"] == told.get(why, ["none"])


def test_a_launch_configuration_goes_before_its_image_does(estate: Estate) -> None:
    estate.add_configuration(2)
    done = run(RetainLaunchConfigurations=2)
    name = PREFIX + suffix(3)
    estate.add_configuration(3)
    estate.add_image(3)
    done = run(RetainLaunchConfigurations=9)
    assert done["Retired"][:2] == [f"launch configuration {name}", f"image {image_id(3)}"]
    assert sorted(estate.configurations) == [PREFIX + suffix(2), PREFIX + suffix(1)]


def add_configurations(estate: Estate) -> None:
    for number in (2, 3, 4):
        if number == 4:
            estate.add_image(4)
        estate.add_configuration(number)


def left(estate: Estate) -> list[int]:
    return [number for number in (1, 2, 3, 4) if PREFIX + suffix(number) in estate.configurations]


@pytest.mark.parametrize(("count", "stay"), [(1, [1, 2]), (3, [1, 2, 3]), (9, [1, 2, 3, 4])])
def test_so_many_launch_configurations_stay_with_their_images(
    count: int, stay: list[int], estate: Estate
) -> None:
    add_configurations(estate)
    done = run(RetainImages=9, RetainLaunchConfigurations=count)
    assert left(estate) == stay
    assert done["Kept"] == ["none"]
    assert [estate.has(number) for number in (1, 2, 3, 4)] == [True] * 4


@pytest.mark.parametrize("guard", [YOUNG, BEFORE, NEWEST, ROLLING_OUT, USED])
@pytest.mark.parametrize("out", [False, True])
def test_each_guard_keeps_a_launch_configuration(
    guard: str, out: bool, estate: Estate, take_out: Callable[[str], None]
) -> None:
    estate.tag(3, KEEP_TAG, "")
    name = estate.add_configuration(3, age=0.4 if guard == YOUNG else 3)
    if guard == BEFORE:
        estate.tag(1, PREVIOUS_IMAGE_TAG, image_id(3))
    if guard == ROLLING_OUT:
        estate.roll_out(3)
    if guard == USED:
        estate.add_group("other", LaunchConfigurationName=name)
    if out:
        take_out(guard)
    run(RetainLaunchConfigurations=2 if guard == NEWEST else 1)
    assert (name in estate.configurations) is not out


def test_a_group_that_moved_to_a_launch_template_leaves_configurations_behind(estate: Estate) -> None:
    estate.add_configuration(3)
    estate.tag(3, KEEP_TAG, "")
    estate.add_version(7, 1)
    estate.add_group(LaunchTemplate={"LaunchTemplateId": template_id(7), "Version": "$Latest"})
    assert GROUP in estate.groups
    done = run()
    assert done["Retired"] == [f"launch configuration {PREFIX}{suffix(3)}"]
