import type { AccountState } from "./account/state";
import { architecturesOf } from "./account/autoscaling/architectures";
import { resolveSpecification } from "./account/autoscaling/launchTemplateSpecification";
import type { AutoScalingGroup, LaunchConfiguration } from "./account/autoscaling/shapes";
import { type TemplateLaunch, templateLaunches } from "./account/autoscaling/templateLaunches";
import { AwsError } from "./account/errors";
import { resolvedImage } from "./account/ssm/resolvedImage";

/** One kind of instance that a group would launch now, in the same members whatever it is launched from. */
export interface Launch {
  /** The override's index, or `base` where the group has no overrides. */
  for: "base" | number;
  imageId?: string;
  /** The image's, or where that is gone the type's. */
  architecture?: string;
  instanceType?: string;
  instanceRequirements?: object;
  weightedCapacity?: string;
  keyName?: string;
  securityGroups?: string[];
  /** The instance profile's ARN. */
  profile?: string;
  /** Base64. */
  userData?: string;
  metadataOptions?: object;
  monitoring?: boolean;
  blockDevices?: BlockDevice[];
  /** By type of resource. */
  tags?: object[];
  /** Interfaces, or the choice of a public address. */
  network?: object;
  placement?: object;
  /** Whatever else the source says. */
  others?: object;
}

export interface BlockDevice {
  DeviceName: string;
  Ebs?: { SnapshotId?: string; Encrypted?: boolean };
}

/**
 * What a group would launch now, computed from the account alone: without overrides one kind of instance, with some what
 * they make of it. Text where it could launch nothing: why.
 */
export function launches(account: AccountState, group: AutoScalingGroup): Launch[] | string {
  const { LaunchConfigurationName: name } = group;
  if (name !== undefined) {
    const configuration = account.autoscaling.launchConfigurations.get(name);
    return configuration === undefined
      ? `launch configuration ${name} does not exist`
      : [withArchitecture(account, ofConfiguration(account, configuration))];
  }
  try {
    const [base, ...overrides] = templateLaunches(group, (own) => resolveSpecification(account.ec2, own));
    const launched = overrides.length > 0 ? overrides : [base];
    return launched.map((launch) => withArchitecture(account, ofTemplate(account, launch)));
  } catch (error) {
    if (error instanceof AwsError) {
      return error.message;
    }
    throw error;
  }
}

function ofConfiguration(account: AccountState, configuration: LaunchConfiguration): Launch {
  const {
    ImageId,
    InstanceType,
    KeyName,
    SecurityGroups,
    IamInstanceProfile,
    UserData,
    MetadataOptions,
    InstanceMonitoring,
    BlockDeviceMappings,
    AssociatePublicIpAddress,
    PlacementTenancy,
    ...others
  } = configuration;
  return {
    for: "base",
    imageId: ImageId,
    instanceType: InstanceType,
    keyName: KeyName,
    securityGroups: SecurityGroups,
    profile: profileArn(account, IamInstanceProfile),
    // AWS answers an empty text where there is none.
    userData: UserData || undefined,
    metadataOptions: MetadataOptions,
    monitoring: InstanceMonitoring.Enabled,
    blockDevices: BlockDeviceMappings,
    network: { AssociatePublicIpAddress },
    placement: { PlacementTenancy },
    others: without(others, ["LaunchConfigurationName", "LaunchConfigurationARN", "CreatedTime"]),
  };
}

function ofTemplate(account: AccountState, { version, override, ...launch }: TemplateLaunch): Launch {
  const {
    KeyName,
    SecurityGroupIds,
    IamInstanceProfile,
    UserData,
    MetadataOptions,
    Monitoring,
    BlockDeviceMappings,
    TagSpecifications,
    NetworkInterfaces,
    Placement,
    InstanceRequirements,
    ...others
  } = version.LaunchTemplateData;
  return {
    for: launch.for,
    imageId: resolvedImage(account, launch.imageId),
    instanceType: launch.instanceType,
    // An override that names a type launches that one, whatever its template would choose from.
    instanceRequirements:
      override.InstanceRequirements ?? (override.InstanceType ? undefined : InstanceRequirements),
    weightedCapacity: override.WeightedCapacity,
    keyName: KeyName,
    securityGroups: SecurityGroupIds,
    profile: profileArn(account, IamInstanceProfile?.Arn ?? IamInstanceProfile?.Name),
    userData: UserData,
    metadataOptions: MetadataOptions,
    monitoring: Monitoring?.Enabled,
    blockDevices: BlockDeviceMappings,
    tags: TagSpecifications,
    network: NetworkInterfaces,
    placement: Placement,
    others: without(others, ["ImageId", "InstanceType"]),
  };
}

function withArchitecture(account: AccountState, launch: Launch): Launch {
  return { ...launch, architecture: architectureOf(account, launch.imageId, launch.instanceType) };
}

/** The image's architecture, or where the image is gone the one that the type runs. */
export function architectureOf(
  { ec2 }: AccountState,
  imageId?: string,
  instanceType?: string,
): string | undefined {
  return ec2.image(imageId ?? "")?.Architecture ?? architecturesOf(instanceType)?.at(-1);
}

function profileArn({ iam }: AccountState, nameOrArn: string | undefined): string | undefined {
  return nameOrArn === undefined ? undefined : (iam.instanceProfile(nameOrArn)?.arn ?? nameOrArn);
}

function without(value: object, members: string[]): object {
  return Object.fromEntries(Object.entries(value).filter(([member]) => !members.includes(member)));
}

/** What a launch is called in a sentence. */
export function launchName({ for: which, instanceType }: Launch): string {
  const type = instanceType ?? "any type that fits";
  return which === "base" ? type : `override ${which} (${type})`;
}
