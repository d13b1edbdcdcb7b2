import type { AccountState } from "../state";
import { launchConfigurationArn } from "../autoscaling/arns";
import type { LaunchSource } from "../autoscaling/shapes";
import { daysAgo, keyName, securityGroup, usualType } from "./machines";

export interface LaunchConfigurationWanted {
  name: string;
  imageId: string;
  daysOld: number;
  profileArn?: string;
}

/** Adds a launch configuration as somebody wrote it by hand, and gives what a group says that refers to it. */
export function addLaunchConfiguration(
  account: AccountState,
  wanted: LaunchConfigurationWanted,
): LaunchSource {
  const { name, imageId, profileArn } = wanted;
  account.autoscaling.launchConfigurations.set(name, {
    LaunchConfigurationName: name,
    LaunchConfigurationARN: launchConfigurationArn(account.place, name, account.ids.uuid()),
    ImageId: imageId,
    InstanceType: usualType.x86_64,
    KeyName: keyName,
    SecurityGroups: [securityGroup.GroupId],
    ClassicLinkVPCSecurityGroups: [],
    UserData: "",
    KernelId: "",
    RamdiskId: "",
    BlockDeviceMappings: [],
    InstanceMonitoring: { Enabled: false },
    IamInstanceProfile: profileArn,
    EbsOptimized: true,
    CreatedTime: daysAgo(account, wanted.daysOld),
    MetadataOptions: { HttpTokens: "required", HttpPutResponseHopLimit: 2, HttpEndpoint: "enabled" },
  });
  return { LaunchConfigurationName: name };
}
