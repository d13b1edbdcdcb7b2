"""What may be rolled out to a group with a launch configuration, and under which name."""

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest

from executions import run_id
from launching import GOLDEN, GROUP, OWN_RUN, ROLL_OUT, SERVICE_ROLE, Account, image_id
from roll_out_launch_configuration.check_group import Event, check_group
from shared.kms_client import kms
from support import refusal, utc_now

KEY = "arn:aws:kms:ap-northeast-1:123456789012:key/00000000-0000-0000-0000-000000000001"


def event(**changes: Any) -> Event:
    return {
        "ExecutionId": OWN_RUN,
        "ImageId": image_id(2),
        "InstanceId": GOLDEN,
        "LaunchConfigPrefix": "web",
        "AutoScalingGroupName": GROUP,
        "LaunchConfigurationFrom": "instance",
        "CustomerKeyReady": False,
        "PauseSchedule": "auto",
        "IsBack": "false",
        **changes,  # type: ignore[typeddict-item]
    }


def check(**changes: Any) -> dict[str, Any]:
    return check_group(event(**changes), None)


def roll_out(account: Account, number: int, name: str, previous: str | None = None) -> None:
    """As it stands after an image was rolled out."""
    account.add_configuration(name, number)
    account.groups[GROUP]["LaunchConfigurationName"] = name
    if previous:
        tags = account.images[image_id(number)].setdefault("Tags", [])
        tags.append({"Key": "ami-refresh:previous-image", "Value": previous})


@pytest.mark.usefixtures("account")
def test_says_what_is_rolled_out_and_what_the_group_launches_now() -> None:
    found = check()
    assert re.fullmatch("[0-9a-f]{64}", found["Before"].pop("Seen"))
    assert found == {
        "ImageId": image_id(2),
        "ImageName": f"{GOLDEN}_2026-03-02",
        "LaunchConfigurationName": "web_2026-03-02",
        "Pause": "false",
        "Before": {
            "Launched": image_id(2),
            "IsOurs": "true",
            "ImageIds": image_id(1),
            "PreviousLaunchConfigurationName": "web-initial",
            "PreviousImageId": image_id(1),
        },
    }


def test_gives_texts_only_and_none_is_empty(account: Account) -> None:
    roll_out(account, 2, "web_2026-03-02")
    found = check()
    values = [*found.pop("Before").values(), *found.values()]
    assert all(isinstance(value, str) and value for value in values)


def make_refresh(account: Account, status: str) -> None:
    account.refreshes.append(
        {"InstanceRefreshId": "refresh-1", "AutoScalingGroupName": GROUP, "Status": status}
    )


def give_device(account: Account, **device: Any) -> Any:
    return account.configurations["web-initial"].update(BlockDeviceMappings=[device])


def change_image(account: Account, **facts: Any) -> Any:
    return account.images[image_id(2)].update(facts)


FROM_GROUP = {"LaunchConfigurationFrom": "group"}

