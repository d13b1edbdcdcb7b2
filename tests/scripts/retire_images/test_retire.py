"""In which order it reads, what it does just before something goes, and how it deletes."""

import datetime
from typing import Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from estate import (
    EVENT,
    GROUP,
    OWN_RUN,
    PREFIX,
    RETIRE,
    Estate,
    image_id,
    made,
    snapshot_of,
    suffix,
    template_id,
)
from executions import run_id
from shared.autoscaling_client import autoscaling
from shared.ec2_client import ec2
from shared.history_tags import ROLLED_OUT_TAG
from shared.retire import retire
from shared.retire_decision import KEEP_TAG
from shared.tags import GROUP_TAG
from support import Clock, Outcome, Stub, refusal

IMAGE, SNAPSHOT = f"image {image_id(3)}", f"snapshot {snapshot_of(3)}"
IN_ONE_CALL = {"ImageId": image_id(3), "DeleteAssociatedSnapshots": True}
DELETIONS = (
    "deregister_image",
    "delete_snapshot",
    "delete_launch_configuration",
    "delete_launch_template_versions",
)
DENIED = refusal("UnauthorizedOperation", "You are not authorized to perform this operation.")
EXPLICIT = refusal(
    "UnauthorizedOperation", "not authorized: with an explicit deny in a resource control policy"
)


def run(**given: Any) -> Any:
    event: Any = {**EVENT, **given}
    return retire(event, None)


def deletions(stub: Stub) -> list[str]:
    return [call.operation for call in stub.calls if call.operation in DELETIONS]


def test_it_reads_in_the_order_in_which_nothing_is_lost(estate: Estate, stub: Stub) -> None:
    estate.untag(3, ROLLED_OUT_TAG)
    estate.add_version(7, 3)
    estate.add_version(7, 1)
    estate.defaults[template_id(7)] = 2
    estate.add_group(LaunchTemplate={"LaunchTemplateId": template_id(7), "Version": "2"})
    run()
    first: list[str] = []
    for call in stub.calls:
        kind = call.operation
        if kind == "describe_launch_template_versions" and call.params.get("Versions") == [
            "$Default",
            "$Latest",
        ]:
            kind = "default versions"
        if kind == "get_automation_execution":
            kind = "run " + call.params["AutomationExecutionId"]
        if kind not in first:
            first.append(kind)
    ordered = [
        f"run {OWN_RUN}",
        "describe_images",
        f"run {run_id(3)}",
        "describe_auto_scaling_groups",
        "describe_launch_configurations",
        "default versions",
        "describe_instance_refreshes",
        "describe_fleets",
        "describe_spot_fleet_requests",
        "describe_instances",
        "describe_image_references",
        "describe_image_attribute",
        "delete_launch_template_versions",
        "deregister_image",
    ]
    assert [one for one in first if one in ordered] == ordered


@pytest.mark.usefixtures("estate")
def test_a_normal_night_takes_few_calls(stub: Stub) -> None:
    run()
    assert len(stub.calls) <= 26


def test_a_dry_run_says_all_and_deletes_nothing(estate: Estate, stub: Stub) -> None:
    estate.add_image(4)
    estate.tag(4, KEEP_TAG, "")
    estate.add_configuration(3)
    estate.executions.add(run_id(1), RETIRE, started=made(0.1))
    done = run(DryRun="true")
    assert done["EarlierRun"] == "none"
    assert done["Retired"] == [f"launch configuration {PREFIX}{suffix(3)}", IMAGE, SNAPSHOT]
    assert done["Kept"] == [f"image {image_id(4)} (it has the tag ami-refresh:keep)"]
    assert deletions(stub) == []
    assert (estate.has(3), snapshot_of(3) in estate.snapshots) == (True, True)


def test_an_earlier_run_goes_on_and_this_one_does_nothing(estate: Estate, stub: Stub) -> None:
    estate.executions.add(run_id(1), RETIRE, started=made(0.1))
    assert run() == {"EarlierRun": run_id(1), "Retired": ["none"], "Kept": ["none"]}
    assert stub.calls_of("describe_images") == []
    assert estate.has(3)


