"""What may be rolled out to a group with a launch template or a mixed instances policy, and where."""

import copy
import re
from collections.abc import Callable
from typing import Any

import pytest

from launching import GOLDEN, GROUP, OWN_RUN, Account, image_id
from roll_out_launch_template.check_group import Event, check_group
from shared.kms_client import kms

LT = "lt-00000000000000001"
KEY = "arn:aws:kms:ap-northeast-1:123456789012:key/00000000-0000-0000-0000-000000000001"
T3 = {"InstanceType": "t3.small"}


def event(**changes: Any) -> Event:
    return {
        "ExecutionId": OWN_RUN,
        "ImageId": image_id(2),
        "AutoScalingGroupName": GROUP,
        "AllowSharedTemplate": False,
        "CustomerKeyReady": False,
        "PauseSchedule": "auto",
        "IsBack": "false",
        **changes,  # type: ignore[typeddict-item]
    }


def check(**changes: Any) -> dict[str, Any]:
    return check_group(event(**changes), None)


def use_template(account: Account, version: str | None = "1", **data: Any) -> Any:
    template = account.add_template(1, {"ImageId": image_id(1), **T3, **data})
    account.add_group(LaunchTemplate=account.refer(template, version))


def use_policy(account: Account, *overrides: dict[str, Any], version: str = "1", **data: Any) -> Any:
    template = account.add_template(1, {"ImageId": image_id(1), **T3, **data})
    named = {"LaunchTemplateSpecification": account.refer(template, version), "Overrides": [*overrides]}
    account.add_group(MixedInstancesPolicy={"LaunchTemplate": named})


def use_two_architectures(account: Account) -> Any:
    """Image 3 is for arm64."""
    account.add_image(3, Architecture="arm64")
    arm = account.refer(account.add_template(2, {"ImageId": image_id(3)}), "1")
    use_policy(
        account,
        {"InstanceType": "t3.small"},
        {"InstanceType": "m5.large", "ImageId": image_id(1)},
        {"InstanceType": "t4g.small", "LaunchTemplateSpecification": arm},
    )


def contents(account: Account) -> Any:
    return account.templates[LT]["versions"][1]["LaunchTemplateData"]


# What is to be done.


@pytest.mark.parametrize(
    ("version", "plan", "called"),
    [
        ("1", f"base {LT} 1 number", ""),
        ("$Default", f"base {LT} 1 default", " by $Default"),
        (None, f"base {LT} 1 default", " by $Default"),
        ("$Latest", f"base {LT} 1 latest", " by $Latest"),
    ],
)
def test_says_what_is_rolled_out_where_and_what_the_group_launches_now(
    account: Account, version: str | None, plan: str, called: str
) -> None:
    use_template(account, version)
    found = check()
    assert re.fullmatch("[0-9a-f]{64}", found["Before"].pop("Seen"))
    assert found == {
        "ImageId": image_id(2),
        "ImageName": f"{GOLDEN}_2026-03-02",
        "Plan": [plan],
        "Before": {
            "IsOurs": "true",
            "Suffix": "_2026-03-02",
            "ImageIds": image_id(1),
            "PreviousLaunchSource": f"launch template template-1 ({LT}) version 1{called}",
            "PreviousImageId": image_id(1),
            "LeftAlone": "none",
            "Launched": image_id(2),
            "Kept": "none",
        },
        "Pause": "false",
    }


def test_follows_every_place_of_a_policy_and_leaves_the_other_architecture_alone(account: Account) -> None:
    use_two_architectures(account)
    found = check()
    assert found["Plan"] == [f"base {LT} 1 number", f"1 {image_id(1)} image"]
    before = found["Before"]
    assert before["PreviousLaunchSource"] == (
        f"launch template template-1 ({LT}) version 1, override 1 (m5.large): image, override 2 (t4g.small): "
        f"launch template template-2 (lt-{2:017}) version 1"
    )
    assert before["LeftAlone"] == (
        f"override 2 (t4g.small): launch template template-2 (lt-{2:017}) version 1 (image {image_id(3)})"
    )
    assert before["ImageIds"] == f"{image_id(1)} {image_id(3)}"
    assert before["PreviousImageId"] == image_id(1)


def test_follows_the_other_architecture_and_leaves_the_base_alone(account: Account) -> None:
    use_two_architectures(account)
    account.images[image_id(2)]["Architecture"] = "arm64"
    found = check()
    assert found["Plan"] == [f"2 lt-{2:017} 1 number"]
    assert found["Before"]["ImageIds"] == f"{image_id(3)} {image_id(1)}"
    assert found["Before"]["PreviousImageId"] == image_id(3)


