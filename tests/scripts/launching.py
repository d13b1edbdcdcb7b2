"""An account with a group, what it launches from, and images: moto has less of these than the roll-out needs.

It answers as AWS does, and its state is plain dictionaries, for tests to change and to look at.
"""

import copy
from collections.abc import Callable
from typing import Any

from botocore.exceptions import ReadTimeoutError

from executions import Executions, run_id
from shared.autoscaling_client import autoscaling
from shared.cloudwatch_client import cloudwatch
from shared.ec2_client import ec2
from shared.tags import GROUP_TAG
from support import Outcome, Stub, group_named, refusal, utc_now

GROUP = "web"
GOLDEN = "i-0123456789abcdef0"
OWN_RUN, ROLL_OUT = run_id(100), "web-roll-out"
SERVICE_ROLE = (
    "arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"
)
NO_ANSWER = ReadTimeoutError(endpoint_url="https://aws")


def image_id(number: int) -> str:
    return f"ami-{number:017}"


class Account:
    """Image 1 is what people made, and what the group launches at first; number 2 is a new one of ours."""

    def __init__(self, stub: Stub, executions: Executions) -> None:
        self.images: dict[str, Any] = {}
        self.snapshots: dict[str, Any] = {}
        self.configurations: dict[str, Any] = {}
        self.templates: dict[str, Any] = {}
        self.groups: dict[str, Any] = {}
        # The newest first.
        self.refreshes: list[Any] = []
        self.alarms: dict[str, str] = {}
        self.fleets: list[Any] = []
        self.spot_fleets: list[Any] = []
        self.instances: dict[str, Any] = {GOLDEN: {"InstanceId": GOLDEN, "ImageId": image_id(1)}}
        self.stub, self.executions = stub, executions
        executions.add(OWN_RUN, ROLL_OUT)
        for client, operation, answer in self._answers():
            stub(client, operation, answer)
        self.add_image(1, Name="base")
        self.add_own_image(2, "_2026-03-02")

    def _answers(self) -> list[tuple[Any, str, Callable[[Any], Outcome]]]:
        return [
            (ec2, "describe_images", self.describe_images),
            (ec2, "describe_instances", self.describe_instances),
            (ec2, "describe_instance_types", self.describe_types),
            (ec2, "describe_snapshots", self.describe_snapshots),
            (ec2, "create_tags", self.create_tags),
            (ec2, "describe_fleets", lambda _: {"Fleets": self.fleets}),
            (ec2, "describe_spot_fleet_requests", lambda _: {"SpotFleetRequestConfigs": self.spot_fleets}),
            (ec2, "describe_launch_template_versions", self.describe_versions),
            (ec2, "create_launch_template_version", self.create_version),
            (ec2, "modify_launch_template", self.modify_template),
            (ec2, "delete_launch_template_versions", self.delete_versions),
            (autoscaling, "describe_auto_scaling_groups", self.describe_groups),
            (autoscaling, "describe_instance_refreshes", self.describe_refreshes),
            (autoscaling, "start_instance_refresh", self.start_refresh),
            (autoscaling, "cancel_instance_refresh", lambda _: self.stop_refresh("Cancelling")),
            (autoscaling, "rollback_instance_refresh", lambda _: self.stop_refresh("RollbackInProgress")),
            (cloudwatch, "describe_alarms", self.describe_alarms),
            (autoscaling, "describe_launch_configurations", self.describe_configurations),
            (autoscaling, "create_launch_configuration", self.create_configuration),
            (autoscaling, "update_auto_scaling_group", self.update_group),
        ]

    # What tests make.

    def add_image(self, number: int, **facts: Any) -> Any:
        """With one volume of 8 GiB."""
        snapshot = f"snap-{number:017}"
        image = {
            "ImageId": image_id(number),
            "State": "available",
            "Architecture": "x86_64",
            "VirtualizationType": "hvm",
            "CreationDate": utc_now().isoformat(),
            "BlockDeviceMappings": [
                {"DeviceName": "/dev/xvda", "Ebs": {"SnapshotId": snapshot, "VolumeSize": 8}}
            ],
            **facts,
        }
        self.images[image_id(number)] = image
        self.snapshots[snapshot] = {"SnapshotId": snapshot}
        return image

    def add_own_image(self, number: int, suffix: str, instance: str = GOLDEN, **tags: str) -> Any:
        tagged = {GROUP_TAG: GROUP, **{key.replace("_", "-"): value for key, value in tags.items()}}
        return self.add_image(
            number,
            Name=instance + suffix,
            SourceInstanceId=instance,
            Tags=[{"Key": key, "Value": value} for key, value in tagged.items()],
        )

    def add_members(self, image: int, count: int = 2) -> None:
        """Instances of the group, beside those that it has."""
        first = len(self.instances)
        for number in range(first, first + count):
            key = f"i-{number:017}"
            self.instances[key] = {"InstanceId": key, "ImageId": image_id(image)}

    def encrypt(self, image: Any, key: str) -> None:
        for device in image["BlockDeviceMappings"]:
            device["Ebs"]["Encrypted"] = True
            self.snapshots[device["Ebs"]["SnapshotId"]]["KmsKeyId"] = key

    def add_configuration(self, name: str, image: int, **settings: Any) -> Any:
        self.configurations[name] = {
            "LaunchConfigurationName": name,
            "ImageId": image_id(image),
            "InstanceType": "t3.small",
            "CreatedTime": utc_now(),
            **settings,
        }
        return self.configurations[name]

    def add_template(self, number: int, *versions: dict[str, Any], default: int = 1) -> str:
        template_id = f"lt-{number:017}"
        self.templates[template_id] = {
            "name": f"template-{number}",
            "default": default,
            "versions": {index + 1: {"LaunchTemplateData": data} for index, data in enumerate(versions)},
            "tokens": {},
        }
        return template_id

    def refer(self, template_id: str, version: str | None = None) -> dict[str, str]:
        """As AWS answers it: with the template's name beside its id."""
        named = {"LaunchTemplateId": template_id, "LaunchTemplateName": self.templates[template_id]["name"]}
        return {**named, "Version": version} if version else named

    def add_group(self, name: str = GROUP, **launch_source: Any) -> Any:
        self.groups[name] = group_named(name, ServiceLinkedRoleARN=SERVICE_ROLE, **launch_source)
        return self.groups[name]

    def source_of_group(self) -> dict[str, Any]:
        """What the group refers to now, to be compared."""
        kinds = ("LaunchConfigurationName", "LaunchTemplate", "MixedInstancesPolicy")
        return copy.deepcopy({kind: self.groups[GROUP][kind] for kind in kinds if kind in self.groups[GROUP]})

    def tags_of_image(self, number: int) -> dict[str, str]:
        return {one["Key"]: one["Value"] for one in self.images[image_id(number)].get("Tags", [])}

    def lose_answer(self, client: Any, operation: str, *, done: bool) -> None:
        """The next answer does not come; whether the call was done, nobody knows."""
        usual = self.answer_of(operation)

        def answer(asked: Any) -> Outcome:
            if done:
                usual(asked)
            return NO_ANSWER

        self.stub(client, operation, answer, usual)

    def answer_of(self, operation: str) -> Callable[[Any], Outcome]:
        return next(answer for _, name, answer in self._answers() if name == operation)

    # What AWS does.

    def describe_images(self, asked: Any) -> Outcome:
        missing = [one for one in asked["ImageIds"] if one not in self.images]
        if missing:
            return refusal("InvalidAMIID.NotFound", f"The image id '[{missing[0]}]' does not exist")
        return {"Images": [self.images[one] for one in asked["ImageIds"]]}

    def describe_types(self, asked: Any) -> Outcome:
        (wanted,) = asked["Filters"]
        assert wanted["Name"] == "instance-type"
        return {"InstanceTypes": [instance_type(one) for one in wanted["Values"]]}

    def describe_instances(self, asked: Any) -> Outcome:
        if "Filters" in asked and asked["Filters"][0]["Name"] == "tag:aws:autoscaling:groupName":
            assert asked["Filters"][1] == {"Name": "instance-state-name", "Values": ["pending", "running"]}
            members = [one for key, one in self.instances.items() if key != GOLDEN]
            return {"Reservations": [{"Instances": members}]}
        wanted = asked["InstanceIds"] if "InstanceIds" in asked else asked["Filters"][0]["Values"]
        found = [self.instances[one] for one in wanted if one in self.instances]
        if not found and "InstanceIds" in asked:
            return refusal("InvalidInstanceID.NotFound", f"The instance ID '{wanted[0]}' does not exist")
        return {"Reservations": [{"Instances": [one]} for one in found]}

    def describe_refreshes(self, asked: Any) -> Outcome:
        wanted = asked.get("InstanceRefreshIds") or [one["InstanceRefreshId"] for one in self.refreshes]
        found = [one for one in self.refreshes if one["InstanceRefreshId"] in wanted]
        return {"InstanceRefreshes": copy.deepcopy(found)}

    def start_refresh(self, asked: Any) -> Outcome:
        refresh = {"InstanceRefreshId": run_id(200 + len(self.refreshes)), "Status": "InProgress"}
        self.refreshes.insert(0, {**copy.deepcopy(asked), **refresh})
        return {"InstanceRefreshId": refresh["InstanceRefreshId"]}

    def stop_refresh(self, status: str) -> Outcome:
        self.refreshes[0]["Status"] = status
        return {"InstanceRefreshId": self.refreshes[0]["InstanceRefreshId"]}

    def describe_alarms(self, asked: Any) -> Outcome:
        """Those that are made of others say so in their names."""
        found = [one for one in asked["AlarmNames"] if one in self.alarms]
        alarms = [{"AlarmName": one, "StateValue": self.alarms[one]} for one in found]
        composite = [one for one in alarms if "composite" in one["AlarmName"]]
        answer = {
            "MetricAlarms": [one for one in alarms if one not in composite],
            "CompositeAlarms": composite,
        }
        # Without a word, those of metrics alone.
        return {f"{kind}s": answer[f"{kind}s"] for kind in asked.get("AlarmTypes", ["MetricAlarm"])}

    def describe_snapshots(self, asked: Any) -> Outcome:
        (wanted,) = asked["Filters"]
        assert wanted["Name"] == "snapshot-id"
        return {"Snapshots": [one for key, one in self.snapshots.items() if key in wanted["Values"]]}

    def create_tags(self, asked: Any) -> Outcome:
        for one in asked["Resources"]:
            tags = {tag["Key"]: tag for tag in [*self.images[one].get("Tags", []), *asked["Tags"]]}
            self.images[one]["Tags"] = [*tags.values()]
        return {}

    def describe_groups(self, asked: Any) -> Outcome:
        wanted = asked.get("AutoScalingGroupNames", [*self.groups])
        return paged("AutoScalingGroups", [self.groups[one] for one in wanted if one in self.groups], asked)

    def update_group(self, asked: Any) -> Outcome:
        group = self.groups[asked["AutoScalingGroupName"]]
        wanted = copy.deepcopy(asked)
        for place in places_of(wanted):
            if "LaunchTemplateName" in place and "LaunchTemplateId" in place:
                return refusal("ValidationError", "Valid requests must contain either id or name")
            if "LaunchTemplateId" in place:
                place["LaunchTemplateName"] = self.templates[place["LaunchTemplateId"]]["name"]
        for kind in ("LaunchConfigurationName", "LaunchTemplate", "MixedInstancesPolicy"):
            group.pop(kind, None)
        group.update(wanted)
        return {}

    def describe_configurations(self, asked: Any) -> Outcome:
        wanted = asked.get("LaunchConfigurationNames") or [*self.configurations]
        found = [self.configurations[one] for one in wanted if one in self.configurations]
        return paged("LaunchConfigurations", found, asked)

    def create_configuration(self, asked: Any) -> Outcome:
        name = asked["LaunchConfigurationName"]
        if name in self.configurations:
            return refusal("AlreadyExists", "Launch Configuration by this name already exists")
        made = {key: value for key, value in asked.items() if key != "InstanceId"}
        self.configurations[name] = {"InstanceType": "t3.small", "CreatedTime": utc_now(), **made}
        return {}

    def describe_versions(self, asked: Any) -> Outcome:
        if not {"LaunchTemplateId", "LaunchTemplateName"} & asked.keys():
            assert asked["Versions"] == ["$Default", "$Latest"]
            every = {(key, one["default"]) for key, one in self.templates.items()}
            every |= {(key, max(one["versions"])) for key, one in self.templates.items()}
            return paged("LaunchTemplateVersions", [self._version(*one) for one in sorted(every)], asked)
        found = [one for one in self.templates if one == asked.get("LaunchTemplateId")]
        found += [
            key for key, one in self.templates.items() if one["name"] == asked.get("LaunchTemplateName")
        ]
        if not found:
            return refusal(
                "InvalidLaunchTemplateId.NotFound", "The specified launch template does not exist."
            )
        template = self.templates[found[0]]
        if "MinVersion" in asked:
            every = {(found[0], one) for one in template["versions"] if one > int(asked["MinVersion"])}
            return paged("LaunchTemplateVersions", [self._version(*one) for one in sorted(every)], asked)
        numbers = {"$Default": template["default"], "$Latest": max(template["versions"])}
        wanted = [int(numbers.get(one, one)) for one in asked["Versions"]]
        if set(wanted) - set(template["versions"]):
            return refusal("InvalidLaunchTemplateId.VersionNotFound", "Could not find the version")
        return {"LaunchTemplateVersions": [self._version(found[0], number) for number in wanted]}

    def create_version(self, asked: Any) -> Outcome:
        template = self.templates[asked["LaunchTemplateId"]]
        number = template["tokens"].get(asked["ClientToken"])
        if not number:
            number = max(template["versions"]) + 1
            data = copy.deepcopy(template["versions"][int(asked["SourceVersion"])]["LaunchTemplateData"])
            # AWS takes no snapshots from the version before.
            for device in data.get("BlockDeviceMappings", []):
                device.get("Ebs", {}).pop("SnapshotId", None)
            template["versions"][number] = {
                "LaunchTemplateData": {**data, **asked["LaunchTemplateData"]},
                "VersionDescription": asked["VersionDescription"],
            }
            template["tokens"][asked["ClientToken"]] = number
        return {"LaunchTemplateVersion": self._version(asked["LaunchTemplateId"], number)}

    def modify_template(self, asked: Any) -> Outcome:
        self.templates[asked["LaunchTemplateId"]]["default"] = int(asked["DefaultVersion"])
        return {}

    def delete_versions(self, asked: Any) -> Outcome:
        template, failed = self.templates[asked["LaunchTemplateId"]], []
        for version in asked["Versions"]:
            if int(version) == template["default"]:
                failed.append(undeleted(version, "unexpectedError", "It is the default version"))
            elif template["versions"].pop(int(version), None) is None:
                failed.append(undeleted(version, "launchTemplateVersionDoesNotExist", "It does not exist"))
        return {"UnsuccessfullyDeletedLaunchTemplateVersions": failed}

    def _version(self, template_id: str, number: int) -> dict[str, Any]:
        template = self.templates[template_id]
        return {
            "LaunchTemplateId": template_id,
            "LaunchTemplateName": template["name"],
            "VersionNumber": number,
            "DefaultVersion": number == template["default"],
            **copy.deepcopy(template["versions"][number]),
        }


