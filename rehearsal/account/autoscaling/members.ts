import type { AccountState } from "../state";
import { addInstance, type Architecture } from "../world/machines";
import { resolveSpecification } from "./launchTemplateSpecification";
import type { AutoScalingGroup, GroupMember, LaunchSource } from "./shapes";
import { templateLaunches } from "./templateLaunches";

// The instances of a group: what is launched for it, and what becomes of one that goes.

/** What an instance is launched with, and what the group remembers of it. */
interface Launched {
  imageId: string;
  instanceType?: string;
  profile?: string;
  remembered: Pick<GroupMember, "LaunchConfigurationName" | "LaunchTemplate" | "WeightedCapacity">;
}

/** What a source launches first. */
export function launchedFrom(account: AccountState, source: LaunchSource): Launched {
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

/** Launches an instance for a group: it runs at once, and its group has it in service unless told otherwise. */
export function launchMember(
  account: AccountState,
  groupName: string,
  source: LaunchSource,
  { daysOld = 0, state = "InService" }: { daysOld?: number; state?: string } = {},
): GroupMember {
  const { imageId, instanceType, profile = "", remembered } = launchedFrom(account, source);
  const { instance } = addInstance(account, {
    id: account.ids.next("i"),
    imageId,
    instanceType,
    architecture: account.ec2.visibleImage(imageId)?.Architecture as Architecture,
    daysOld,
    profileArn: account.iam.instanceProfile(profile)?.arn,
    tags: [
      { Key: "Name", Value: groupName },
      { Key: "aws:autoscaling:groupName", Value: groupName },
    ],
  });
  return {
    InstanceId: instance.InstanceId,
    InstanceType: instance.InstanceType,
    AvailabilityZone: instance.Placement.AvailabilityZone,
    LifecycleState: state,
    HealthStatus: "Healthy",
    ...remembered,
    ProtectedFromScaleIn: false,
  };
}

/** Takes an instance out of its group. EC2 forgets what is terminated after about an hour; here at once. */
export function removeMember({ ec2 }: AccountState, group: AutoScalingGroup, id: string): void {
  group.Instances = group.Instances.filter(({ InstanceId }) => InstanceId !== id);
  ec2.instances.delete(id);
}