def test_a_base_that_only_lends_its_settings_needs_no_image(account: Account) -> None:
    use_policy(account, *({"InstanceType": one, "ImageId": image_id(1)} for one in ("t3.small", "m5.large")))
    contents(account).pop("ImageId")
    found = check()
    assert found["Plan"] == [f"0 {image_id(1)} image", f"1 {image_id(1)} image"]
    assert (
        found["Before"]["PreviousLaunchSource"]
        == "override 0 (t3.small): image, override 1 (m5.large): image"
    )


def test_a_template_and_an_image_of_one_override(account: Account) -> None:
    own = account.refer(account.add_template(2, {"ImageId": image_id(3)}), "1")
    account.add_image(3)
    use_policy(
        account, {"InstanceType": "m5.large", "LaunchTemplateSpecification": own, "ImageId": image_id(1)}
    )
    found = check()
    assert found["Plan"] == [f"base {LT} 1 number", f"0 lt-{2:017} 1 number", f"0 {image_id(1)} image"]
    # Only the last of these is launched.
    assert found["Before"]["ImageIds"] == image_id(1)


def test_a_policy_without_overrides(account: Account) -> None:
    use_policy(account)
    assert check()["Plan"] == [f"base {LT} 1 number"]


def test_what_names_the_image_already_is_not_changed_again(account: Account) -> None:
    use_two_architectures(account)
    contents(account)["ImageId"] = image_id(2)
    found = check()
    assert found["Plan"] == [f"1 {image_id(1)} image"]
    assert found["Before"]["ImageIds"] == f"{image_id(1)} {image_id(3)}"
    account.groups[GROUP]["MixedInstancesPolicy"]["LaunchTemplate"]["Overrides"][1]["ImageId"] = image_id(2)
    found = check()
    assert found["Plan"] == ["none"]
    assert found["Before"]["ImageIds"] == "none"
    assert found["Before"]["PreviousImageId"] == image_id(2)
    assert found["Before"]["LeftAlone"].startswith("override 2 (t4g.small)")


def test_what_is_not_changed_is_not_refused(account: Account) -> None:
    use_template(
        account, "$Latest", BlockDeviceMappings=[{"DeviceName": "/dev/xvda", "Ebs": {"VolumeSize": 4}}]
    )
    contents(account)["ImageId"] = image_id(2)
    account.add_group("other", LaunchTemplate=account.refer(LT, "$Latest"))
    assert check()["Plan"] == ["none"]


def test_gives_texts_only_and_none_is_empty(account: Account) -> None:
    use_two_architectures(account)
    found = check()
    values = [*found.pop("Before").values(), *found.pop("Plan"), *found.values()]
    assert all(isinstance(value, str) and value for value in values)


# What is refused.


def give_device(account: Account, **device: Any) -> Any:
    use_template(account, BlockDeviceMappings=[device])


def encrypt(account: Account, number: int, key: str) -> Any:
    account.encrypt(account.images[image_id(number)], key)


def add(those: list[Any], one: Any) -> Any:
    those.append(one)


def change_image(account: Account, **facts: Any) -> Any:
    return account.images[image_id(2)].update(facts)


def use_gone_image(account: Account, *types: str) -> Any:
    use_template(account)
    account.images.pop(image_id(1))
    contents(account).pop("InstanceType")
    if types:
        contents(account)["InstanceType"] = types[0]


SHARED = "let each refer to a version by its number, or set allowSharedTemplate and run"

