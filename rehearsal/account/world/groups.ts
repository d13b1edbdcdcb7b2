import type { AccountState } from "../state";
import { groupArn } from "../autoscaling/arns";
import { launchedFrom, launchMember } from "../autoscaling/launching";
import type { GroupMember, LaunchSource } from "../autoscaling/shapes";
import { daysAgo, subnet, zoneOf } from "./machines";

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

function addMembers(account: AccountState, group: GroupWanted): GroupMember[] {
  const launched = launchedFrom(account, group.source);
  return Array.from({ length: group.size }, () =>
    launchMember(account, group.name, launched, group.daysOld - 1),
  );
}