@pytest.mark.parametrize("name", ["RetainImages", "RetainLaunchConfigurations", "RetainDays"])
def test_at_least_one_is_kept(name: str, estate: Estate, stub: Stub) -> None:
    with pytest.raises(
        Exception, match=f"^{name} 0 is too small: at least 1 is kept; start the runbook again"
    ):
        run(**{name: "0"})
    assert estate.has(3)
    assert deletions(stub) == []


def test_so_many_are_kept(estate: Estate) -> None:
    for number in (4, 5, 6):
        estate.add_image(number, rolled_out=number != 4)
    run(RetainImages=4.0)
    assert [estate.has(number) for number in range(1, 7)] == [True, True, True, False, True, False]


def test_for_so_many_days_all_are_kept(estate: Estate) -> None:
    for number in (4, 5, 6):
        estate.add_image(number, rolled_out=number != 4)
    there = [number for number in range(1, 7) if estate.has(number)]
    run(RetainImages=1, RetainDays="3650")
    assert [number for number in range(1, 7) if estate.has(number)] == there
    run(RetainImages=1, RetainDays="1")
    assert [number for number in range(1, 7) if estate.has(number)] != there


def test_what_was_rolled_out_last_is_the_newest_and_not_what_was_made_last(estate: Estate) -> None:
    estate.add_image(9)
    estate.untag(9, ROLLED_OUT_TAG)
    estate.tag(9, ROLLED_OUT_TAG, f"{made(0.5):%Y-%m-%dT%H:%M:%SZ}")
    run(RetainImages=3)
    assert [estate.has(number) for number in (1, 2, 3, 9)] == [True, True, False, True]


GROUP_GONE = f"^Auto Scaling group {GROUP} does not exist in this Region, or is being deleted, and without it"


@pytest.mark.parametrize("status", ["gone", "Delete in progress"])
def test_without_the_group_nothing_is_deleted(status: str, estate: Estate, stub: Stub) -> None:
    estate.add_group("other", LaunchConfigurationName=PREFIX + suffix(1))
    if status == "gone":
        del estate.groups[GROUP]
    else:
        estate.groups[GROUP]["Status"] = status
    with pytest.raises(Exception, match=GROUP_GONE):
        run()
    assert deletions(stub) == []


@pytest.mark.parametrize(
    ("client", "operation"),
    [
        (autoscaling, "describe_auto_scaling_groups"),
        (autoscaling, "describe_launch_configurations"),
        (autoscaling, "describe_instance_refreshes"),
        (ec2, "describe_launch_template_versions"),
        (ec2, "describe_fleets"),
        (ec2, "describe_spot_fleet_requests"),
        (ec2, "describe_instances"),
        (ec2, "describe_image_references"),
        (ec2, "describe_image_attribute"),
        (ec2, "describe_snapshots"),
    ],
)
def test_what_cannot_be_read_ends_the_run_before_anything_goes(
    client: Any, operation: str, estate: Estate, stub: Stub
) -> None:
    stub(client, operation, DENIED)
    with pytest.raises(ClientError, match="not authorized"):
        run()
    assert deletions(stub) == []
    assert estate.has(3)


def test_a_numbered_version_of_the_group_that_is_gone_ends_the_run(estate: Estate, stub: Stub) -> None:
    estate.add_version(7, 1)
    estate.add_group(LaunchTemplate={"LaunchTemplateId": template_id(7), "Version": "9"})
    with pytest.raises(ClientError, match="VersionNotFound"):
        run()
    assert deletions(stub) == []


# What only EC2 knows.


@pytest.mark.parametrize("code", ["InvalidAction", "UnsupportedOperation"])
def test_a_region_without_image_references_is_no_obstacle(code: str, estate: Estate, stub: Stub) -> None:
    stub(ec2, "describe_image_references", refusal(code))
    run()
    assert not estate.has(3)


