"""An account with what earlier runs made, and with whatever may use it. Its state is plain dictionaries.

Image number 3 was made three days ago, and so on. The group launches number 1, before that it launched
number 2, and nothing uses number 3.
"""

import datetime
from collections.abc import Callable
from typing import Any

from executions import Executions, run_id
from launching import paged, undeleted
from shared.autoscaling_client import autoscaling
from shared.ec2_client import ec2
from shared.history_tags import PREVIOUS_IMAGE_TAG, ROLLED_OUT_TAG
from shared.tags import EXECUTION_TAG, GROUP_TAG
from support import Outcome, Stub, group_named, refusal, utc_now

GROUP, GOLDEN, PREFIX = "web", "i-0123456789abcdef0", "web-lc"
RETIRE, ROLL_OUT = "web-retire", "web-roll-out"
OWN_RUN = run_id(500)
EVENT: Any = {
    "ExecutionId": OWN_RUN,
    "InstanceId": GOLDEN,
    "LaunchConfigPrefix": PREFIX,
    "AutoScalingGroupName": GROUP,
    "RollOutDocumentName": ROLL_OUT,
    "RetainImages": 1,
    "RetainLaunchConfigurations": 1,
    "DryRun": False,
}


def image_id(number: int) -> str:
    return f"ami-{number:017}"


def snapshot_of(number: int) -> str:
    return f"snap-{number:017}"


def template_id(number: int) -> str:
    return f"lt-{number:017}"


def made(days: float) -> datetime.datetime:
    return utc_now() - datetime.timedelta(days=days)


def suffix(days: float) -> str:
    return f"_{made(days):%Y-%m-%d}"


def tagged(**tags: str) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in tags.items()]


