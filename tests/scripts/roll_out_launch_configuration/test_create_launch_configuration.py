"""What the launch configuration that names the image takes over, and from where."""

import base64
from typing import Any

import pytest

from launching import GOLDEN, Account, image_id
from roll_out_launch_configuration.create_launch_configuration import (
    Event,
    copy_configuration,
    create_launch_configuration,
)
from shared.autoscaling_client import autoscaling
from support import Clock, Outcome, refusal

NAME = "web_2026-03-02"


def event(**changes: Any) -> Event:
    return {
        "ImageId": image_id(2),
        "Name": NAME,
        "InstanceId": GOLDEN,
        "LaunchConfigurationFrom": "instance",
        "Before": {"PreviousLaunchConfigurationName": "web-initial"},
        **changes,  # type: ignore[typeddict-item]
    }


def create(account: Account, **changes: Any) -> Any:
    """What was asked of AWS."""
    assert create_launch_configuration(event(**changes), None)["LaunchConfigurationName"] == NAME
    (asked,) = account.stub.calls_of("create_launch_configuration")
    return asked


def copy(account: Account) -> Any:
    return create(account, LaunchConfigurationFrom="group")


def devices_of_image(account: Account) -> list[Any]:
    devices: list[Any] = account.images[image_id(2)]["BlockDeviceMappings"]
    return devices


def test_from_the_instance_aws_derives_the_rest(account: Account) -> None:
    devices_of_image(account)[0]["Ebs"].update(
        VolumeType="gp3", Iops=3000, Throughput=125, DeleteOnTermination=True, Encrypted=True
    )
    account.instances[GOLDEN]["MetadataOptions"] = {
        "State": "applied",
        "HttpTokens": "required",
        "HttpPutResponseHopLimit": 2,
        "HttpEndpoint": "enabled",
        "InstanceMetadataTags": "disabled",
    }
    assert create(account) == {
        "LaunchConfigurationName": NAME,
        "ImageId": image_id(2),
        "InstanceId": GOLDEN,
        "MetadataOptions": {
            "HttpTokens": "required",
            "HttpPutResponseHopLimit": 2,
            "HttpEndpoint": "enabled",
        },
        "BlockDeviceMappings": [
            {
                "DeviceName": "/dev/xvda",
                "Ebs": {
                    "SnapshotId": f"snap-{2:017}",
                    "VolumeSize": 8,
                    "DeleteOnTermination": True,
                    "VolumeType": "gp3",
                    "Iops": 3000,
                    "Throughput": 125,
                },
            }
        ],
    }


@pytest.mark.parametrize(
    ("volume_type", "kept"),
    [
        ("gp2", {"VolumeType": "gp2"}),
        ("standard", {"VolumeType": "standard"}),
        ("io1", {"VolumeType": "io1", "Iops": 4000}),
        ("io2", {}),
        ("gp4", {}),
    ],
)
def test_from_the_instance_says_what_a_launch_configuration_knows_of_a_volume(
    account: Account, volume_type: str, kept: dict[str, Any]
) -> None:
    devices_of_image(account)[0]["Ebs"].update(VolumeType=volume_type, Iops=4000)
    volume = create(account)["BlockDeviceMappings"][0]["Ebs"]
    assert volume == {"SnapshotId": f"snap-{2:017}", "VolumeSize": 8, **kept}


def test_from_the_instance_with_devices_that_are_no_volumes(account: Account) -> None:
    devices_of_image(account).extend(
        [{"DeviceName": "/dev/sdb", "VirtualName": "ephemeral0"}, {"DeviceName": "/dev/sdc", "NoDevice": ""}]
    )
    assert create(account)["BlockDeviceMappings"][1:] == [
        {"DeviceName": "/dev/sdb", "VirtualName": "ephemeral0"}
    ]


def test_from_the_instance_whose_metadata_service_is_off(account: Account) -> None:
    account.instances[GOLDEN]["MetadataOptions"] = {
        "HttpTokens": "optional",
        "HttpPutResponseHopLimit": 1,
        "HttpEndpoint": "disabled",
    }
    assert create(account)["MetadataOptions"] == {"HttpEndpoint": "disabled"}


def test_from_the_instance_says_nothing_where_there_is_nothing_to_say(account: Account) -> None:
    account.images[image_id(2)]["BlockDeviceMappings"] = []
    assert create(account).keys() == {"LaunchConfigurationName", "ImageId", "InstanceId"}


