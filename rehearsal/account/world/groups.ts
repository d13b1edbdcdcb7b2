import type { AccountState } from "../state";
import { groupArn } from "../autoscaling/arns";
import { resolveSpecification } from "../autoscaling/launchTemplateSpecification";
import type { GroupMember, LaunchSource } from "../autoscaling/shapes";
import { templateLaunches } from "../autoscaling/templateLaunches";
import { addInstance, type Architecture, daysAgo, subnet, zoneOf } from "./machines";

export interface GroupWanted {
  name: string;
  size: number;
  daysOld: number;
  source: LaunchSource;
}

/** Adds a group that is full of what its source launches. */
export function addGroup(account: AccountState, wanted: GroupWanted): void {
  const { name, size, daysOld } = wanted;
  account.autoscaling.groups.set(name, {
    AutoScalingGroupName: name,
    AutoScalingGroupARN: groupArn(account.place, name, account.ids.uuid()),
    ...wanted.source,
    MinSize: Math.min(1, size),
    MaxSize: Math.max(2, 2 * size),
    DesiredCapacity: size,
    DefaultCooldown: 300,
    AvailabilityZones: [zoneOf(account)],
    LoadBalancerNames: [],
    TargetGroupARNs: [],
    HealthCheckType: "EC2",
    HealthCheckGracePeriod: 300,
    Instances: addMembers(account, wanted),
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

function serviceLinkedRoleArn({ place }: AccountState): string {
  const role = "aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";
  return `arn:${place.partition}:iam::${place.accountId}:role/${role}`;
}

/** What the members are launched with, and what the group remembers of it. */
interface Launched {
  imageId: string;
  instanceType?: string;
  profile?: string;
  remembered: Pick<GroupMember, "LaunchConfigurationName" | "LaunchTemplate" | "WeightedCapacity">;
}

function addMembers(account: AccountState, group: GroupWanted): GroupMember[] {
  const launched = launchedFrom(account, group.source);
  return Array.from({ length: group.size }, () => addMember(account, group, launched));
}

/** What a source launches first. */
function launchedFrom(account: AccountState, source: LaunchSource): Launched {
  const { LaunchConfigurationName } = source;
  const configuration = account.autoscaling.launchConfigurations.get(LaunchConfigurationName ?? "");
  if (configuration) {
    return {
      imageId: configuration.ImageId,
      profile: configuration.IamInstanceProfile,
      remembered: { LaunchConfigurationName },
    };
  }
  const [base, first = base] = templateLaunches(source, (own) => resolveSpecification(account.ec2, own));
  const { LaunchTemplateId, LaunchTemplateName } = first.template;
  const { VersionNumber, LaunchTemplateData } = first.version;
  const profile = LaunchTemplateData.IamInstanceProfile;
  return {
    imageId: first.imageId ?? "",
    instanceType: first.instanceType,
    profile: profile?.Arn ?? profile?.Name,
    remembered: {
      // The version that it was at the launch, whatever the group calls it.
      LaunchTemplate: { LaunchTemplateId, LaunchTemplateName, Version: String(VersionNumber) },
      WeightedCapacity: first.override.WeightedCapacity,
    },
  };
}

function addMember(account: AccountState, group: GroupWanted, launched: Launched): GroupMember {
  const { imageId, instanceType, profile = "", remembered } = launched;
  const { instance } = addInstance(account, {
    id: account.ids.next("i"),
    imageId,
    instanceType,
    architecture: account.ec2.visibleImage(imageId)?.Architecture as Architecture,
    daysOld: group.daysOld - 1,
    profileArn: account.iam.instanceProfile(profile)?.arn,
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
    ...remembered,
    ProtectedFromScaleIn: false,
  };
}
