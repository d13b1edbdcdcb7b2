import re
from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from create_image.create_image import Event, create_image
from golden import BASE_IMAGE, GROUP, launch_instance, make_tagged_image
from shared.autoscaling_client import autoscaling
from shared.ec2_client import ec2
from shared.image_ownership import tags_of
from shared.once_clients import ec2_once
from support import GO_ON, Clock, Stub, refusal

RUN = "00000000-0000-4000-8000-000000000001"
PREFIX = "web-launch"


def event(instance_id: str, **changes: Any) -> Event:
    usual: Event = {
        "InstanceId": instance_id,
        "AutoScalingGroupName": GROUP,
        "LaunchConfigPrefix": PREFIX,
        "Reboot": False,
        "Tags": [],
        "ExecutionId": RUN,
    }
    return {**usual, **changes}  # type: ignore[typeddict-item]


def asked(stub: Stub) -> list[Any]:
    return stub.calls_of("create_image")


@pytest.fixture
def instance_id(stub: Stub) -> str:
    stub(ec2_once, "create_image", make_tagged_image)
    return launch_instance()


def test_the_image_has_the_name_of_the_instance_and_of_the_day(instance_id: str) -> None:
    made = create_image(event(instance_id), None)
    image = ec2.describe_images(ImageIds=[made["ImageId"]])["Images"][0]
    assert made["ImageName"] == image["Name"] == f"{instance_id}_2026-03-02"
    assert image["Description"] == f"Golden image of {instance_id} for {GROUP}"


def test_image_and_snapshots_have_exactly_our_tags_and_the_further_ones(instance_id: str) -> None:
    made = create_image(event(instance_id, Tags=["team=web", "note=a=b", "empty="]), None)
    image = ec2.describe_images(ImageIds=[made["ImageId"]])["Images"][0]
    snapshots = [one["Ebs"]["SnapshotId"] for one in image["BlockDeviceMappings"]]
    for thing in (image, *ec2.describe_snapshots(SnapshotIds=snapshots)["Snapshots"]):
        assert tags_of(thing) == {
            "team": "web",
            "note": "a=b",
            "empty": "",
            "ami-refresh:auto-scaling-group": GROUP,
            "ami-refresh:source-instance": instance_id,
            "ami-refresh:execution-id": RUN,
        }


@pytest.mark.parametrize(
    ("reboot", "no_reboot"),
    [(False, True), ("false", True), ("False", True), (True, False), ("true", False), ("True", False)],
)
def test_the_instance_reboots_only_where_that_is_wanted(
    instance_id: str, stub: Stub, *, reboot: object, no_reboot: bool
) -> None:
    create_image(event(instance_id, Reboot=reboot), None)
    assert asked(stub)[0]["NoReboot"] is no_reboot


def test_a_long_group_name_does_not_make_the_description_too_long(instance_id: str, stub: Stub) -> None:
    create_image(event(instance_id, AutoScalingGroupName="g" * 255), None)
    assert len(asked(stub)[0]["Description"]) == 255


def test_a_further_image_of_the_day_has_the_time_in_its_name(instance_id: str, stub: Stub) -> None:
    create_image(event(instance_id), None)
    assert create_image(event(instance_id), None)["ImageName"] == f"{instance_id}_2026-03-02_05.30.00"
    assert len(asked(stub)) == 2


def test_so_has_one_of_a_day_whose_launch_configuration_exists_already(instance_id: str, stub: Stub) -> None:
    autoscaling.create_launch_configuration(
        LaunchConfigurationName=f"{PREFIX}_2026-03-02", ImageId=BASE_IMAGE, InstanceType="t3.micro"
    )
    assert create_image(event(instance_id), None)["ImageName"] == f"{instance_id}_2026-03-02_05.30.00"
    assert len(asked(stub)) == 1


def test_images_and_launch_configurations_of_other_days_and_names_take_no_name(instance_id: str) -> None:
    ec2.create_image(InstanceId=instance_id, Name=f"{instance_id}_2026-03-01")
    for name in (f"{PREFIX}_2026-03-01", "other_2026-03-02"):
        autoscaling.create_launch_configuration(
            LaunchConfigurationName=name, ImageId=BASE_IMAGE, InstanceType="t3.micro"
        )
    assert create_image(event(instance_id), None)["ImageName"] == f"{instance_id}_2026-03-02"


def test_a_name_that_somebody_takes_in_between_makes_room_for_the_time(instance_id: str, stub: Stub) -> None:
    taken = refusal("InvalidAMIName.Duplicate")
    stub(ec2_once, "create_image", taken, taken, make_tagged_image)
    made = create_image(event(instance_id), None)
    assert made["ImageName"] == f"{instance_id}_2026-03-02_05.30.02"
    assert [one["Name"] for one in asked(stub)] == [
        f"{instance_id}_2026-03-02",
        f"{instance_id}_2026-03-02_05.30.01",
        f"{instance_id}_2026-03-02_05.30.02",
    ]