REFUSALS: dict[str, tuple[Callable[[Account], object], str]] = {
    "no group": (
        lambda _: None,
        (
            "Auto Scaling group web does not exist in this Region, or is being deleted: set "
            "autoScalingGroupName and run pulumi up."
        ),
    ),
    "a group with a launch configuration": (
        lambda account: account.add_group(LaunchConfigurationName="web-initial"),
        (
            "Auto Scaling group web launches from another kind of source now, but this runbook is for launch "
            "templates: run pulumi up."
        ),
    ),
    "an instance refresh at work": (
        lambda account: (
            use_template(account),
            add(
                account.refreshes,
                {"InstanceRefreshId": "refresh-1", "AutoScalingGroupName": GROUP, "Status": "InProgress"},
            ),
        ),
        "Instance refresh refresh-1 of Auto Scaling group web is InProgress: wait for its end, or cancel it",
    ),
    "an image that people made": (
        lambda account: (use_template(account), change_image(account, Name="by-hand")),
        f"Image {image_id(2)} is neither one that create-image made for Auto Scaling group web",
    ),
    "another architecture": (
        lambda account: (use_template(account), change_image(account, Architecture="arm64")),
        (
            f"Image {image_id(2)} does not fit launch template template-1 ({LT}) version 1 (architecture "
            f"arm64, but its image {image_id(1)} has x86_64): name another golden instance in the component, "
            "or set the group to such an image by hand."
        ),
    ),
    "another architecture than the type's, where the present image is gone": (
        lambda account: (use_gone_image(account, "t3.small"), change_image(account, Architecture="arm64")),
        "(architecture arm64, but t3.small has x86_64)",
    ),
    "a boot mode that the type does not know": (
        lambda account: (
            use_template(account, InstanceType="t2.micro"),
            change_image(account, BootMode="uefi"),
        ),
        "(boot mode uefi, but t2.micro has legacy-bios)",
    ),
    "an image with nothing to compare it with": (
        use_gone_image,
        "(its image is gone, and it names no instance type to compare with)",
    ),
    "an image that nothing in a policy could launch": (
        lambda account: (use_two_architectures(account), change_image(account, Architecture="i386")),
        (
            f"does not fit launch template template-1 ({LT}) version 1 (architecture i386, but its image "
            f"{image_id(3)} has arm64)"
        ),
    ),
    "another virtualisation in a policy": (
        lambda account: (
            use_two_architectures(account),
            change_image(account, VirtualizationType="paravirtual"),
        ),
        "(virtualisation paravirtual, but",
    ),
    "an image that only a base without instances of its own could launch": (
        lambda account: (
            use_two_architectures(account),
            account.groups[GROUP]["MixedInstancesPolicy"]["LaunchTemplate"].update(
                Overrides=account.groups[GROUP]["MixedInstancesPolicy"]["LaunchTemplate"]["Overrides"][2:]
            ),
        ),
        f"(architecture x86_64, but its image {image_id(3)} has arm64)",
    ),
    "a volume that is too small": (
        lambda account: give_device(account, DeviceName="/dev/xvda", Ebs={"VolumeSize": 4}),
        (
            f"launch template template-1 ({LT}) version 1 gives /dev/xvda 4 GiB, less than the 8 of image "
            f"{image_id(2)}: give it at least as much there."
        ),
    ),
    "a volume that is not to be encrypted": (
        lambda account: (
            give_device(account, DeviceName="/dev/xvda", Ebs={"Encrypted": False}),
            encrypt(account, 2, KEY),
        ),
        (
            f"launch template template-1 ({LT}) version 1 says that /dev/xvda is not encrypted, but in image "
            f"{image_id(2)} it is: leave that out there."
        ),
    ),
    "a snapshot for a device that the image does not have": (
        lambda account: give_device(account, DeviceName="/dev/sdf", Ebs={"SnapshotId": "snap-0data"}),
        (
            f"launch template template-1 ({LT}) version 1 has /dev/sdf, which image {image_id(2)} does not "
            "have, filled from snapshot snap-0data: give the golden instance such a volume, or take it out "
            "there."
        ),
    ),
    "a customer key": (
        lambda account: (
            use_template(account),
            encrypt(account, 2, kms.create_key()["KeyMetadata"]["Arn"]),
        ),
        f"A volume of image {image_id(2)} is under customer KMS key arn:aws:kms:",
    ),
    "an image that is a parameter": (
        lambda account: use_template(account, ImageId="resolve:ssm:/images/web"),
        (
            f"launch template template-1 ({LT}) version 1 takes its image from resolve:ssm:/images/web, "
            "which a version with an image id would no longer follow: let the group use a version with an "
            "image id."
        ),
    ),
    "a template without an image": (
        lambda account: use_template(account, ImageId=""),
        f"launch template template-1 ({LT}) version 1 names no image that could be replaced: give it one.",
    ),
    "a policy with neither overrides nor an image": (
        lambda account: use_policy(account, ImageId=""),
        f"launch template template-1 ({LT}) version 1 names no image that could be replaced: give it one.",
    ),
    "an override without an image": (
        lambda account: use_policy(account, {"InstanceType": "t3.small"}, ImageId=""),
        f"launch template template-1 ({LT}) version 1 names no image that could be replaced",
    ),
    "an override by attributes without an image": (
        lambda account: (
            use_policy(account, {}, ImageId=""),
            contents(account).pop("InstanceType"),
        ),
        f"launch template template-1 ({LT}) version 1 names no image that could be replaced",
    ),
    "a template both by $Latest and otherwise": (
        lambda account: (
            use_policy(account),
            account.groups[GROUP]["MixedInstancesPolicy"]["LaunchTemplate"]["Overrides"].append(
                {**T3, "LaunchTemplateSpecification": account.refer(LT, "$Latest")}
            ),
        ),
        (
            "The mixed instances policy uses launch template template-1 both by $Latest and otherwise: let "
            "it refer to that template in one way."
        ),
    ),
    "another group that follows the latest version": (
        lambda account: (
            use_template(account),
            account.add_group("other", LaunchTemplate=account.refer(LT, "$Latest")),
        ),
        f"would also change what group other launches through the same template: {SHARED} pulumi up.",
    ),
    "another group that follows the default version, as this one does": (
        lambda account: (
            use_template(account, "$Default"),
            account.add_group("other", LaunchTemplate=account.refer(LT, "$Default")),
        ),
        "This run would also change what group other launches",
    ),
    "another group that names no version, far behind in the list, and by the name of the template": (
        lambda account: (
            use_template(account, None),
            [account.add_group(f"other-{number}", LaunchConfigurationName="x") for number in range(4)],
            account.add_group("other", LaunchTemplate={"LaunchTemplateName": "template-1"}),
        ),
        "This run would also change what group other launches",
    ),
    "another group whose override follows the latest version": (
        lambda account: (
            use_template(account, "$Latest"),
            account.add_group(
                "other",
                MixedInstancesPolicy={
                    "LaunchTemplate": {
                        "LaunchTemplateSpecification": account.refer(LT, "1"),
                        "Overrides": [{"LaunchTemplateSpecification": account.refer(LT, "$Latest")}],
                    }
                },
            ),
        ),
        "This run would also change what group other launches",
    ),
    "a fleet that follows the latest version": (
        lambda account: (
            use_template(account, "$Latest"),
            add(account.fleets, fleet(account, "$Latest")),
        ),
        "This run would also change what fleet fleet-1 launches",
    ),
    "a Spot fleet that follows the default version": (
        lambda account: (
            use_template(account, "$Default"),
            add(account.spot_fleets, spot_fleet(account, "$Default")),
        ),
        "This run would also change what Spot fleet sfr-1 launches",
    ),
}