REFUSALS: dict[str, tuple[Callable[[Account], object], dict[str, Any], str]] = {
    "no group": (
        lambda account: account.groups.clear(),
        {},
        (
            "Auto Scaling group web does not exist in this Region, or is being deleted: set "
            "autoScalingGroupName and run pulumi up."
        ),
    ),
    "a group that is being deleted": (
        lambda account: account.groups[GROUP].update(Status="Delete in progress"),
        {},
        "Auto Scaling group web does not exist in this Region, or is being deleted",
    ),
    "an instance refresh at work": (
        lambda account: make_refresh(account, "Baking"),
        {},
        (
            "Instance refresh refresh-1 of Auto Scaling group web is Baking: wait for its end, or cancel "
            "it, and start the runbook again."
        ),
    ),
    "a group with a template": (
        lambda account: (
            account.groups[GROUP].pop("LaunchConfigurationName"),
            account.groups[GROUP].update(LaunchTemplate=account.refer(account.add_template(1, {}), "1")),
        ),
        {},
        (
            "Auto Scaling group web launches from another kind of source now, but this runbook is for launch "
            "configurations: run pulumi up."
        ),
    ),
    "a launch configuration that is gone": (
        lambda account: account.configurations.clear(),
        {},
        (
            "Auto Scaling group web has no launch configuration that can be read (it names web-initial): "
            "give it a launch template and run pulumi up."
        ),
    ),
    "an image that is gone": (
        lambda account: account.images.pop(image_id(2)),
        {},
        (
            f"Image {image_id(2)} is gone and not available any more, and the group stays as it was: "
            "roll out another one."
        ),
    ),
    "an image that is not available": (
        lambda account: change_image(account, State="disabled"),
        {},
        (
            f"Image {image_id(2)} is disabled and not available any more, and the group stays as it was: "
            "roll out another one."
        ),
    ),
    "an image that people made": (
        lambda account: account.add_image(3, Name="base-2"),
        {"ImageId": image_id(3)},
        (
            f"Image {image_id(3)} is neither one that create-image made for Auto Scaling group web, nor "
            "named by the tag ami-refresh:previous-image of what it launches now: start the roll-out with "
            "such an image."
        ),
    ),
    "a copy of one of ours": (
        lambda account: change_image(account, Name="copy"),
        {},
        f"Image {image_id(2)} is neither one that create-image made",
    ),
    "another architecture": (
        lambda account: change_image(account, Architecture="arm64"),
        {},
        (
            f"Image {image_id(2)} does not fit launch configuration web-initial (architecture arm64, but its "
            f"image {image_id(1)} has x86_64): name another golden instance in the component, or set the "
            "group to such an image by hand."
        ),
    ),
    "another virtualisation": (
        lambda account: change_image(account, VirtualizationType="paravirtual"),
        {},
        f"(virtualisation paravirtual, but its image {image_id(1)} has hvm)",
    ),
    "another boot mode": (
        lambda account: (
            change_image(account, BootMode="uefi"),
            account.images[image_id(1)].update(BootMode="legacy-bios"),
        ),
        {},
        f"(boot mode uefi, but its image {image_id(1)} has legacy-bios)",
    ),
    "a boot mode that the copied instance type does not know": (
        lambda account: (
            change_image(account, BootMode="uefi"),
            account.configurations["web-initial"].update(InstanceType="t2.micro"),
        ),
        FROM_GROUP,
        "(boot mode uefi, but t2.micro has legacy-bios)",
    ),
    "an architecture that the copied instance type does not know, where the present image is gone": (
        lambda account: (change_image(account, Architecture="arm64"), account.images.pop(image_id(1))),
        FROM_GROUP,
        "(architecture arm64, but t3.small has x86_64)",
    ),
    "a copied volume that is too small": (
        lambda account: give_device(account, DeviceName="/dev/xvda", Ebs={"VolumeSize": 4}),
        FROM_GROUP,
        (
            "launch configuration web-initial gives /dev/xvda 4 GiB, less than the 8 of image "
            f"{image_id(2)}: give it at least as much there."
        ),
    ),
    "a copied snapshot for a device that the image does not have": (
        lambda account: give_device(account, DeviceName="/dev/sdf", Ebs={"SnapshotId": "snap-0data"}),
        FROM_GROUP,
        (
            f"launch configuration web-initial has /dev/sdf, which image {image_id(2)} does not have, filled "
            "from snapshot snap-0data: give the golden instance such a volume, or take it out there."
        ),
    ),
    "a device that only the present image fills": (
        lambda account: (
            give_device(account, DeviceName="/dev/xvda", Ebs={"VolumeSize": 8}),
            change_image(
                account, BlockDeviceMappings=[{"DeviceName": "/dev/sda1", "Ebs": {"VolumeSize": 8}}]
            ),
        ),
        FROM_GROUP,
        f"has /dev/xvda, which image {image_id(2)} does not have, filled from snapshot snap-{1:017}",
    ),
    "a golden instance that is gone": (
        lambda account: account.instances.clear(),
        {},
        (f"Golden instance {GOLDEN} does not exist in this Region: set instanceId and run pulumi up."),
    ),
    "a golden instance whose own image is gone": (
        lambda account: account.instances[GOLDEN].update(ImageId=image_id(9)),
        {},
        (
            f"Image {image_id(9)}, from which golden instance {GOLDEN} was launched, cannot be used any "
            "more, and AWS derives no launch configuration without it: set launchConfigurationFrom to group "
            "and run pulumi up."
        ),
    ),
}


