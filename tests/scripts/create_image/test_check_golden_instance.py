import re
from typing import Any

import pytest

from create_image.check_golden_instance import Event, check_golden_instance
from golden import GROUP, launch_instance
from shared.autoscaling_client import autoscaling
from shared.ec2_client import ec2
from support import Stub, group_named, refusal

INSTANCE = "i-0123456789abcdef0"


def check(instance_id: str, *excluded: str) -> list[str]:
    event: Event = {"InstanceId": instance_id, "AutoScalingGroupName": GROUP}
    if excluded:
        event["ExcludeDevices"] = [*excluded]
    return check_golden_instance(event, None)["Outliving"]


@pytest.fixture(autouse=True)
def group(stub: Stub) -> dict[str, Any]:
    """As it is answered, to be changed."""
    group = group_named(GROUP)
    stub(autoscaling, "describe_auto_scaling_groups", lambda _: {"AutoScalingGroups": [group]})
    return group


def answer_with(stub: Stub, **changes: Any) -> None:
    instance = {"InstanceId": INSTANCE, "State": {"Name": "running"}, **changes}
    stub(ec2, "describe_instances", {"Reservations": [{"Instances": [instance]}]})


def test_a_running_and_a_stopped_instance_will_do() -> None:
    instance_id = launch_instance()
    check(instance_id)
    ec2.stop_instances(InstanceIds=[instance_id])
    check(instance_id)


def test_an_instance_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Exception, match=f"^Golden instance {INSTANCE} does not exist in this Region: set"):
        check(INSTANCE)


def test_an_instance_that_is_not_shown_is_refused(stub: Stub) -> None:
    stub(ec2, "describe_instances", {"Reservations": []})
    with pytest.raises(Exception, match="does not exist in this Region"):
        check(INSTANCE)


def test_another_answer_of_aws_s_is_not_taken_for_that(stub: Stub) -> None:
    stub(ec2, "describe_instances", refusal("UnauthorizedOperation"))
    with pytest.raises(Exception, match="UnauthorizedOperation"):
        check(INSTANCE)


@pytest.mark.parametrize("state", ["pending", "shutting-down", "terminated", "stopping"])
def test_an_instance_in_another_state_is_refused(stub: Stub, state: str) -> None:
    answer_with(stub, State={"Name": state})
    with pytest.raises(Exception, match=f"^Golden instance {INSTANCE} is {state}, but an image is taken of"):
        check(INSTANCE)


def test_a_member_of_the_group_is_refused(stub: Stub) -> None:
    answer_with(stub, Tags=[{"Key": "aws:autoscaling:groupName", "Value": GROUP}])
    sentence = f"Golden instance {INSTANCE} is a member of Auto Scaling group {GROUP}, which may replace it"
    with pytest.raises(Exception, match=f"^{re.escape(sentence)}"):
        check(INSTANCE)


def test_a_member_of_another_group_will_do(stub: Stub) -> None:
    answer_with(stub, Tags=[{"Key": "aws:autoscaling:groupName", "Value": "web-2"}])
    check(INSTANCE)


def test_an_instance_without_an_ebs_root_is_refused(stub: Stub) -> None:
    answer_with(stub, RootDeviceType="instance-store")
    with pytest.raises(Exception, match="has no EBS volume as its root device"):
        check(INSTANCE)


NO_GROUP = (
    f"Auto Scaling group {GROUP} does not exist in this Region, or is being deleted: set "
    "autoScalingGroupName and run pulumi up."
)


def test_a_group_that_is_gone_or_going_gets_no_image(stub: Stub, group: dict[str, Any]) -> None:
    instance_id = launch_instance()
    group["Status"] = "Delete in progress"
    with pytest.raises(Exception, match=f"^{re.escape(NO_GROUP)}$"):
        check(instance_id)
    stub(autoscaling, "describe_auto_scaling_groups", {"AutoScalingGroups": []})
    with pytest.raises(Exception, match=f"^{re.escape(NO_GROUP)}$"):
        check(instance_id)
    assert stub.calls_of("describe_auto_scaling_groups")[0] == {"AutoScalingGroupNames": [GROUP]}


def answer_with_volumes(stub: Stub) -> None:
    devices = {"/dev/xvda": True, "/dev/sdf": False, "/dev/sdg": False}
    mapped = [
        {"DeviceName": name, "Ebs": {"DeleteOnTermination": deleted}} for name, deleted in devices.items()
    ]
    answer_with(stub, RootDeviceName="/dev/xvda", BlockDeviceMappings=mapped)


def test_volumes_that_outlive_instances_are_found_but_for_those_that_are_left_out(stub: Stub) -> None:
    answer_with_volumes(stub)
    assert check(INSTANCE) == ["/dev/sdf", "/dev/sdg"]
    assert check(INSTANCE, "/dev/sdf") == ["/dev/sdg"]
    assert check(INSTANCE, "/dev/sdf", "/dev/sdg") == ["none"]


@pytest.mark.parametrize(
    ("device", "sentence"),
    [
        (
            "/dev/xvda",
            "has its root volume at /dev/xvda, and without it no image can be launched",
        ),
        (
            "/dev/sdz",
            "has no volume at /dev/sdz, only at /dev/sdf, /dev/sdg, /dev/xvda: correct",
        ),
    ],
)
def test_what_cannot_be_left_out_is_refused(device: str, sentence: str, stub: Stub) -> None:
    answer_with_volumes(stub)
    with pytest.raises(Exception, match=f"^Golden instance {INSTANCE} {sentence}"):
        check(INSTANCE, device)
