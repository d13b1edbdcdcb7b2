import type { Tag } from "./shapes";

/** EC2's shapes of launch templates, as far as the account fills them in or looks at them. */

/** A launch template with its versions, which are numbered from 1 and keep their numbers when others are deleted. */
export interface LaunchTemplate {
  LaunchTemplateId: string;
  LaunchTemplateName: string;
  CreateTime: Date;
  CreatedBy: string;
  DefaultVersionNumber: number;
  /** The highest number that was ever given; a number is never given twice. */
  lastNumber: number;
  versions: Map<number, LaunchTemplateVersion>;
  Tags: Tag[];
}

export interface LaunchTemplateVersion {
  VersionNumber: number;
  VersionDescription?: string;
  CreateTime: Date;
  CreatedBy: string;
  LaunchTemplateData: LaunchTemplateData;
}

export interface LaunchTemplateData {
  KernelId?: string;
  EbsOptimized?: boolean;
  IamInstanceProfile?: { Arn?: string; Name?: string };
  BlockDeviceMappings?: TemplateBlockDevice[];
  NetworkInterfaces?: {
    DeviceIndex?: number;
    SubnetId?: string;
    Groups?: string[];
    AssociatePublicIpAddress?: boolean;
  }[];
  ImageId?: string;
  InstanceType?: string;
  InstanceRequirements?: object;
  KeyName?: string;
  Monitoring?: { Enabled?: boolean };
  Placement?: {
    AvailabilityZone?: string;
    GroupName?: string;
    GroupId?: string;
    HostResourceGroupArn?: string;
    Tenancy?: string;
  };
  UserData?: string;
  TagSpecifications?: { ResourceType: string; Tags: Tag[] }[];
  SecurityGroupIds?: string[];
  CapacityReservationSpecification?: {
    CapacityReservationPreference?: string;
    CapacityReservationTarget?: {
      CapacityReservationId?: string;
      CapacityReservationResourceGroupArn?: string;
    };
  };
  InstanceMarketOptions?: { MarketType?: string };
  LicenseSpecifications?: { LicenseConfigurationArn?: string }[];
  MetadataOptions?: {
    HttpTokens?: string;
    HttpPutResponseHopLimit?: number;
    HttpEndpoint?: string;
    HttpProtocolIpv6?: string;
    InstanceMetadataTags?: string;
  };
  SecondaryInterfaces?: { DeviceIndex?: number; SecondarySubnetId?: string }[];
}

export interface TemplateBlockDevice {
  DeviceName: string;
  VirtualName?: string;
  Ebs?: {
    Encrypted?: boolean;
    DeleteOnTermination?: boolean;
    Iops?: number;
    KmsKeyId?: string;
    SnapshotId?: string;
    VolumeSize?: number;
    VolumeType?: string;
    Throughput?: number;
  };
  NoDevice?: string;
}

/** An EC2 fleet or a Spot fleet request: something beside Auto Scaling groups that launches from templates. */
export interface Fleet {
  /** `fleet-…` for an EC2 fleet, `sfr-…` for a Spot fleet request. */
  id: string;
  kind: "ec2" | "spot";
  /** `active`, `submitted`, `modifying`, `deleted`, `cancelled`, … */
  state: string;
  type: "maintain" | "request";
  specifications: { LaunchTemplateId?: string; LaunchTemplateName?: string; Version?: string }[];
}
