"""What may be rolled out through a parameter, and who else must not read it."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from launching import GROUP, Account, image_id
from roll_out_parameter.check_group import check_group
from shared.ssm_client import ssm
from support import refusal

NAME, LT = "/images/web", "lt-00000000000000001"
RESOLVED = f"resolve:ssm:{NAME}"
SOURCE = f"parameter {NAME} of launch template template-1 ({LT}) version 1"


def check(**changes: Any) -> dict[str, Any]:
    event: Any = {
        "ImageId": image_id(2),
        "AutoScalingGroupName": GROUP,
        "AllowSharedTemplate": False,
        "CustomerKeyReady": False,
        "PauseSchedule": "auto",
        **changes,
    }
    return check_group(event, None)


def contents(account: Account) -> Any:
    return account.templates[LT]["versions"][1]["LaunchTemplateData"]


@pytest.mark.usefixtures("account")
def test_says_what_is_to_be_rolled_out_and_what_the_parameter_names_now() -> None:
    found = check()
    assert re.fullmatch(rf"[0-9a-f]{{64}} 1 {NAME} 1 {image_id(1)}", found["Before"].pop("Seen"))
    assert found == {
        "ImageId": image_id(2),
        "ImageName": "i-0123456789abcdef0_2026-03-02",
        "Before": {
            "IsOurs": "true",
            "ImageIds": image_id(1),
            "Parameter": NAME,
            "ParameterVersion": "1",
            "PreviousLaunchSource": SOURCE,
            "PreviousImageId": image_id(1),
        },
        "Pause": "false",
    }


@pytest.mark.parametrize(("version", "called"), [("$Latest", " by $Latest"), (None, " by $Default")])
def test_follows_the_group_to_the_version_that_it_uses(
    account: Account, version: str | None, called: str
) -> None:
    account.groups[GROUP]["LaunchTemplate"] = account.refer(LT, version)
    assert check()["Before"]["PreviousLaunchSource"] == SOURCE + called


def test_rolls_back_to_what_the_tag_of_the_named_image_says(account: Account) -> None:
    account.images[image_id(2)]["CreationDate"] = "2026-03-01T00:00:00.000Z"
    account.add_own_image(3, "_2026-03-03")["Tags"].append(
        {"Key": "ami-refresh:previous-image", "Value": image_id(2)}
    )
    ssm.put_parameter(Name=NAME, Value=image_id(3), Overwrite=True, DataType="aws:ec2:image", Type="String")
    found = check(ImageId="previous")
    assert (found["ImageId"], found["Pause"]) == (image_id(2), "true")


def test_the_image_that_is_named_already_replaces_nothing(account: Account) -> None:
    ssm.put_parameter(Name=NAME, Value=image_id(2), Overwrite=True, DataType="aws:ec2:image", Type="String")
    # And nobody else gets anything new.
    account.add_template(2, {"ImageId": RESOLVED})
    found = check()
    assert found["Before"]["ImageIds"] == "none"
    assert found["Before"]["PreviousImageId"] == image_id(2)


def pin(account: Account) -> None:
    contents(account)["ImageId"] = f"{RESOLVED}:1"


def name_an_arn(account: Account) -> None:
    contents(account)["ImageId"] = "resolve:ssm:arn:aws:ssm:eu-west-1:1:parameter/x"


def name_an_image(account: Account) -> None:
    contents(account)["ImageId"] = image_id(1)


def lose_the_parameter(_: Account) -> None:
    ssm.delete_parameter(Name=NAME)


def make_it_text(account: Account) -> None:
    lose_the_parameter(account)
    ssm.put_parameter(Name=NAME, Value=image_id(1), Type="String")


def use_a_configuration(account: Account) -> None:
    account.add_configuration("by-hand", 1)
    account.groups.clear()
    account.add_group(LaunchConfigurationName="by-hand")


def deny(account: Account) -> None:
    account.stub(ssm, "get_parameter", refusal("AccessDeniedException", "not authorized"))


def fit_no_volume(account: Account) -> None:
    contents(account)["BlockDeviceMappings"] = [{"DeviceName": "/dev/xvda", "Ebs": {"VolumeSize": 4}}]


def lose_image_and_type(account: Account) -> None:
    del account.images[image_id(1)], contents(account)["InstanceType"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (pin, "takes its image from resolve:ssm:/images/web:1, which is not the bare name of a parameter"),
        (name_an_arn, "which is not the bare name of a parameter: let it name a parameter of this account"),
        (name_an_image, f"version 1 names {image_id(1)}, but this runbook is for an image that a parameter"),
        (lose_the_parameter, "does not exist in this Region: make it, with data type aws:ec2:image, or let"),
        (
            make_it_text,
            "is of data type text, which AWS does not check: make a parameter of data type aws:ec2",
        ),
        (
            use_a_configuration,
            "launches from another kind of source now, but this runbook is for an image that",
        ),
        (deny, "not authorized: run pulumi up, because the permissions are for one parameter."),
        (fit_no_volume, "gives /dev/xvda 4 GiB, less than the 8 of image"),
        (lose_image_and_type, "its image is gone, and it names no instance type to compare with"),
    ],
)
def test_refuses(account: Account, change: Callable[[Account], None], sentence: str) -> None:
    change(account)
    with pytest.raises(Exception, match=re.escape(sentence)):
        check()
    assert not account.stub.calls_of("put_parameter")[2:]


# Who else gets the new image.


def add_template(account: Account) -> str:
    account.add_template(2, {"ImageId": image_id(1)}, {"ImageId": RESOLVED})
    return "launch template template-2"


def add_arn(account: Account) -> str:
    arn = "arn:aws:ssm:ap-northeast-1:123456789012:parameter/images/web"
    account.add_template(2, {"ImageId": f"resolve:ssm:{arn}"})
    return "launch template template-2"


def add_pinning_group(account: Account) -> str:
    template = account.add_template(2, {"ImageId": RESOLVED}, {"ImageId": image_id(1)}, default=2)
    account.add_group("other", LaunchTemplate=account.refer(template, "1"))
    return "group other"


def add_following_group(account: Account) -> str:
    account.add_group("other", LaunchTemplate=account.refer(LT, "$Latest"))
    return "group other"


def add_override(account: Account) -> str:
    template = account.add_template(2, {"ImageId": image_id(1)})
    named = {
        "LaunchTemplateSpecification": account.refer(template, "1"),
        "Overrides": [{"ImageId": RESOLVED}],
    }
    account.add_group("other", MixedInstancesPolicy={"LaunchTemplate": named})
    return "group other"


def add_fleet(account: Account) -> str:
    template = account.add_template(2, {"ImageId": RESOLVED}, {"ImageId": image_id(1)}, default=2)
    named = {"LaunchTemplateId": template, "Version": "1"}
    configs = [{"LaunchTemplateSpecification": named}]
    account.fleets.append({"FleetId": "fleet-1", "FleetState": "active", "LaunchTemplateConfigs": configs})
    return "fleet fleet-1"


@pytest.mark.parametrize(
    "add", [add_template, add_arn, add_pinning_group, add_following_group, add_override, add_fleet]
)
def test_refuses_a_parameter_that_others_read(account: Account, add: Callable[[Account], str]) -> None:
    who = add(account)
    said = (
        f"This run would also change what {who} launches through parameter {NAME}: let each read a parameter "
        "of its own, or set allowSharedTemplate and run pulumi up."
    )
    with pytest.raises(Exception, match=f"^{re.escape(said)}$"):
        check()
    assert check(AllowSharedTemplate=True)["ImageId"] == image_id(2)


def test_goes_on_where_others_read_something_else_or_nothing_any_more(account: Account) -> None:
    account.add_template(2, {"ImageId": f"{RESOLVED}:1"}, {"ImageId": f"{RESOLVED}2"})
    account.add_template(3, {"ImageId": RESOLVED}, {}, {"ImageId": image_id(1)}, default=2)
    account.add_group("gone", LaunchTemplate={"LaunchTemplateId": "lt-gone", "Version": "1"})
    account.add_group("plain", LaunchTemplate=account.refer("lt-00000000000000003", "3"))
    assert check()["ImageId"] == image_id(2)