@pytest.mark.parametrize("what", REFUSALS)
def test_refuses(account: Account, what: str) -> None:
    arrange, changes, sentence = REFUSALS[what]
    arrange(account)
    with pytest.raises(Exception, match=re.escape(sentence)) as raised:
        check(**changes)
    assert re.fullmatch(r"[^\n]+\.", str(raised.value))


@pytest.mark.parametrize(
    "status", ["Successful", "Failed", "Cancelled", "RollbackSuccessful", "RollbackFailed"]
)
def test_an_instance_refresh_that_ended_is_of_no_concern(account: Account, status: str) -> None:
    make_refresh(account, status)
    assert check()["ImageId"] == image_id(2)


TAKEN: dict[str, tuple[Callable[[Account], object], dict[str, Any]]] = {
    "a present image that is gone": (lambda account: account.images.pop(image_id(1)), FROM_GROUP),
    "what the group's configuration says, where the golden instance's counts": (
        lambda account: (
            give_device(account, DeviceName="/dev/xvda", Ebs={"VolumeSize": 4}),
            account.configurations["web-initial"].update(InstanceType="m6g.large"),
        ),
        {},
    ),
    "larger volumes, others of their own, and those left out": (
        lambda account: account.configurations["web-initial"].update(
            BlockDeviceMappings=[
                {"DeviceName": "/dev/xvda", "Ebs": {"VolumeSize": 100, "Encrypted": False}},
                {"DeviceName": "/dev/sdb", "VirtualName": "ephemeral0"},
                {"DeviceName": "/dev/sdc", "Ebs": {"VolumeSize": 10}},
                {"DeviceName": "/dev/sdd", "NoDevice": True},
            ]
        ),
        FROM_GROUP,
    ),
    "devices that the present image fills and the configuration does not": (
        lambda account: (
            account.images[image_id(1)]["BlockDeviceMappings"].extend(
                {"DeviceName": name, "Ebs": {"SnapshotId": "snap-0data", "VolumeSize": 8}}
                for name in ("/dev/sdb", "/dev/sdc")
            ),
            account.configurations["web-initial"].update(
                BlockDeviceMappings=[
                    {"DeviceName": "/dev/sdb", "VirtualName": "ephemeral0"},
                    {"DeviceName": "/dev/sdc", "NoDevice": True},
                ]
            ),
        ),
        FROM_GROUP,
    ),
    "a copy where the golden instance is gone": (lambda account: account.instances.clear(), FROM_GROUP),
    "a type of another architecture, where the present image fits": (
        lambda account: account.configurations["web-initial"].update(InstanceType="m6g.large"),
        FROM_GROUP,
    ),
    "an image that boots either way": (
        lambda account: (
            change_image(account, BootMode="uefi-preferred"),
            account.configurations["web-initial"].update(InstanceType="t2.micro"),
        ),
        FROM_GROUP,
    ),
}


@pytest.mark.parametrize("what", TAKEN)
def test_takes(account: Account, what: str) -> None:
    arrange, changes = TAKEN[what]
    arrange(account)
    assert check(**changes)["LaunchConfigurationName"] == "web_2026-03-02"


# Keys.


@pytest.mark.parametrize("role", [SERVICE_ROLE, f"{SERVICE_ROLE}_custom"])
def test_a_customer_key_that_the_present_image_does_not_use_has_to_be_ready(
    account: Account, role: str
) -> None:
    account.groups[GROUP]["ServiceLinkedRoleARN"] = role
    key = kms.create_key()["KeyMetadata"]["Arn"]
    account.encrypt(account.images[image_id(2)], key)
    with pytest.raises(Exception, match="to use it and to make grants") as raised:
        check()
    assert str(raised.value) == (
        f"A volume of image {image_id(2)} is under customer KMS key {key}, which the present image does not "
        f"use: allow {role} to use it and to make grants, set customerKeyReady, and run pulumi up."
    )
    assert check(CustomerKeyReady=True)["ImageId"] == image_id(2)
    assert check(CustomerKeyReady="true")["ImageId"] == image_id(2)