class Estate:
    def __init__(self, stub: Stub, executions: Executions) -> None:
        self.images: dict[str, Any] = {}
        self.snapshots: dict[str, Any] = {}
        self.configurations: dict[str, Any] = {}
        self.templates: dict[str, dict[int, Any]] = {}
        self.defaults: dict[str, int] = {}
        self.groups: dict[str, Any] = {}
        self.refreshes: list[Any] = []
        self.fleets: list[Any] = []
        self.spot_fleets: list[Any] = []
        self.instances: dict[str, Any] = {}
        self.shares: dict[str, list[Any]] = {}
        self.references: list[Any] = []
        self.stub, self.executions = stub, executions
        executions.add(OWN_RUN, RETIRE)
        for operation, answer in self.answers().items():
            for client in (autoscaling, ec2):
                if operation in client.meta.method_to_api_mapping:
                    stub(client, operation, answer)
        self.add_instance(GOLDEN, image_id(999))
        for number in (1, 2, 3):
            self.add_image(number, previous=image_id(number + 1) if number == 1 else "")
        self.add_configuration(1)
        self.add_group(LaunchConfigurationName=PREFIX + suffix(1))

    def answers(self) -> dict[str, Callable[[Any], Outcome]]:
        return {
            "describe_images": lambda asked: listed("Images", self.images, asked),
            "describe_snapshots": lambda asked: listed("Snapshots", self.snapshots, asked),
            "describe_instances": self.describe_instances,
            "describe_image_attribute": lambda asked: {
                "LaunchPermissions": self.shares.get(asked["ImageId"], [])
            },
            "describe_image_references": lambda asked: {
                "ImageReferences": [one for one in self.references if one["ImageId"] in asked["ImageIds"]]
            },
            "describe_fleets": lambda asked: paged("Fleets", self.fleets, asked),
            "describe_spot_fleet_requests": lambda asked: paged(
                "SpotFleetRequestConfigs", self.spot_fleets, asked
            ),
            "describe_launch_template_versions": self.describe_versions,
            "describe_auto_scaling_groups": lambda asked: paged(
                "AutoScalingGroups", [*self.groups.values()], asked
            ),
            "describe_instance_refreshes": lambda _: {"InstanceRefreshes": self.refreshes},
            "describe_launch_configurations": self.describe_configurations,
            "deregister_image": self.deregister,
            "delete_snapshot": lambda asked: self.delete(
                self.snapshots, asked["SnapshotId"], "InvalidSnapshot.NotFound"
            ),
            "delete_launch_configuration": lambda asked: self.delete(
                self.configurations, asked["LaunchConfigurationName"], "ValidationError"
            ),
            "delete_launch_template_versions": self.delete_versions,
        }

    # What tests make.

    def add_image(self, number: int, *, rolled_out: bool = True, previous: str = "", run: str = "") -> Any:
        tags = {GROUP_TAG: GROUP, EXECUTION_TAG: run or run_id(number)}
        if rolled_out:
            tags[ROLLED_OUT_TAG] = f"{made(number - 0.01):%Y-%m-%dT%H:%M:%SZ}"
        if previous:
            tags[PREVIOUS_IMAGE_TAG] = previous
        image = {
            "ImageId": image_id(number),
            "Name": GOLDEN + suffix(number),
            "SourceInstanceId": GOLDEN,
            "State": "available",
            "CreationDate": f"{made(number):%Y-%m-%dT%H:%M:%S.000Z}",
            "BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": {"SnapshotId": snapshot_of(number)}}],
            "Tags": tagged(**tags),
        }
        self.images[image_id(number)] = image
        self.add_snapshot(number)
        return image

    def add_snapshot(self, number: int, image: str = "") -> Any:
        snapshot = {
            "SnapshotId": snapshot_of(number),
            "State": "completed",
            "StartTime": made(number),
            "Description": f"Created by CreateImage({GOLDEN}) for {image or image_id(number)}",
            "Tags": tagged(**{GROUP_TAG: GROUP}),
        }
        self.snapshots[snapshot_of(number)] = snapshot
        return snapshot

    def tag(self, number: int, key: str, value: str) -> None:
        self.images[image_id(number)]["Tags"] += tagged(**{key: value})

    def untag(self, number: int, key: str) -> None:
        image = self.images[image_id(number)]
        image["Tags"] = [one for one in image["Tags"] if one["Key"] != key]

    def add_configuration(self, number: int, name: str = "", age: float = 0) -> str:
        name = name or PREFIX + suffix(number)
        self.configurations[name] = {
            "LaunchConfigurationName": name,
            "ImageId": image_id(number),
            "InstanceType": "t3.micro",
            "CreatedTime": made(age or number),
        }
        return name

    def add_group(self, name: str = GROUP, **source: Any) -> None:
        self.groups[name] = group_named(name, CreatedTime=made(99), **source)

    def add_version(self, template: int, image: int, *, ours: bool = True, age: float = 0) -> int:
        versions = self.templates.setdefault(template_id(template), {})
        number = max(versions, default=0) + 1
        self.defaults.setdefault(template_id(template), number)
        versions[number] = {
            "LaunchTemplateId": template_id(template),
            "LaunchTemplateName": f"template-{template}",
            "VersionNumber": number,
            "CreateTime": made(age or image),
            "VersionDescription": f"{PREFIX}{suffix(image)} {run_id(image)}" if ours else "by hand",
            "LaunchTemplateData": {"ImageId": image_id(image)},
        }
        return number

    def add_instance(self, instance_id: str, image: str, state: str = "running") -> None:
        self.instances[instance_id] = {
            "InstanceId": instance_id,
            "ImageId": image,
            "State": {"Name": state},
        }

    def roll_out(self, number: int, status: str = "InProgress") -> None:
        parameters = {"ImageId": [image_id(number)]}
        self.executions.add(run_id(900 + number), ROLL_OUT, status=status, Parameters=parameters)

    def has(self, number: int) -> bool:
        return image_id(number) in self.images

    # What AWS does.

    def describe_instances(self, asked: Any) -> Outcome:
        found = [one for one in self.instances.values() if fits(one, asked)]
        return paged("Reservations", [{"Instances": [one]} for one in found], asked)

    def describe_configurations(self, asked: Any) -> Outcome:
        names = asked.get("LaunchConfigurationNames", [*self.configurations])
        found = [one for key, one in self.configurations.items() if key in names]
        return paged("LaunchConfigurations", found, asked)

    def describe_versions(self, asked: Any) -> Outcome:
        given = (asked.get("LaunchTemplateId"), asked.get("LaunchTemplateName"))
        found = [
            one
            for template, versions in self.templates.items()
            for number, one in versions.items()
            if given == (None, None) or template == given[0] or one["LaunchTemplateName"] == given[1]
            if not asked.get("Versions") or self.is_asked_for(template, number, asked)
        ]
        if not found and given != (None, None) and "Filters" not in asked:
            return refusal("InvalidLaunchTemplateId.VersionNotFound")
        return paged("LaunchTemplateVersions", [one for one in found if fits(one, asked)], asked)

    def is_asked_for(self, template: str, number: int, asked: Any) -> bool:
        named = {"$Default": self.defaults[template], "$Latest": max(self.templates[template])}
        return number in [int(named.get(one, one)) for one in asked["Versions"]]

    def delete(self, things: dict[str, Any], name: str, code: str) -> Outcome:
        return {} if things.pop(name, None) else refusal(code)

    def deregister(self, asked: Any) -> Outcome:
        image = self.images.pop(asked["ImageId"], None)
        if not image:
            return refusal("InvalidAMIID.NotFound")
        results = []
        if asked.get("DeleteAssociatedSnapshots"):
            for device in image["BlockDeviceMappings"]:
                self.snapshots.pop(device["Ebs"]["SnapshotId"])
                results.append({"SnapshotId": device["Ebs"]["SnapshotId"], "ReturnCode": "success"})
        return {"Return": True, "DeleteSnapshotResults": results}

    def delete_versions(self, asked: Any) -> Outcome:
        versions = self.templates[asked["LaunchTemplateId"]]
        missing = [one for one in asked["Versions"] if not versions.pop(int(one), None)]
        failed = [undeleted(one, "launchTemplateVersionDoesNotExist", "It does not exist") for one in missing]
        return {"UnsuccessfullyDeletedLaunchTemplateVersions": failed}


def listed(member: str, things: dict[str, Any], asked: Any) -> Outcome:
    return paged(member, [one for one in things.values() if fits(one, asked)], asked)


def fits(thing: Any, asked: Any) -> bool:
    """Whether the filters let it through."""
    tags = {f"tag:{one['Key']}": one["Value"] for one in thing.get("Tags", [])}
    image = thing.get("ImageId", thing.get("LaunchTemplateData", {}).get("ImageId"))
    values = {
        **tags,
        "image-id": image,
        "snapshot-id": thing.get("SnapshotId"),
        "instance-id": thing.get("InstanceId"),
    }
    return all(values.get(one["Name"]) in one["Values"] for one in asked.get("Filters", []))