def instance_type(name: str) -> dict[str, Any]:
    is_arm, is_old = name.startswith(("t4g", "m6g")), name.startswith("t2")
    return {
        "InstanceType": name,
        "ProcessorInfo": {"SupportedArchitectures": ["arm64" if is_arm else "x86_64"]},
        "SupportedVirtualizationTypes": ["hvm"],
        "SupportedBootModes": ["uefi"] if is_arm else ["legacy-bios"] if is_old else ["legacy-bios", "uefi"],
    }


def paged(member: str, found: list[Any], asked: Any) -> Outcome:
    """Two on a page."""
    first = int(asked.get("NextToken", "0"))
    more = {"NextToken": str(first + 2)} if len(found) > first + 2 else {}
    return {member: copy.deepcopy(found[first : first + 2]), **more}


def places_of(request: Any) -> list[Any]:
    """Every launch template specification."""
    policy = request.get("MixedInstancesPolicy", {}).get("LaunchTemplate", {})
    named = [policy, *policy.get("Overrides", [])]
    return [request.get("LaunchTemplate", {}), *(one.get("LaunchTemplateSpecification", {}) for one in named)]


def undeleted(version: str, code: str, message: str) -> dict[str, Any]:
    return {"VersionNumber": int(version), "ResponseError": {"Code": code, "Message": message}}
