import type { AccountState } from "../state";
import { resolvedImage } from "../ssm/resolvedImage";
import { addInstance, type Architecture } from "../world/machines";
import { resolveSpecification } from "./launchTemplateSpecification";
import type { GroupMember, LaunchSource } from "./shapes";
import { templateLaunches } from "./templateLaunches";

/** What a member is launched with, and what the group remembers of it. */
export interface Launched {
  imageId: string;
  instanceType?: string;
  profile?: string;
  remembered: Pick<GroupMember, "LaunchConfigurationName" | "LaunchTemplate" | "WeightedCapacity">;
}

/** What a source launches first; of a policy, its first override. EC2's error where the source is none any more. */
export function launchedFrom(account: AccountState, source: LaunchSource): Launched {
  const { LaunchConfigurationName } = source;
  const configuration = account.autoscaling.launchConfigurations.get(LaunchConfigurationName ?? "");
  if (configuration) {
    return {
      imageId: configuration.ImageId,
      instanceType: configuration.InstanceType,
      profile: configuration.IamInstanceProfile,
      remembered: { LaunchConfigurationName },
    };
  }
  const [base, first = base] = templateLaunches(source, (own) => resolveSpecification(account.ec2, own));
  const { LaunchTemplateId, LaunchTemplateName } = first.template;
  const { VersionNumber, LaunchTemplateData } = first.version;
  const profile = LaunchTemplateData.IamInstanceProfile;
  return {
    imageId: resolvedImage(account, first.imageId) ?? "",
    instanceType: first.instanceType,
    profile: profile?.Arn ?? profile?.Name,
    remembered: {
      // The version that it was at the launch, whatever the group calls it.
      LaunchTemplate: { LaunchTemplateId, LaunchTemplateName, Version: String(VersionNumber) },
      WeightedCapacity: first.override.WeightedCapacity,
    },
  };
}

/** Makes the instance of a member that is in service, and gives what the group is to list. */
export function launchMember(
  account: AccountState,
  groupName: string,
  launched: Launched,
  daysOld: number,
): GroupMember {
  const { imageId, instanceType, profile = "", remembered } = launched;
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
    LifecycleState: "InService",
    HealthStatus: "Healthy",
    ...remembered,
    ProtectedFromScaleIn: false,
  };
}
