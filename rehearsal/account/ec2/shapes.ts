/** EC2's own shapes, as far as the account fills them in. */

export interface Tag {
  Key: string;
  Value: string;
}

export interface StateReason {
  Code: string;
  Message: string;
}

export interface Instance {
  InstanceId: string;
  ImageId: string;
  InstanceType: string;
  State: { Code: number; Name: string };
  /** When and why it was stopped; EC2 has an empty text for one that runs. */
  StateTransitionReason?: string;
  /** Why it is in its state, where something brought it there. */
  StateReason?: StateReason;
  LaunchTime: Date;
  Architecture: string;
  VirtualizationType: string;
  Hypervisor: string;
  EnaSupport: boolean;
  BootMode?: string;
  CurrentInstanceBootMode?: string;
  RootDeviceType: string;
  RootDeviceName: string;
  BlockDeviceMappings: InstanceBlockDevice[];
  MetadataOptions: InstanceMetadata;
  IamInstanceProfile?: { Arn: string; Id: string };
  KeyName?: string;
  KernelId?: string;
  RamdiskId?: string;
  SecurityGroups: { GroupId: string; GroupName: string }[];
  Monitoring: { State: string };
  EbsOptimized: boolean;
  Placement: { AvailabilityZone: string; GroupName: string; Tenancy: string };
  SubnetId: string;
  VpcId: string;
  PrivateIpAddress: string;
  PublicIpAddress?: string;
  PlatformDetails: string;
  UsageOperation: string;
  Tags: Tag[];
}

export interface InstanceBlockDevice {
  DeviceName: string;
  Ebs: { VolumeId: string; AttachTime: Date; DeleteOnTermination: boolean; Status: string };
}

export interface InstanceMetadata {
  State: string;
  HttpTokens: string;
  HttpPutResponseHopLimit: number;
  HttpEndpoint: string;
  HttpProtocolIpv6: string;
  InstanceMetadataTags: string;
}

export interface Image {
  ImageId: string;
  Name: string;
  Description?: string;
  State: string;
  StateReason?: StateReason;
  CreationDate: string;
  OwnerId: string;
  ImageOwnerAlias?: string;
  ImageLocation: string;
  ImageType: string;
  Public: boolean;
  SourceInstanceId?: string;
  Architecture: string;
  VirtualizationType: string;
  Hypervisor: string;
  EnaSupport: boolean;
  BootMode?: string;
  PlatformDetails: string;
  UsageOperation: string;
  RootDeviceType: string;
  RootDeviceName: string;
  BlockDeviceMappings: ImageBlockDevice[];
  /** From when on listings show it to its owner only. */
  DeprecationTime?: string;
  /** `enabled-without-cooldown` and the like; without it, anybody who may can deregister the image. */
  DeregistrationProtection?: string;
  Tags: Tag[];
}

/** Somebody who may launch an image: exactly one of the members. */
export interface LaunchPermission {
  UserId?: string;
  Group?: "all";
  OrganizationArn?: string;
  OrganizationalUnitArn?: string;
}

/** Something in this account that refers to an image. */
export interface ImageReference {
  ImageId: string;
  ResourceType: string;
  Arn: string;
}

export interface ImageBlockDevice {
  DeviceName: string;
  Ebs: {
    SnapshotId: string;
    VolumeSize: number;
    VolumeType: string;
    Encrypted: boolean;
    DeleteOnTermination: boolean;
    Iops?: number;
    Throughput?: number;
  };
}

export interface Snapshot {
  SnapshotId: string;
  VolumeId: string;
  VolumeSize: number;
  OwnerId: string;
  Description: string;
  Encrypted: boolean;
  /** The key's ARN, where it is encrypted. */
  KmsKeyId?: string;
  State: string;
  Progress: string;
  StartTime: Date;
  StorageTier: string;
  Tags: Tag[];
}

/** An EBS volume that is attached to an instance: the part of it that ends up in images. */
export interface Volume {
  VolumeId: string;
  Size: number;
  VolumeType: string;
  Encrypted: boolean;
  /** The key's ARN, where it is encrypted. */
  KmsKeyId?: string;
  Iops?: number;
  Throughput?: number;
}