def test_a_boto3_without_image_references_is_no_obstacle(
    estate: Estate, stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Older:
        """EC2's client without that one operation."""

        def __getattr__(self, name: str) -> Any:
            if name == "describe_image_references":
                raise AttributeError(name)
            return getattr(ec2, name)

    monkeypatch.setattr("shared.naming.ec2", Older())
    run()
    assert not estate.has(3)
    assert stub.calls_of("describe_image_references") == []


@pytest.mark.parametrize("code", ["InvalidAMIID.NotFound", "InvalidAMIID.Unavailable"])
def test_an_image_that_goes_meanwhile_does_no_harm(code: str, estate: Estate, stub: Stub) -> None:
    def answer(_: Any) -> Outcome:
        estate.images.pop(image_id(3), None)
        return refusal(code)

    stub(ec2, "describe_image_references", answer)
    stub(ec2, "describe_image_attribute", answer)
    assert run()["Retired"] == [IMAGE, SNAPSHOT]


@pytest.mark.parametrize(("ours", "stays"), [(True, False), (False, True)])
def test_versions_that_go_with_the_image_do_not_keep_it(ours: bool, stays: bool, estate: Estate) -> None:
    estate.add_version(7, 88, ours=False)
    estate.add_version(7, 3)
    estate.add_version(7, 3, ours=ours)
    estate.add_version(7, 1)
    estate.add_group(LaunchTemplate={"LaunchTemplateId": template_id(7), "Version": "$Latest"})
    arn = f"arn:aws:ec2:eu-west-1:123456789012:launch-template/{template_id(7)}"
    estate.references = [{"ImageId": image_id(3), "ResourceType": "ec2:LaunchTemplate", "Arn": arn}]
    done = run()
    assert estate.has(3) is stays
    if stays:
        assert done["Kept"] == [f"{IMAGE} (used by {arn})"]
    else:
        assert done["Retired"] == [f"version 2, 3 of launch template {template_id(7)}", IMAGE, SNAPSHOT]
        assert [*estate.templates[template_id(7)]] == [1, 4]


def test_of_versions_by_others_ours_go_and_theirs_stay(estate: Estate) -> None:
    for image, ours in ((88, False), (3, True), (3, False), (1, True)):
        estate.add_version(7, image, ours=ours)
    estate.add_group(LaunchTemplate={"LaunchTemplateName": "template-7", "Version": "4"})
    run()
    assert [*estate.templates[template_id(7)]] == [1, 3, 4]


# Just before something goes.


def after(stub: Stub, estate: Estate, operation: str, change: Any) -> None:
    """What happens once this operation was answered for the first time."""
    usual = estate.answers()[operation]
    happened: list[bool] = []

    def answer(asked: Any) -> Outcome:
        given = usual(asked)
        if not happened:
            happened.append(True)
            change()
        return given

    stub(ec2, operation, answer)


LATE = "it was rolled out meanwhile, or is not ours any more"
CHANGES: dict[str, tuple[str, Any]] = {
    "a roll-out begins": ("a roll-out with it is at work", lambda estate: estate.roll_out(3)),
    "a roll-out begins and ends": (
        LATE,
        lambda estate: (
            estate.untag(3, ROLLED_OUT_TAG),
            estate.tag(3, ROLLED_OUT_TAG, "2026-03-02T05:29:00Z"),
        ),
    ),
    "a person keeps it": ("it has the tag ami-refresh:keep", lambda estate: estate.tag(3, KEEP_TAG, "")),
    "a person shares it": (
        "shared with 123456789012",
        lambda estate: estate.shares.update({image_id(3): [{"UserId": "123456789012"}]}),
    ),
    "a person takes our tag away": (LATE, lambda estate: estate.untag(3, GROUP_TAG)),
    "a person protects it": (
        "it is protected against deregistration",
        lambda estate: estate.images[image_id(3)].update(DeregistrationProtection="enabled-with-cooldown"),
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_happens_after_the_reading_keeps_it(name: str, estate: Estate, stub: Stub) -> None:
    reason, change = CHANGES[name]
    after(stub, estate, "describe_instances", lambda: change(estate))
    estate.add_configuration(3)
    done = run()
    assert done["Kept"] == [f"{IMAGE} ({reason})"]
    assert estate.has(3)
    # A roll-out needs the launch configuration too; of another image that stays it goes.
    is_rolled_out = reason in (LATE, CHANGES["a roll-out begins"][0])
    assert deletions(stub) == ([] if is_rolled_out else ["delete_launch_configuration"])


@pytest.mark.parametrize("tag", [ROLLED_OUT_TAG, GROUP_TAG])
def test_without_the_look_at_its_tags_it_is_deleted(
    tag: str, estate: Estate, stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:

    def change() -> None:
        estate.untag(3, tag)
        estate.tag(3, tag, "new")

    after(stub, estate, "describe_instances", change)
    monkeypatch.setattr(f"shared.retire.{'GROUP_TAG' if tag == GROUP_TAG else 'ROLLED_OUT_TAG'}", "none")
    run()
    assert not estate.has(3)


def test_without_the_late_look_it_is_deleted(
    estate: Estate, stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    after(stub, estate, "describe_instances", lambda: estate.roll_out(3))
    monkeypatch.setattr("shared.retire.look_again", lambda *_: "")
    run()
    assert not estate.has(3)


@pytest.mark.parametrize("name", ["a roll-out begins", "a roll-out begins and ends"])
def test_a_roll_out_that_begins_late_keeps_a_launch_configuration_of_what_stays(
    name: str, estate: Estate, stub: Stub
) -> None:
    estate.add_configuration(3)
    estate.tag(3, KEEP_TAG, "")
    reason, change = CHANGES[name]
    after(stub, estate, "describe_fleets", lambda: change(estate))
    done = run()
    assert f"launch configuration {PREFIX}{suffix(3)} ({reason})" in done["Kept"]
    assert PREFIX + suffix(3) in estate.configurations


# How it deletes.


@pytest.mark.usefixtures("estate")
def test_an_image_goes_with_its_snapshots_in_one_call(stub: Stub) -> None:
    done = run()
    assert deletions(stub) == ["deregister_image"]
    assert stub.calls_of("deregister_image") == [IN_ONE_CALL]
    assert done["Retired"] == [IMAGE, SNAPSHOT]


@pytest.mark.usefixtures("estate")
@pytest.mark.parametrize("code", ["skipped", "missing-permissions", "internal-error", "client-error"])
def test_what_did_not_go_with_the_image_goes_by_itself(code: str, stub: Stub) -> None:
    results = [{"SnapshotId": snapshot_of(3), "ReturnCode": code}]
    stub(ec2, "deregister_image", {"Return": True, "DeleteSnapshotResults": results})
    assert run()["Retired"] == [IMAGE, SNAPSHOT]
    assert deletions(stub) == ["deregister_image", "delete_snapshot"]


@pytest.mark.usefixtures("estate")
def test_a_snapshot_that_another_image_uses_is_kept_with_the_reason(stub: Stub) -> None:
    results = [{"SnapshotId": snapshot_of(3), "ReturnCode": "skipped"}]
    stub(ec2, "deregister_image", {"Return": True, "DeleteSnapshotResults": results})
    stub(ec2, "delete_snapshot", refusal("InvalidSnapshot.InUse", "It is in use by ami-1"))
    done = run()
    assert done["Retired"] == [IMAGE]
    assert len(done["Kept"]) == 1
    assert done["Kept"][0].startswith(f"{SNAPSHOT} (An error occurred (InvalidSnapshot.InUse)")


def test_an_older_boto3_deletes_snapshots_one_by_one(
    estate: Estate, stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    shape: Any = ec2.meta.service_model.operation_model("DeregisterImage").input_shape
    monkeypatch.delitem(shape.members, "DeleteAssociatedSnapshots")
    assert run()["Retired"] == [IMAGE, SNAPSHOT]
    assert stub.calls_of("deregister_image") == [{"ImageId": image_id(3)}]
    assert deletions(stub) == ["deregister_image", "delete_snapshot"]
    assert snapshot_of(3) not in estate.snapshots


@pytest.mark.parametrize(
    ("tags", "reason"),
    [
        ([], "it does not have our tag"),
        (
            [{"Key": GROUP_TAG, "Value": GROUP}, {"Key": KEEP_TAG, "Value": ""}],
            "it has the tag ami-refresh:keep",
        ),
    ],
)
def test_a_snapshot_can_stay_when_its_image_goes(tags: Any, reason: str, estate: Estate, stub: Stub) -> None:
    estate.images[image_id(3)]["BlockDeviceMappings"] += [
        {"DeviceName": "/dev/xvdb", "Ebs": {"SnapshotId": snapshot_of(33)}},
        {"DeviceName": "/dev/xvdc", "VirtualName": "ephemeral0"},
    ]
    estate.add_snapshot(33, image_id(3))["Tags"] = tags
    done = run()
    assert done["Retired"] == [IMAGE, SNAPSHOT]
    assert done["Kept"] == [f"snapshot {snapshot_of(33)} ({reason})"]
    assert stub.calls_of("deregister_image") == [{"ImageId": image_id(3)}]
    assert snapshot_of(33) in estate.snapshots


def test_a_failed_image_goes_too(estate: Estate, stub: Stub) -> None:
    estate.images[image_id(3)]["State"] = "failed"
    run()
    assert not estate.has(3)
    assert stub.calls_of("describe_image_references") == stub.calls_of("describe_image_attribute") == []


def deny(estate: Estate, stub: Stub, error: Exception, *images: str) -> None:
    """The deregistration of these images."""

    def answer(asked: Any) -> Outcome:
        return error if asked["ImageId"] in images else estate.deregister(asked)

    stub(ec2, "deregister_image", answer)


def test_one_explicit_denial_is_reported_and_the_rest_goes_on(estate: Estate, stub: Stub) -> None:
    estate.add_image(4)
    deny(estate, stub, EXPLICIT, image_id(3))
    done = run()
    assert (estate.has(3), estate.has(4)) == (True, False)
    assert [one.partition(" (")[0] for one in done["Kept"]] == [IMAGE]


def test_an_explicit_denial_alone_does_not_fail_the_run(estate: Estate, stub: Stub) -> None:
    deny(estate, stub, EXPLICIT, image_id(3))
    assert [one.partition(" (")[0] for one in run()["Kept"]] == [IMAGE]


def test_four_explicit_denials_and_nothing_deleted_are_a_policy(estate: Estate, stub: Stub) -> None:
    for number in (4, 5, 6):
        estate.add_image(number)
    stub(ec2, "deregister_image", EXPLICIT)
    with pytest.raises(ClientError, match="explicit deny"):
        run()


def test_a_missing_permission_fails_the_run(estate: Estate, stub: Stub) -> None:
    stub(ec2, "deregister_image", DENIED)
    with pytest.raises(ClientError, match="not authorized"):
        run()
    assert estate.has(3)


def test_where_others_of_its_kind_go_a_denial_is_only_reported(estate: Estate, stub: Stub) -> None:
    estate.add_image(4)
    deny(estate, stub, DENIED, image_id(3))
    assert [one.partition(" (")[0] for one in run()["Kept"]] == [IMAGE]
    assert not estate.has(4)


GONE = [
    refusal("InvalidAMIID.NotFound"),
    refusal("InvalidAMIID.Unavailable"),
    DENIED,
    ReadTimeoutError(endpoint_url="https://aws"),
]


@pytest.mark.parametrize("error", GONE)
def test_what_is_gone_counts_as_deleted(error: Exception, estate: Estate, stub: Stub) -> None:
    def answer(asked: Any) -> Outcome:
        estate.images.pop(asked["ImageId"])
        return error

    stub(ec2, "deregister_image", answer)
    done = run()
    assert done["Retired"] == [IMAGE, SNAPSHOT]
    assert done["Kept"] == ["none"]


@pytest.mark.parametrize("error", [one for one in GONE if one is not DENIED])
def test_what_is_there_still_does_not(error: Exception, estate: Estate, stub: Stub) -> None:
    stub(ec2, "deregister_image", error)
    done = run()
    assert done["Retired"] == ["none"]
    assert [one.partition(" (")[0] for one in done["Kept"]] == [IMAGE]
    assert snapshot_of(3) in estate.snapshots


def test_snapshots_and_configurations_that_are_gone_count_as_deleted(estate: Estate, stub: Stub) -> None:
    name = estate.add_configuration(3)
    estate.add_snapshot(8, image_id(80))

    def lose_snapshot(asked: Any) -> Outcome:
        estate.snapshots.pop(asked["SnapshotId"])
        return DENIED

    def lose_configuration(asked: Any) -> Outcome:
        estate.configurations.pop(asked["LaunchConfigurationName"])
        return refusal("ValidationError", "Launch configuration name not found")

    stub(ec2, "delete_snapshot", lose_snapshot)
    stub(autoscaling, "delete_launch_configuration", lose_configuration)
    done = run()
    assert done["Retired"] == [
        f"launch configuration {name}",
        IMAGE,
        SNAPSHOT,
        f"snapshot {snapshot_of(8)}",
    ]


def test_a_configuration_that_stays_keeps_its_image(estate: Estate, stub: Stub) -> None:
    name = estate.add_configuration(3)
    stub(autoscaling, "delete_launch_configuration", refusal("ResourceInUse", "It is in use"))
    done = run()
    assert estate.has(3)
    assert [one.partition(" (")[0] for one in done["Kept"]] == [f"launch configuration {name}"]


@pytest.mark.parametrize(
    ("code", "stays"), [("unexpectedError", True), ("launchTemplateVersionDoesNotExist", False)]
)
def test_versions_are_refused_in_an_answer_that_looks_like_success(
    code: str, stays: bool, estate: Estate, stub: Stub
) -> None:
    estate.add_version(7, 88)
    estate.add_version(7, 3)
    estate.add_version(7, 1)
    estate.add_group(LaunchTemplate={"LaunchTemplateId": template_id(7), "Version": "3"})
    failed = {"VersionNumber": 2, "ResponseError": {"Code": code, "Message": "No."}}
    stub(ec2, "delete_launch_template_versions", {"UnsuccessfullyDeletedLaunchTemplateVersions": [failed]})
    done = run()
    assert estate.has(3) is stays
    version = f"version 2 of launch template {template_id(7)}"
    if stays:
        assert [one.partition(" (")[0] for one in done["Kept"]] == [version]
        assert "No." in done["Kept"][0]
    else:
        assert done["Retired"] == [version, IMAGE, SNAPSHOT]


def test_of_several_versions_one_that_is_refused_keeps_the_image(estate: Estate, stub: Stub) -> None:
    for image in (88, 3, 3, 1):
        estate.add_version(7, image)
    estate.add_group(LaunchTemplate={"LaunchTemplateId": template_id(7), "Version": "4"})
    codes = {2: "launchTemplateVersionDoesNotExist", 3: "unexpectedError"}
    failed = [{"VersionNumber": one, "ResponseError": {"Code": code}} for one, code in codes.items()]
    stub(ec2, "delete_launch_template_versions", {"UnsuccessfullyDeletedLaunchTemplateVersions": failed})
    run()
    assert estate.has(3)


def test_versions_of_a_template_that_is_gone_count_as_deleted(estate: Estate, stub: Stub) -> None:
    for image in (88, 3, 1):
        estate.add_version(7, image)
    estate.add_group(LaunchTemplate={"LaunchTemplateId": template_id(7), "Version": "3"})
    stub(ec2, "delete_launch_template_versions", refusal("InvalidLaunchTemplateId.NotFound"))
    run()
    assert not estate.has(3)


def test_of_two_runs_at_once_both_end_well(estate: Estate, stub: Stub) -> None:
    """The other one deletes everything between this one's reading and its deletions."""
    estate.add_image(4)

    def delete_all() -> None:
        for number in (3, 4):
            del estate.images[image_id(number)], estate.snapshots[snapshot_of(number)]

    after(stub, estate, "describe_instances", delete_all)
    stub(ec2, "deregister_image", DENIED)
    stub(ec2, "delete_snapshot", DENIED)
    done = run()
    assert len(done["Retired"]) == 4
    assert done["Kept"] == ["none"]


# Many at once.


def add_many(estate: Estate, count: int) -> None:
    for number in range(10, 10 + count):
        estate.add_image(number)


def test_a_run_deletes_30_images_at_most_the_oldest_first(estate: Estate, stub: Stub) -> None:
    add_many(estate, 60)
    done = run()
    assert len(stub.calls_of("deregister_image")) == 30
    assert stub.calls_of("deregister_image")[0]["ImageId"] == image_id(69)
    assert len(stub.calls_of("describe_spot_fleet_requests")) == 1
    assert len(done["Kept"]) == 31
    assert {one.partition(" (")[2] for one in done["Kept"]} == {"its turn comes in a later run)"}
    # 30 images and 30 snapshots.
    assert len(done["Retired"]) == 60
    for _ in range(2):
        done = run()
    assert not estate.has(3)
    assert done["Kept"] == ["none"]


def test_a_long_list_is_cut(estate: Estate) -> None:
    add_many(estate, 140)
    done = run()
    assert done["Kept"][-1] == "and 12 more"
    assert len(done["Kept"]) == 100


def test_what_is_kept_takes_nobodys_turn(estate: Estate) -> None:
    add_many(estate, 120)
    for number in range(10, 130):
        estate.add_instance(f"i-{number}", image_id(number))
    done = run()
    assert not estate.has(3)
    assert done["Kept"][-1] == "and 21 more"


def test_what_could_not_be_deleted_takes_nobodys_turn_either(estate: Estate, stub: Stub) -> None:
    add_many(estate, 40)
    usual = estate.answers()["deregister_image"]
    managed = refusal("InvalidParameterValue", "It is managed by AWS Backup")
    stub(ec2, "deregister_image", lambda asked: usual(asked) if asked == IN_ONE_CALL else managed)
    done = run()
    assert not estate.has(3)
    assert len(stub.calls_of("deregister_image")) == 41
    assert len(done["Kept"]) == 40


def test_what_is_shared_takes_nobodys_turn_either(estate: Estate) -> None:
    add_many(estate, 40)
    for number in range(10, 50):
        estate.shares[image_id(number)] = [{"Group": "all"}]
    done = run()
    assert not estate.has(3)
    assert len(done["Kept"]) == 40


def test_a_dry_run_counts_as_many_as_a_run_deletes(estate: Estate, stub: Stub) -> None:
    add_many(estate, 60)
    done = run(DryRun=True)
    assert len(done["Retired"]) == 60
    assert len(done["Kept"]) == 31
    assert deletions(stub) == []


def test_of_an_image_whose_turn_comes_later_nothing_goes_before(estate: Estate) -> None:
    add_many(estate, 40)
    name = estate.add_configuration(3)
    assert f"{IMAGE} (its turn comes in a later run)" in run()["Kept"]
    assert name in estate.configurations
    run()
    assert not estate.has(3)
    assert name not in estate.configurations


def take_time(estate: Estate, clock: Clock, client: Any, operation: str, seconds: float) -> None:
    usual = estate.answers()[operation]

    def answer(asked: Any) -> Outcome:
        clock.now += datetime.timedelta(seconds=seconds)
        return usual(asked)

    estate.stub(client, operation, answer)


def test_it_stops_in_time(estate: Estate, stub: Stub, clock: Clock) -> None:
    add_many(estate, 10)
    take_time(estate, clock, ec2, "deregister_image", 90)
    done = run()
    assert len(stub.calls_of("deregister_image")) == len(stub.calls_of("describe_image_attribute")) == 5
    assert [one.partition(" (")[2] for one in done["Kept"]] == ["no time was left)"] * 6


def test_it_stops_in_the_middle_of_an_image_too(estate: Estate, stub: Stub, clock: Clock) -> None:
    name = estate.add_configuration(3)
    take_time(estate, clock, autoscaling, "delete_launch_configuration", 401)
    done = run()
    assert done["Retired"] == [f"launch configuration {name}"]
    assert done["Kept"] == [f"{IMAGE} (no time was left)"]
    assert deletions(stub) == ["delete_launch_configuration"]


def test_runs_are_asked_of_so_many_images_only(estate: Estate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.retire_state.MOST_RUNS", 1)
    estate.add_image(4, rolled_out=False)
    estate.untag(3, ROLLED_OUT_TAG)
    done = run()
    assert (estate.has(4), estate.has(3)) == (False, True)
    assert done["Kept"] == [f"{IMAGE} (its turn comes in a later run)"]


def test_a_run_that_is_forgotten_keeps_nothing(estate: Estate) -> None:
    estate.untag(3, ROLLED_OUT_TAG)
    estate.add_image(4, rolled_out=False, run="no id")
    run()
    assert (estate.has(3), estate.has(4)) == (False, False)