def test_from_the_group_is_a_copy_with_only_the_image_changed(account: Account) -> None:
    script = "#!/bin/sh\necho ü\n"
    settings = {
        "InstanceType": "c5.large",
        "KeyName": "fleet",
        "SecurityGroups": ["sg-0fleet"],
        "InstanceMonitoring": {"Enabled": False},
        "KernelId": "aki-0kernel",
        "RamdiskId": "ari-0ramdisk",
        "SpotPrice": "0.10",
        "IamInstanceProfile": "fleet",
        "EbsOptimized": True,
        "AssociatePublicIpAddress": False,
        "PlacementTenancy": "dedicated",
        "MetadataOptions": {
            "HttpTokens": "optional",
            "HttpEndpoint": "enabled",
            "HttpPutResponseHopLimit": 1,
        },
    }
    encoded = base64.b64encode(script.encode()).decode()
    account.configurations["web-initial"].update(settings, UserData=encoded, LaunchConfigurationARN="arn")
    assert copy(account) == {
        "LaunchConfigurationName": NAME,
        "ImageId": image_id(2),
        # As boto3 sends it.
        "UserData": encoded,
        **settings,
    }


def test_from_the_group_says_nothing_that_aws_answers_empty(account: Account) -> None:
    """Which AWS's own model does not know, so that the function is asked and not the stub."""
    answered: dict[str, Any] = {
        "KeyName": "",
        "UserData": "",
        "KernelId": None,
        "SecurityGroups": [],
        "BlockDeviceMappings": [],
    }
    current = {**account.configurations["web-initial"], **answered}
    assert copy_configuration(current, account.images[image_id(2)]) == {"InstanceType": "t3.small"}


def test_from_the_group_says_nothing_of_what_ec2_classic_was(account: Account) -> None:
    account.configurations["web-initial"].update(
        ClassicLinkVPCId="vpc-1", ClassicLinkVPCSecurityGroups=["sg-1"]
    )
    assert copy(account).keys() == {"LaunchConfigurationName", "ImageId", "InstanceType"}


def test_from_the_group_with_volumes_that_the_image_fills(account: Account) -> None:
    account.configurations["web-initial"]["BlockDeviceMappings"] = [
        {"DeviceName": "/dev/xvda", "Ebs": {"SnapshotId": "snap-0old", "VolumeSize": 30, "Encrypted": False}},
        {"DeviceName": "/dev/sdb", "VirtualName": "ephemeral0"},
        {"DeviceName": "/dev/sdc", "Ebs": {"VolumeSize": 100, "VolumeType": "st1", "Encrypted": True}},
    ]
    assert copy(account)["BlockDeviceMappings"] == [
        {"DeviceName": "/dev/xvda", "Ebs": {"SnapshotId": f"snap-{2:017}", "VolumeSize": 30}},
        {"DeviceName": "/dev/sdb", "VirtualName": "ephemeral0"},
        {"DeviceName": "/dev/sdc", "Ebs": {"VolumeSize": 100, "VolumeType": "st1", "Encrypted": True}},
    ]


SETTINGS = {
    "SpotPrice": "0.10",
    "PlacementTenancy": "dedicated",
    "UserData": "c2VjcmV0",
    "EbsOptimized": True,
    "InstanceMonitoring": {"Enabled": True},
    "AssociatePublicIpAddress": False,
}


@pytest.mark.parametrize(
    ("made", "lost"),
    [
        ({}, ", ".join(SETTINGS)),
        (SETTINGS, "none"),
        ({**SETTINGS, "SpotPrice": "0.20", "UserData": "b3RoZXI="}, "none"),
        (
            {**SETTINGS, "EbsOptimized": False, "InstanceMonitoring": {"Enabled": False}},
            "EbsOptimized, InstanceMonitoring",
        ),
        ({**SETTINGS, "KeyName": "more"}, "none"),
    ],
)
def test_says_which_settings_of_the_present_one_are_lost_and_no_value(
    account: Account, made: dict[str, Any], lost: str
) -> None:
    account.configurations["web-initial"].update(SETTINGS)
    account.add_configuration(NAME, 2, **made)
    assert create_launch_configuration(event(), None)["Lost"] == lost


def test_says_which_disks_of_the_present_one_are_lost(account: Account) -> None:
    root = {"DeviceName": "/dev/xvda", "Ebs": {"VolumeSize": 8}}
    devices = [
        root,
        {"DeviceName": "/dev/sdb", "VirtualName": "ephemeral0"},
        {"DeviceName": "/dev/sdc", "NoDevice": True},
        {"DeviceName": "/dev/sdd", "Ebs": {"VolumeSize": 10}},
    ]
    account.configurations["web-initial"]["BlockDeviceMappings"] = devices
    account.add_configuration(NAME, 2, BlockDeviceMappings=[root])
    assert create_launch_configuration(event(), None)["Lost"] == "/dev/sdb, /dev/sdd"