def fleet(account: Account, version: str, **facts: Any) -> Any:
    specification = account.refer(LT, version)
    return {
        "FleetId": "fleet-1",
        "FleetState": "active",
        "Type": "maintain",
        "LaunchTemplateConfigs": [{"LaunchTemplateSpecification": specification}],
        **facts,
    }


def spot_fleet(account: Account, version: str, state: str = "active") -> Any:
    specification = {"LaunchTemplateName": account.templates[LT]["name"], "Version": version}
    return {
        "SpotFleetRequestId": "sfr-1",
        "SpotFleetRequestState": state,
        "SpotFleetRequestConfig": {
            "IamFleetRole": "role",
            "TargetCapacity": 1,
            "LaunchTemplateConfigs": [{"LaunchTemplateSpecification": specification}],
        },
    }


@pytest.mark.parametrize("what", REFUSALS)
def test_refuses(account: Account, what: str) -> None:
    arrange, sentence = REFUSALS[what]
    arrange(account)
    groups, templates = copy.deepcopy(account.groups), copy.deepcopy(account.templates)
    with pytest.raises(Exception, match=re.escape(sentence)) as raised:
        check()
    assert re.fullmatch(r"[^\n]+\.", str(raised.value))
    assert (account.groups, account.templates) == (groups, templates)


# What is taken.


def test_a_shared_template_where_that_is_allowed(account: Account) -> None:
    use_template(account, "$Default")
    account.add_group("other", LaunchTemplate=account.refer(LT, "$Default"))
    assert check(AllowSharedTemplate="true")["Plan"] == [f"base {LT} 1 default"]


def test_others_that_name_a_number_or_follow_what_does_not_move(account: Account) -> None:
    use_template(account)
    account.add_group("other", LaunchTemplate=account.refer(LT, "$Default"))
    account.add_group("third", LaunchTemplate=account.refer(LT, "1"))
    add(account.fleets, fleet(account, "1"))
    assert check()["Plan"] == [f"base {LT} 1 number"]


