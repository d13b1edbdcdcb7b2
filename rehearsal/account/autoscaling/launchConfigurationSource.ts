import type { AccountState } from "../state";
import type { InstanceRecord } from "../ec2";
import { launchConfigurationArn } from "./arns";
import type { BlockDevice, LaunchConfiguration, MetadataOptions } from "./shapes";

export interface CreateLaunchConfigurationRequest {
  LaunchConfigurationName: string;
  ImageId?: string;
  KeyName?: string;
  SecurityGroups?: string[];
  ClassicLinkVPCId?: string;
  ClassicLinkVPCSecurityGroups?: string[];
  UserData?: string;
  InstanceId?: string;
  InstanceType?: string;
  KernelId?: string;
  RamdiskId?: string;
  BlockDeviceMappings?: BlockDevice[];
  InstanceMonitoring?: { Enabled?: boolean };
  SpotPrice?: string;
  IamInstanceProfile?: string;
  EbsOptimized?: boolean;
  AssociatePublicIpAddress?: boolean;
  PlacementTenancy?: string;
  MetadataOptions?: MetadataOptions;
}

/** What a launch configuration can be told by an instance. What it cannot be told, such as IMDSv2, is lost. */
type Derived = Omit<
  CreateLaunchConfigurationRequest,
  "LaunchConfigurationName" | "InstanceId" | "MetadataOptions"
>;

/** The launch configuration that a request makes: what it says, then what its instance says, then AWS's defaults. */
export function deriveLaunchConfiguration(
  account: AccountState,
  request: CreateLaunchConfigurationRequest,
): LaunchConfiguration {
  const { place, ids, clock } = account;
  const source = request.InstanceId === undefined ? undefined : account.ec2.instances.get(request.InstanceId);
  const wanted = { ...(source ? derived(account, source) : {}), ...withoutInstance(request) };
  return {
    ...wanted,
    LaunchConfigurationARN: launchConfigurationArn(place, request.LaunchConfigurationName, ids.uuid()),
    ImageId: wanted.ImageId ?? "",
    InstanceType: wanted.InstanceType ?? "",
    SecurityGroups: wanted.SecurityGroups ?? [],
    ClassicLinkVPCSecurityGroups: wanted.ClassicLinkVPCSecurityGroups ?? [],
    UserData: wanted.UserData ?? "",
    KernelId: wanted.KernelId ?? "",
    RamdiskId: wanted.RamdiskId ?? "",
    BlockDeviceMappings: wanted.BlockDeviceMappings ?? [],
    // Detailed monitoring is on unless somebody says otherwise, and costs money.
    InstanceMonitoring: { Enabled: wanted.InstanceMonitoring?.Enabled ?? true },
    EbsOptimized: wanted.EbsOptimized ?? false,
    CreatedTime: clock.now(),
  };
}

/** The instance only lends its attributes: a launch configuration does not remember it. */
function withoutInstance(request: CreateLaunchConfigurationRequest) {
  const sent = { ...request };
  delete sent.InstanceId;
  return sent;
}

function derived(account: AccountState, { instance, userData }: InstanceRecord): Derived {
  return {
    ImageId: instance.ImageId,
    InstanceType: instance.InstanceType,
    KeyName: instance.KeyName,
    SecurityGroups: instance.SecurityGroups.map(({ GroupId }) => GroupId),
    UserData: userData,
    IamInstanceProfile: instance.IamInstanceProfile?.Arn,
    InstanceMonitoring: { Enabled: instance.Monitoring.State === "enabled" },
    EbsOptimized: instance.EbsOptimized,
    KernelId: instance.KernelId,
    RamdiskId: instance.RamdiskId,
    AssociatePublicIpAddress: instance.PublicIpAddress !== undefined,
    // AWS's sample answer has no tenancy for an ordinary instance.
    PlacementTenancy: instance.Placement.Tenancy === "default" ? undefined : instance.Placement.Tenancy,
    BlockDeviceMappings: derivedBlockDevices(account, instance.ImageId),
  };
}

/** Never the instance's own volumes: if anything, then what the image has that the instance was launched from. */
function derivedBlockDevices({ autoscaling, ec2 }: AccountState, imageId: string): BlockDevice[] {
  return autoscaling.blockDevicesFromInstance === "none"
    ? []
    : (ec2.visibleImage(imageId)?.BlockDeviceMappings ?? []);
}