def test_nothing_is_lost_against_one_that_is_gone(account: Account) -> None:
    account.add_configuration(NAME, 2)
    account.configurations.pop("web-initial")
    assert create_launch_configuration(event(), None)["Lost"] == "none"


def test_one_that_names_the_image_already_is_used_again(account: Account) -> None:
    account.add_configuration(NAME, 2)
    account.instances.clear()
    assert create_launch_configuration(event(), None)["LaunchConfigurationName"] == NAME
    assert account.stub.calls_of("create_launch_configuration") == []


def test_one_that_names_the_image_and_other_snapshots_is_not_used_again(account: Account) -> None:
    device = {"DeviceName": "/dev/sdf", "Ebs": {"SnapshotId": "snap-0other"}}
    account.add_configuration(NAME, 2, BlockDeviceMappings=[device])
    with pytest.raises(Exception, match="snap-0other") as raised:
        create_launch_configuration(event(), None)
    assert str(raised.value) == (
        f"Launch configuration {NAME} names image {image_id(2)} and snapshots snap-0other, which is not "
        f"image {image_id(2)} alone, and the group was not changed: delete it, and set "
        "launchConfigurationFrom in the component to the other value."
    )


def test_what_was_made_is_read_back_and_checked(account: Account) -> None:
    def answer(asked: Any) -> Outcome:
        return account.create_configuration({**asked, "ImageId": image_id(1)})

    account.stub(autoscaling, "create_launch_configuration", answer)
    with pytest.raises(Exception, match=f"names image {image_id(1)}, which is not image {image_id(2)} alone"):
        create_launch_configuration(event(), None)


def test_a_name_that_somebody_took_meanwhile(account: Account) -> None:
    account.add_configuration(NAME, 1)
    with pytest.raises(Exception, match="by someone else") as raised:
        create_launch_configuration(event(), None)
    assert str(raised.value) == (
        f"Launch configuration {NAME} was made by someone else during this run, and the group was not "
        "changed: give each component a prefix of its own."
    )


def test_goes_on_where_boto3_asked_again_because_no_answer_came(account: Account) -> None:
    def answer(asked: Any) -> Outcome:
        account.create_configuration(asked)
        return account.create_configuration(asked)

    account.stub(autoscaling, "create_launch_configuration", answer)
    assert create(account)["ImageId"] == image_id(2)


def test_waits_until_it_is_shown(account: Account, clock: Clock) -> None:
    start = clock.now
    hidden: Outcome = {"LaunchConfigurations": []}
    account.stub(
        autoscaling, "describe_launch_configurations", hidden, hidden, hidden, account.describe_configurations
    )
    create(account)
    assert (clock.now - start).total_seconds() == 10


def test_one_that_is_never_shown(account: Account) -> None:
    account.stub(autoscaling, "describe_launch_configurations", {"LaunchConfigurations": []})
    with pytest.raises(Exception, match="cannot be found") as raised:
        create_launch_configuration(event(), None)
    assert str(raised.value) == (
        f"Launch configuration {NAME} cannot be found for 60 seconds, and the group was not changed: see "
        "whether somebody deleted it."
    )


def test_an_image_that_is_not_available_any_more(account: Account) -> None:
    account.images[image_id(2)]["State"] = "disabled"
    with pytest.raises(Exception, match="is disabled and not available any more"):
        create_launch_configuration(event(), None)
    account.images.clear()
    with pytest.raises(Exception, match="is gone and not available any more"):
        create_launch_configuration(event(), None)
    assert account.stub.calls_of("create_launch_configuration") == []


def test_a_denial_is_explained(account: Account) -> None:
    account.stub(autoscaling, "create_launch_configuration", refusal("AccessDenied", "No iam:PassRole."))
    with pytest.raises(Exception, match="run pulumi up") as raised:
        create_launch_configuration(event(), None)
    assert str(raised.value) == (
        "An error occurred (AccessDenied) when calling the CreateLaunchConfiguration operation: No "
        "iam:PassRole: run pulumi up, because the permissions follow what the group launches with."
    )


def test_a_full_account_is_explained(account: Account) -> None:
    account.stub(autoscaling, "create_launch_configuration", refusal("LimitExceeded", "Too many."))
    with pytest.raises(Exception, match="delete some, or have the quota raised") as raised:
        create_launch_configuration(event(), None)
    assert str(raised.value) == (
        "This account has all of the launch configurations that it may have in this Region, and the group "
        "was not changed: delete some, or have the quota raised."
    )


def test_what_else_aws_refuses_it_says_itself(account: Account) -> None:
    account.stub(autoscaling, "create_launch_configuration", refusal("UnsupportedOperation", "Closed."))
    with pytest.raises(Exception, match=r"UnsupportedOperation.*Closed"):
        create_launch_configuration(event(), None)