def test_after_ten_names_that_were_taken_the_run_ends(instance_id: str, stub: Stub) -> None:
    stub(ec2_once, "create_image", refusal("InvalidAMIName.Duplicate"))
    sentence = (
        f"EC2 refused image {instance_id}_2026-03-02_05.30.09 and those before it 10 times, at last with "
        "InvalidAMIName.Duplicate: see"
    )
    with pytest.raises(Exception, match=f"^{re.escape(sentence)}"):
        create_image(event(instance_id), None)
    assert len(asked(stub)) == 10


TOO_SOON = refusal("SnapshotCreationPerVolumeRateExceeded")


def test_volumes_of_which_another_image_is_being_made_are_waited_for_as_ec2_asks(
    instance_id: str, stub: Stub, clock: Clock
) -> None:
    stub(ec2_once, "create_image", TOO_SOON, TOO_SOON, make_tagged_image)
    start = clock.now
    made = create_image(event(instance_id), None)
    assert made["ImageName"] == f"{instance_id}_2026-03-02"
    assert [one["Name"] for one in asked(stub)] == [made["ImageName"]] * 3
    assert clock.now - start == timedelta(seconds=30)


def test_volumes_that_never_get_free_end_the_run(instance_id: str, stub: Stub, clock: Clock) -> None:
    stub(ec2_once, "create_image", TOO_SOON)
    start = clock.now
    with pytest.raises(Exception, match="10 times, at last with SnapshotCreationPerVolumeRateExceeded: see"):
        create_image(event(instance_id), None)
    assert len(asked(stub)) == 10
    assert clock.now - start == timedelta(seconds=150)


@pytest.mark.parametrize(
    "problem", [refusal("UnauthorizedOperation"), ReadTimeoutError(endpoint_url="https://ec2")]
)
def test_another_failure_is_not_tried_again(instance_id: str, stub: Stub, problem: Exception) -> None:
    stub(ec2_once, "create_image", problem)
    with pytest.raises(type(problem)):
        create_image(event(instance_id), None)
    assert len(asked(stub)) == 1


def test_the_client_that_makes_images_repeats_nothing() -> None:
    config: Any = ec2_once.meta.config
    assert config.retries["total_max_attempts"] == 1


def hide_until(stub: Stub, clock: Clock, seconds: float, outcome: Any) -> None:
    """From CreateImage on; before it the names are looked up."""
    end = clock.now + timedelta(seconds=seconds)
    stub(ec2, "describe_images", lambda asked: GO_ON if "Filters" in asked or clock.now >= end else outcome)


@pytest.mark.parametrize("outcome", [refusal("InvalidAMIID.NotFound"), {"Images": []}])
def test_an_image_that_aws_shows_after_two_minutes_is_waited_for(
    instance_id: str, stub: Stub, clock: Clock, outcome: Any
) -> None:
    hide_until(stub, clock, 120, outcome)
    start = clock.now
    assert create_image(event(instance_id), None)["ImageId"].startswith("ami-")
    assert clock.now - start == timedelta(seconds=120)


def test_an_image_that_aws_never_shows_ends_the_run(instance_id: str, stub: Stub, clock: Clock) -> None:
    hide_until(stub, clock, 3600, refusal("InvalidAMIID.NotFound"))
    start = clock.now
    with pytest.raises(
        Exception, match=r"^AWS does not show the new image ami-\w+ within 300 seconds, and the"
    ):
        create_image(event(instance_id), None)
    assert clock.now - start == timedelta(seconds=300)


def test_an_image_that_may_not_be_looked_at_is_not_waited_for(
    instance_id: str, stub: Stub, clock: Clock
) -> None:
    hide_until(stub, clock, 3600, refusal("UnauthorizedOperation"))
    start = clock.now
    with pytest.raises(ClientError, match="UnauthorizedOperation"):
        create_image(event(instance_id), None)
    assert clock.now == start


def test_volumes_stay_out_of_the_image_where_that_is_wanted(instance_id: str, stub: Stub) -> None:
    create_image(event(instance_id), None)
    create_image(event(instance_id, ExcludeDevices=["/dev/sdf", "/dev/sdg"]), None)
    usual, without = asked(stub)
    assert "BlockDeviceMappings" not in usual
    assert without["BlockDeviceMappings"] == [
        {"DeviceName": "/dev/sdf", "NoDevice": ""},
        {"DeviceName": "/dev/sdg", "NoDevice": ""},
    ]
