"""Whether the disks of the golden instance can have changed."""

import datetime
from typing import Any

import pytest

from create_image.look_for_changes import Event, look_for_changes
from launching import GOLDEN, GROUP, image_id
from shared.autoscaling_client import autoscaling
from shared.ec2_client import ec2
from support import Stub, group_named, utc_now

IMAGE = image_id(1)
STARTED = datetime.datetime(2026, 2, 27, 8, 0, tzinfo=datetime.UTC)
MADE = "2026-03-01T05:30:00.000Z"
LATER = datetime.datetime(2026, 3, 1, 6, 0, tzinfo=datetime.UTC)


class World:
    """The golden instance was stopped on 28 February, and imaged on 1 March, which the group launches."""

    def __init__(self) -> None:
        self.instance: dict[str, Any] = {
            "InstanceId": GOLDEN,
            "State": {"Name": "stopped"},
            "StateTransitionReason": "User initiated (2026-02-28 09:00:00 GMT)",
            "LaunchTime": STARTED,
            "RootDeviceName": "/dev/xvda",
            "BlockDeviceMappings": [self.attached("/dev/xvda", "vol-1"), self.attached("/dev/sdf", "vol-2")],
        }
        self.images = [self.image(1, MADE, {"/dev/xvda": "snap-1", "/dev/sdf": "snap-2"})]
        self.volumes = {"vol-1": 8, "vol-2": 20}
        self.snapshots = {"snap-1": ("vol-1", 8), "snap-2": ("vol-2", 20)}

    @staticmethod
    def attached(device: str, volume_id: str) -> dict[str, Any]:
        return {"DeviceName": device, "Ebs": {"VolumeId": volume_id, "AttachTime": STARTED}}

    @staticmethod
    def image(number: int, made: str, devices: dict[str, str]) -> dict[str, Any]:
        return {
            "ImageId": image_id(number),
            "Name": f"{GOLDEN}_2026-03-0{number}",
            "SourceInstanceId": GOLDEN,
            "CreationDate": made,
            "Tags": [{"Key": "ami-refresh:auto-scaling-group", "Value": GROUP}],
            "BlockDeviceMappings": [
                {"DeviceName": name, "Ebs": {"SnapshotId": one}} for name, one in devices.items()
            ],
        }

    def answer(self, stub: Stub) -> None:
        group = group_named(GROUP, LaunchConfigurationName="web")
        configuration = {
            "LaunchConfigurationName": "web",
            "ImageId": self.images[-1]["ImageId"],
            "InstanceType": "t3.micro",
            "CreatedTime": utc_now(),
        }
        stub(autoscaling, "describe_auto_scaling_groups", {"AutoScalingGroups": [group]})
        stub(autoscaling, "describe_launch_configurations", {"LaunchConfigurations": [configuration]})
        stub(ec2, "describe_instances", {"Reservations": [{"Instances": [self.instance]}]})
        stub(ec2, "describe_images", {"Images": self.images[-1:]})
        volumes = [{"VolumeId": key, "Size": size} for key, size in self.volumes.items()]
        stub(ec2, "describe_volumes", {"Volumes": volumes})
        snapshots = [
            {"SnapshotId": key, "VolumeId": volume, "VolumeSize": size}
            for key, (volume, size) in self.snapshots.items()
        ]
        stub(ec2, "describe_snapshots", {"Snapshots": snapshots})


@pytest.fixture
def world() -> World:
    return World()


def look(world: World, stub: Stub, **changes: Any) -> str:
    world.answer(stub)
    event: Event = {"InstanceId": GOLDEN, "AutoScalingGroupName": GROUP, "SkipUnchanged": True, **changes}  # type: ignore[typeddict-item]
    return look_for_changes(event, None)["Unchanged"]


def test_what_was_stopped_all_the_time_is_unchanged(world: World, stub: Stub) -> None:
    assert look(world, stub) == IMAGE


@pytest.mark.parametrize("wanted", [False, "false", "False"])
def test_it_is_not_asked_where_nobody_wants_it(wanted: object, world: World, stub: Stub) -> None:
    assert look(world, stub, SkipUnchanged=wanted) == "none"
    assert stub.calls_of("describe_instances") == []


@pytest.mark.parametrize(
    "changes",
    [
        {"State": {"Name": "running"}, "StateTransitionReason": ""},
        {"State": {"Name": "stopping"}},
        # Stopped when the image was there already: it ran in between.
        {"StateTransitionReason": "User initiated (2026-03-01 06:00:00 GMT)"},
        {"StateTransitionReason": "User initiated (2026-03-01 05:30:00 GMT)"},
        {"LaunchTime": LATER, "StateTransitionReason": "User initiated (2026-03-01 06:10:00 GMT)"},
        # Of what EC2 does not say nothing is guessed.
        {"StateTransitionReason": ""},
        {"StateTransitionReason": "Server.ScheduledStop: Stopped due to scheduled retirement"},
        {"LaunchTime": LATER},
    ],
)
def test_an_instance_that_may_have_run_since_has_changed(
    changes: dict[str, Any], world: World, stub: Stub
) -> None:
    world.instance |= changes
    assert look(world, stub) == "none"


def test_a_volume_that_was_elsewhere_has_changed(world: World, stub: Stub) -> None:
    world.instance["BlockDeviceMappings"][1]["Ebs"]["AttachTime"] = LATER
    assert look(world, stub) == "none"


def test_another_volume_is_a_change(world: World, stub: Stub) -> None:
    world.instance["BlockDeviceMappings"][1] = world.attached("/dev/sdf", "vol-3")
    world.volumes["vol-3"] = 20
    assert look(world, stub) == "none"


def test_a_volume_more_or_less_is_a_change(world: World, stub: Stub) -> None:
    removed = world.instance["BlockDeviceMappings"].pop()
    assert look(world, stub) == "none"
    world.instance["BlockDeviceMappings"] += [removed, world.attached("/dev/sdg", "vol-3")]
    assert look(world, stub) == "none"


def test_a_larger_volume_is_a_change(world: World, stub: Stub) -> None:
    world.volumes["vol-2"] = 30
    assert look(world, stub) == "none"


def test_a_volume_that_is_left_out_does_not_count(world: World, stub: Stub) -> None:
    world.images = [world.image(1, MADE, {"/dev/xvda": "snap-1"})]
    assert look(world, stub) == "none"
    assert look(world, stub, ExcludeDevices=["/dev/sdf"]) == IMAGE


@pytest.mark.parametrize(
    "changes",
    [
        {"Tags": []},
        {"SourceInstanceId": "i-0fedcba9876543210", "Name": "i-0fedcba9876543210_2026-03-01"},
    ],
)
def test_an_image_that_is_not_of_this_instance_says_nothing(
    changes: dict[str, Any], world: World, stub: Stub
) -> None:
    world.images[0] |= changes
    assert look(world, stub) == "none"


def test_a_snapshot_that_is_gone_is_a_change(world: World, stub: Stub) -> None:
    del world.snapshots["snap-2"]
    assert look(world, stub) == "none"