def test_a_key_that_the_present_image_uses_is_ready(account: Account) -> None:
    key = kms.create_key()["KeyMetadata"]["Arn"]
    account.encrypt(account.images[image_id(2)], key)
    account.encrypt(account.images[image_id(1)], key)
    assert check()["ImageId"] == image_id(2)


def test_a_key_of_aws_is_ready(account: Account) -> None:
    account.encrypt(account.images[image_id(2)], KEY)
    metadata = {"KeyId": KEY.split("/")[1], "KeyManager": "AWS"}
    account.stub(kms, "describe_key", {"KeyMetadata": metadata})
    assert check()["ImageId"] == image_id(2)


@pytest.mark.parametrize("code", ["AccessDeniedException", "NotFoundException"])
def test_a_key_that_cannot_be_looked_at_has_to_be_declared_ready(account: Account, code: str) -> None:
    account.encrypt(account.images[image_id(2)], KEY)
    account.stub(kms, "describe_key", refusal(code))
    with pytest.raises(Exception, match="is under customer KMS key"):
        check()
    account.stub(kms, "describe_key", refusal("KMSInternalException"))
    with pytest.raises(Exception, match="KMSInternalException"):
        check()


def test_snapshots_are_asked_for_only_where_something_is_encrypted(account: Account) -> None:
    check()
    assert account.stub.calls_of("describe_snapshots") == []


# Names, and launch configurations that are used again.


@pytest.mark.parametrize("suffix", ["_2026-02-27", "_2026-02-27_05.30.12"])
def test_the_name_has_the_date_of_the_image(account: Account, suffix: str) -> None:
    account.add_own_image(3, suffix, "i-0a0a0a0a")
    assert check(ImageId=image_id(3))["LaunchConfigurationName"] == f"web{suffix}"


def test_a_name_that_is_taken_gives_way_to_this_moment(account: Account) -> None:
    account.add_configuration("web_2026-03-02", 1)
    assert check()["LaunchConfigurationName"] == "web_2026-03-02_05.30.00"


def test_an_image_of_people_is_called_after_today(account: Account) -> None:
    roll_out(account, 2, "web_2026-03-01", previous=image_id(1))
    account.configurations.pop("web-initial")
    found = check(ImageId=image_id(1))
    assert found["LaunchConfigurationName"] == "web_2026-03-02"
    assert found["ImageName"] == "base"
    account.add_configuration("web_2026-03-02", 2)
    assert check(ImageId=image_id(1))["LaunchConfigurationName"] == "web_2026-03-02_05.30.00"


def test_the_newest_launch_configuration_of_ours_that_names_the_image_is_used_again(account: Account) -> None:
    old, new = (utc_now() - datetime.timedelta(days=days) for days in (3, 1))
    account.add_configuration("web_2026-02-27", 2, CreatedTime=old)
    account.add_configuration("web_2026-03-01_05.30.00", 2, CreatedTime=new)
    account.add_configuration("web_2026-02-28", 2, CreatedTime=old)
    for foreign in ("web_2026-03-02_by_hand", "webb_2026-03-02", "web", "xweb_2026-03-02"):
        account.add_configuration(foreign, 2)
    assert check()["LaunchConfigurationName"] == "web_2026-03-01_05.30.00"


def test_what_a_new_launch_configuration_needs_is_of_no_concern_to_a_used_one(account: Account) -> None:
    account.add_configuration("web_2026-03-01", 2)
    account.instances.clear()
    give_device(account, DeviceName="/dev/xvda", Ebs={"VolumeSize": 4})
    for source in ("instance", "group"):
        assert check(LaunchConfigurationFrom=source)["LaunchConfigurationName"] == "web_2026-03-01"