def test_fleets_that_launch_nothing_any_more(account: Account) -> None:
    use_template(account, "$Latest")
    account.fleets += [
        fleet(account, "$Latest", FleetState="deleted_running"),
        fleet(account, "1", Type="instant"),
    ]
    add(account.fleets, fleet(account, "$Latest", Type="instant"))
    add(account.spot_fleets, spot_fleet(account, "$Latest", "cancelled_terminating"))
    assert check()["Plan"] == [f"base {LT} 1 latest"]


def test_nobody_else_is_asked_for_where_only_images_of_overrides_change(account: Account) -> None:
    use_policy(account, {**T3, "ImageId": image_id(1)}, version="$Latest")
    contents(account).pop("ImageId")
    account.add_group("other", LaunchTemplate=account.refer(LT, "$Latest"))
    assert check()["Plan"] == [f"0 {image_id(1)} image"]


def test_a_present_image_that_is_gone_by_the_type(account: Account) -> None:
    use_gone_image(account, "t3.small")
    assert check()["Plan"] == [f"base {LT} 1 number"]


def test_a_type_of_another_architecture_where_the_present_image_fits(account: Account) -> None:
    use_policy(account, {"InstanceType": "t3.small"}, {"InstanceType": "t4g.small"})
    assert check()["Before"]["LeftAlone"] == "none"


def test_larger_volumes_and_others_of_their_own(account: Account) -> None:
    devices = [
        {
            "DeviceName": "/dev/xvda",
            "Ebs": {"VolumeSize": 100, "SnapshotId": "snap-0stale", "Encrypted": True},
        },
        {"DeviceName": "/dev/sdf", "Ebs": {"VolumeSize": 10}},
        {"DeviceName": "/dev/sdg", "NoDevice": ""},
    ]
    use_template(account, BlockDeviceMappings=devices)
    assert check()["Plan"] == [f"base {LT} 1 number"]


# Every form that a block device mapping has without a volume of its own.
@pytest.mark.parametrize(
    "form",
    [
        {"NoDevice": ""},
        {"NoDevice": "true"},
        {"VirtualName": "ephemeral0"},
        {"VirtualName": "ephemeral0", "NoDevice": ""},
        {},
    ],
)
def test_a_device_that_the_present_image_fills_and_the_template_does_not(
    account: Account, form: dict[str, str]
) -> None:
    use_template(account, BlockDeviceMappings=[{"DeviceName": "/dev/sdg", **form}])
    device = {"DeviceName": "/dev/sdg", "Ebs": {"SnapshotId": "snap-0data", "VolumeSize": 8}}
    account.images[image_id(1)]["BlockDeviceMappings"].append(device)
    assert check()["Plan"] == [f"base {LT} 1 number"]


def test_a_key_that_another_place_of_the_policy_uses_already(account: Account) -> None:
    use_template(account)
    key = kms.create_key()["KeyMetadata"]["Arn"]
    encrypt(account, 2, key)
    assert check(CustomerKeyReady=True)["Plan"] == [f"base {LT} 1 number"]
    encrypt(account, 1, key)
    assert check()["Plan"] == [f"base {LT} 1 number"]


# The word previous.


def launch(account: Account, number: int, previous: str) -> None:
    """As it stands after an image was rolled out."""
    contents(account)["ImageId"] = image_id(number)
    account.images[image_id(number)]["Tags"].append({"Key": "ami-refresh:previous-image", "Value": previous})


def test_previous_is_what_the_present_image_names_and_not_what_was_left_alone(account: Account) -> None:
    use_two_architectures(account)
    account.groups[GROUP]["MixedInstancesPolicy"]["LaunchTemplate"]["Overrides"].pop(1)
    launch(account, 2, f"{image_id(1)} {image_id(3)}")
    found = check(ImageId="previous")
    assert found["ImageId"] == image_id(1)
    assert found["Before"]["Suffix"] == "_2026-03-02"
    assert found["Before"]["ImageIds"] == f"{image_id(2)} {image_id(3)}"


def test_an_image_that_is_only_lent_says_nothing(account: Account) -> None:
    use_policy(account, {**T3, "ImageId": image_id(1)})
    launch(account, 2, image_id(7))
    with pytest.raises(Exception, match="launched before is not written down"):
        check(ImageId="previous")


def test_the_first_of_several_previous_images(account: Account) -> None:
    """In front is what was replaced."""
    use_template(account)
    account.add_own_image(4, "_2026-02-28")
    launch(account, 2, f"{image_id(4)} {image_id(1)}")
    assert check(ImageId="previous")["ImageId"] == image_id(4)
