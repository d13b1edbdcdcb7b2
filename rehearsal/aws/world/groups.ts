import type { Account } from "../account";
import { groupArn, launchConfigurationArn } from "../autoscaling/arns";
import type { GroupMember } from "../autoscaling/shapes";
import { addInstance, daysAgo, instanceType, keyName, securityGroup, subnet, zoneOf } from "./machines";

export interface GroupWanted {
  name: string;
  imageId: string;
  size: number;
  daysOld: number;
  profileArn?: string;
}

/** Adds a group that is full, on a launch configuration that was made for it. */
export function addGroup(account: Account, wanted: GroupWanted): void {
  const { name, size, daysOld } = wanted;
  const launchConfigurationName = addLaunchConfiguration(account, wanted);
  account.autoscaling.groups.set(name, {
    AutoScalingGroupName: name,
    AutoScalingGroupARN: groupArn(account.place, name, account.ids.uuid()),
    LaunchConfigurationName: launchConfigurationName,
    MinSize: 1,
    MaxSize: 2 * size,
    DesiredCapacity: size,
    DefaultCooldown: 300,
    AvailabilityZones: [zoneOf(account)],
    LoadBalancerNames: [],
    TargetGroupARNs: [],
    HealthCheckType: "EC2",
    HealthCheckGracePeriod: 300,
    Instances: Array.from({ length: size }, () => addMember(account, wanted, launchConfigurationName)),
    CreatedTime: daysAgo(account, daysOld),
    SuspendedProcesses: [],
    VPCZoneIdentifier: subnet,
    EnabledMetrics: [],
    Tags: [
      {
        ResourceId: name,
        ResourceType: "auto-scaling-group",
        Key: "Name",
        Value: name,
        PropagateAtLaunch: true,
      },
    ],
    TerminationPolicies: ["Default"],
    NewInstancesProtectedFromScaleIn: false,
    ServiceLinkedRoleARN: serviceLinkedRoleArn(account),
  });
}

function serviceLinkedRoleArn({ place }: Account): string {
  const role = "aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";
  return `arn:${place.partition}:iam::${place.accountId}:role/${role}`;
}

function addLaunchConfiguration(account: Account, group: GroupWanted): string {
  const name = `${group.name}-initial`;
  account.autoscaling.launchConfigurations.set(name, {
    LaunchConfigurationName: name,
    LaunchConfigurationARN: launchConfigurationArn(account.place, name, account.ids.uuid()),
    ImageId: group.imageId,
    InstanceType: instanceType,
    KeyName: keyName,
    SecurityGroups: [securityGroup.GroupId],
    ClassicLinkVPCSecurityGroups: [],
    UserData: "",
    KernelId: "",
    RamdiskId: "",
    BlockDeviceMappings: [],
    InstanceMonitoring: { Enabled: false },
    IamInstanceProfile: group.profileArn,
    EbsOptimized: true,
    CreatedTime: daysAgo(account, group.daysOld),
    MetadataOptions: { HttpTokens: "required", HttpPutResponseHopLimit: 2, HttpEndpoint: "enabled" },
  });
  return name;
}

function addMember(account: Account, group: GroupWanted, launchConfigurationName: string): GroupMember {
  const { instance } = addInstance(account, {
    id: account.ids.next("i"),
    imageId: group.imageId,
    daysOld: group.daysOld - 1,
    profileArn: group.profileArn,
    tags: [
      { Key: "Name", Value: group.name },
      { Key: "aws:autoscaling:groupName", Value: group.name },
    ],
  });
  return {
    InstanceId: instance.InstanceId,
    InstanceType: instance.InstanceType,
    AvailabilityZone: instance.Placement.AvailabilityZone,
    LifecycleState: "InService",
    HealthStatus: "Healthy",
    LaunchConfigurationName: launchConfigurationName,
    ProtectedFromScaleIn: false,
  };
}
