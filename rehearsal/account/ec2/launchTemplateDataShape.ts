import { boolean, integer, list, string, structure } from "../parameters";

/**
 * The launch parameters that a new version can be given here. What becomes of a structure that the source version has
 * too is not known of network interfaces, placement and the like, so those are only inherited.
 */
export const launchTemplateDataShape = structure({
  ImageId: string(),
  InstanceType: string(),
  KeyName: string(),
  UserData: string(),
  KernelId: string(),
  EbsOptimized: boolean(),
  SecurityGroupIds: list(string()),
  BlockDeviceMappings: list(
    structure({
      DeviceName: string(),
      VirtualName: string(),
      NoDevice: string(),
      Ebs: structure({
        Encrypted: boolean(),
        DeleteOnTermination: boolean(),
        Iops: integer(),
        KmsKeyId: string(),
        SnapshotId: string(),
        VolumeSize: integer(),
        VolumeType: string(),
        Throughput: integer(),
      }),
    }),
  ),
});
