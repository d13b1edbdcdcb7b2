import type { AccountState } from "../state";
import { imageNotFound } from "../ec2/describeImages";
import { AwsError } from "../errors";
import { operation } from "../operation";
import { boolean, integer, list, string, structure } from "../parameters";
import { validationError } from "./errors";
import { launchConfigurationDemands } from "./launchConfigurationDemands";
import {
  type CreateLaunchConfigurationRequest,
  deriveLaunchConfiguration,
} from "./launchConfigurationSource";
import { name, userData, xmlText, xmlTextTo } from "./limits";
import type { BlockDevice } from "./shapes";

const blockDevice = structure(
  {
    DeviceName: name(),
    VirtualName: name(),
    Ebs: structure({
      SnapshotId: name(),
      VolumeSize: integer({ min: 1, max: 16384 }),
      VolumeType: string({ min: 1, max: 255 }),
      DeleteOnTermination: boolean(),
      Iops: integer({ min: 100, max: 20000 }),
      Encrypted: boolean(),
      Throughput: integer({ min: 125, max: 1000 }),
    }),
    NoDevice: boolean(),
  },
  ["DeviceName"],
);

const metadataOptions = structure({
  HttpTokens: string({ enum: ["optional", "required"] }),
  HttpPutResponseHopLimit: integer({ min: 1, max: 64 }),
  HttpEndpoint: string({ enum: ["disabled", "enabled"] }),
});

export const createLaunchConfiguration = operation<CreateLaunchConfigurationRequest>({
  api: "CreateLaunchConfiguration",
  input: structure(
    {
      LaunchConfigurationName: name(),
      ImageId: name(),
      KeyName: name(),
      SecurityGroups: list(xmlText()),
      ClassicLinkVPCId: name(),
      ClassicLinkVPCSecurityGroups: list(name()),
      UserData: userData(),
      InstanceId: xmlTextTo(19),
      InstanceType: name(),
      KernelId: name(),
      RamdiskId: name(),
      BlockDeviceMappings: list(blockDevice),
      InstanceMonitoring: structure({ Enabled: boolean() }),
      SpotPrice: string({ min: 1, max: 255 }),
      IamInstanceProfile: xmlTextTo(1600),
      EbsOptimized: boolean(),
      AssociatePublicIpAddress: boolean(),
      PlacementTenancy: xmlTextTo(64),
      MetadataOptions: metadataOptions,
    },
    ["LaunchConfigurationName"],
  ),
  demands: launchConfigurationDemands,
  perform: (account, request) => {
    checkNameIsFree(account, request.LaunchConfigurationName);
    checkQuota(account);
    checkSource(account, request);
    checkImage(account, request.ImageId);
    (request.BlockDeviceMappings ?? []).forEach(checkBlockDevice);
    checkTenancy(request.PlacementTenancy);
    const configuration = deriveLaunchConfiguration(account, request);
    checkProfile(account, configuration.IamInstanceProfile);
    account.autoscaling.launchConfigurations.set(configuration.LaunchConfigurationName, configuration);
    return {};
  },
});

function checkNameIsFree({ autoscaling }: AccountState, wanted: string): void {
  if (autoscaling.launchConfigurations.has(wanted)) {
    throw new AwsError(
      "AlreadyExists",
      `Launch Configuration by this name already exists - A launch configuration already exists with the name ${wanted}`,
    );
  }
}

function checkQuota({ autoscaling }: AccountState): void {
  const quota = autoscaling.quotas.launchConfigurations;
  if (autoscaling.launchConfigurations.size >= quota) {
    throw new AwsError(
      "LimitExceeded",
      `Launch Configuration limit exceeded - You may only have ${quota} launch configurations`,
    );
  }
}

/** Either an instance to take everything from, or at least what no launch can do without. */
function checkSource(
  account: AccountState,
  { InstanceId, ImageId, InstanceType }: CreateLaunchConfigurationRequest,
) {
  if (InstanceId !== undefined) {
    checkInstance(account, InstanceId);
  } else if (ImageId === undefined || InstanceType === undefined) {
    throw validationError(
      "Valid requests must contain either the InstanceID parameter or both the ImageId and InstanceType parameters.",
    );
  }
}

/** AWS states that the image which the instance was launched from must still exist, and names no way round it. */
function checkInstance(account: AccountState, instanceId: string): void {
  const source = account.ec2.instances.get(instanceId);
  if (!source) {
    throw validationError(`The instance ID '${instanceId}' does not exist`);
  }
  checkImage(account, source.instance.ImageId);
}

/** Auto Scaling looks the image up where everybody does, so a new one is not there for a while. */
function checkImage(account: AccountState, imageId: string | undefined): void {
  if (imageId !== undefined && !account.ec2.visibleImage(imageId)) {
    throw validationError(`AMI ${imageId} is invalid: ${imageNotFound([imageId])}`);
  }
}

/** Launch configurations know fewer volume types than EC2 does: no io2. */
const volumeTypes = ["standard", "io1", "gp2", "st1", "sc1", "gp3"];

function checkBlockDevice({ DeviceName, Ebs: ebs }: BlockDevice): void {
  if (ebs && ebs.SnapshotId === undefined && ebs.VolumeSize === undefined) {
    throw validationError(
      `Invalid block device mapping ${DeviceName}: You must specify either a VolumeSize or a SnapshotId.`,
    );
  }
  if (ebs?.VolumeType !== undefined && !volumeTypes.includes(ebs.VolumeType)) {
    throw validationError(
      `Invalid volume type '${ebs.VolumeType}' for ${DeviceName}: it must be one of ${volumeTypes.join(", ")}.`,
    );
  }
}

function checkTenancy(tenancy: string | undefined): void {
  if (tenancy !== undefined && !["default", "dedicated"].includes(tenancy)) {
    throw validationError(
      `Invalid value '${tenancy}' for PlacementTenancy: it must be default or dedicated.`,
    );
  }
}

function checkProfile({ iam }: AccountState, profile: string | undefined): void {
  if (profile !== undefined && !iam.instanceProfile(profile)) {
    throw validationError(`Invalid IamInstanceProfile: ${profile}`);
  }
}