def test_the_present_launch_configuration_stays_where_it_names_the_image(account: Account) -> None:
    roll_out(account, 2, "web_2026-03-01")
    account.configurations["web_2026-03-01"]["CreatedTime"] -= datetime.timedelta(days=1)
    account.add_configuration("web_2026-03-02", 2)
    found = check()
    assert found["LaunchConfigurationName"] == "web_2026-03-01"
    assert found["Before"]["ImageIds"] == "none"


# The word previous.


def test_previous_is_what_the_tag_of_the_present_image_names(account: Account) -> None:
    account.add_own_image(3, "_2026-03-01")
    roll_out(account, 2, "web_2026-03-02", previous=image_id(3))
    found = check(ImageId="previous")
    assert found["ImageId"] == image_id(3)
    assert found["Before"]["ImageIds"] == image_id(2)
    assert found["LaunchConfigurationName"] == "web_2026-03-01"


def test_previous_may_be_an_image_that_people_made(account: Account) -> None:
    roll_out(account, 2, "web_2026-03-02", previous=image_id(1))
    assert check(ImageId="previous")["ImageId"] == image_id(1)


def test_previous_is_the_first_of_several(account: Account) -> None:
    """In front is what was replaced, and behind it what was left alone."""
    account.add_own_image(3, "_2026-03-01")
    roll_out(account, 2, "web_2026-03-02", previous=f"{image_id(1)} {image_id(3)}")
    assert check(ImageId="previous")["ImageId"] == image_id(1)


@pytest.mark.parametrize("tag", [None, image_id(2)])
def test_previous_that_nobody_wrote_down_asks_for_an_id(account: Account, tag: str | None) -> None:
    roll_out(account, 2, "web_2026-03-02", previous=tag)
    with pytest.raises(Exception, match="launched before") as raised:
        check(ImageId="previous")
    assert str(raised.value) == (
        "What Auto Scaling group web launched before is not written down: start the roll-out with an ImageId "
        "instead of the word previous."
    )


def test_previous_has_to_be_available(account: Account) -> None:
    roll_out(account, 2, "web_2026-03-02", previous=image_id(7))
    with pytest.raises(Exception, match=f"Image {image_id(7)} is gone and not available any more"):
        check(ImageId="previous")


def test_tags_that_people_copied_say_nothing(account: Account) -> None:
    """An image of theirs with all of the tags of one of ours."""
    account.add_image(5, Name="copy", Tags=account.images[image_id(2)]["Tags"].copy())
    roll_out(account, 5, "by-hand", previous=image_id(1))
    with pytest.raises(Exception, match="is not written down"):
        check(ImageId="previous")
    with pytest.raises(Exception, match="is neither one that create-image made"):
        check(ImageId=image_id(1))


# Other runs.


def test_an_earlier_roll_out_goes_on(account: Account) -> None:
    other = account.executions.add(run_id(1), ROLL_OUT, started=utc_now() - datetime.timedelta(minutes=1))
    with pytest.raises(Exception, match="goes on") as raised:
        check()
    assert str(raised.value) == (
        f"Roll-out {other} is at work and goes on: this one ends, and the group was not changed; start it "
        f"again with image {image_id(2)} when that one has ended."
    )
    account.executions.runs[other]["AutomationExecutionStatus"] = "Success"
    assert check()["ImageId"] == image_id(2)


@pytest.mark.parametrize("status", ["Cancelling", "Cancelled", "TimedOut", "Failed"])
def test_nothing_is_rolled_out_for_a_run_that_ended(account: Account, status: str) -> None:
    parent = account.executions.add(run_id(1), "web-create-image", status=status)
    account.executions.runs[OWN_RUN]["ParentAutomationExecutionId"] = parent
    with pytest.raises(Exception, match="to which this roll-out belongs") as raised:
        check()
    assert str(raised.value) == (
        f"Run {parent}, to which this roll-out belongs, is {status}: this one ends, and the group was not "
        f"changed; start it again with image {image_id(2)}, if that is wanted."
    )


def test_the_run_that_started_this_one_waits(account: Account) -> None:
    parent = account.executions.add(run_id(1), "web-create-image")
    account.executions.runs[OWN_RUN]["ParentAutomationExecutionId"] = parent
    assert check()["ImageId"] == image_id(2)
