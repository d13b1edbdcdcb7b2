/** Auto Scaling's own shapes, as far as the account fills them in. */

export interface LaunchConfiguration {
  LaunchConfigurationName: string;
  LaunchConfigurationARN: string;
  ImageId: string;
  KeyName?: string;
  SecurityGroups: string[];
  ClassicLinkVPCId?: string;
  ClassicLinkVPCSecurityGroups: string[];
  UserData: string;
  InstanceType: string;
  KernelId: string;
  RamdiskId: string;
  BlockDeviceMappings: BlockDevice[];
  InstanceMonitoring: { Enabled: boolean };
  SpotPrice?: string;
  IamInstanceProfile?: string;
  CreatedTime: Date;
  EbsOptimized: boolean;
  AssociatePublicIpAddress?: boolean;
  PlacementTenancy?: string;
  MetadataOptions?: MetadataOptions;
}

export interface BlockDevice {
  DeviceName: string;
  VirtualName?: string;
  Ebs?: {
    SnapshotId?: string;
    VolumeSize?: number;
    VolumeType?: string;
    DeleteOnTermination?: boolean;
    Iops?: number;
    Encrypted?: boolean;
    Throughput?: number;
  };
  NoDevice?: boolean;
}

export interface MetadataOptions {
  HttpTokens?: string;
  HttpPutResponseHopLimit?: number;
  HttpEndpoint?: string;
}

export interface AutoScalingGroup {
  AutoScalingGroupName: string;
  AutoScalingGroupARN: string;
  LaunchConfigurationName?: string;
  LaunchTemplate?: LaunchTemplateSpecification;
  MixedInstancesPolicy?: MixedInstancesPolicy;
  MinSize: number;
  MaxSize: number;
  DesiredCapacity: number;
  DefaultCooldown: number;
  AvailabilityZones: string[];
  LoadBalancerNames: string[];
  TargetGroupARNs: string[];
  HealthCheckType: string;
  HealthCheckGracePeriod: number;
  DefaultInstanceWarmup?: number;
  /** How many instances a replacement keeps, where nobody says anything else; -1 is no such percentage. */
  InstanceMaintenancePolicy?: { MinHealthyPercentage?: number; MaxHealthyPercentage?: number };
  Instances: GroupMember[];
  CreatedTime: Date;
  SuspendedProcesses: { ProcessName: string; SuspensionReason: string }[];
  VPCZoneIdentifier: string;
  PlacementGroup?: string;
  CapacityReservationSpecification?: CapacityReservationSpecification;
  EnabledMetrics: { Metric: string; Granularity: string }[];
  Tags: GroupTag[];
  TerminationPolicies: string[];
  NewInstancesProtectedFromScaleIn: boolean;
  ServiceLinkedRoleARN: string;
}

/** What a group launches from: it has exactly one of the three. */
export type LaunchSource = Pick<
  AutoScalingGroup,
  "LaunchConfigurationName" | "LaunchTemplate" | "MixedInstancesPolicy"
>;

/** AWS keeps both the id and the name, and answers both; a request may have only one of them. */
export interface LaunchTemplateSpecification {
  LaunchTemplateId?: string;
  LaunchTemplateName?: string;
  /** A number as text, `$Latest` or `$Default`; without it, the default version. */
  Version?: string;
}

export interface MixedInstancesPolicy {
  LaunchTemplate?: {
    LaunchTemplateSpecification?: LaunchTemplateSpecification;
    Overrides?: LaunchTemplateOverride[];
  };
  InstancesDistribution?: {
    OnDemandAllocationStrategy?: string;
    OnDemandBaseCapacity?: number;
    OnDemandPercentageAboveBaseCapacity?: number;
    SpotAllocationStrategy?: string;
    SpotInstancePools?: number;
    SpotMaxPrice?: string;
    DistributionSegments?: { TargetCapacityTypes?: string[] }[];
  };
}

export interface CapacityReservationSpecification {
  CapacityReservationPreference?: string;
  CapacityReservationTarget?: {
    CapacityReservationIds?: string[];
    CapacityReservationResourceGroupArns?: string[];
  };
}

export interface LaunchTemplateOverride {
  InstanceType?: string;
  WeightedCapacity?: string;
  LaunchTemplateSpecification?: LaunchTemplateSpecification;
  InstanceRequirements?: InstanceRequirements;
  ImageId?: string;
}

/** The two members that AWS requires, and what else the account's groups use. */
export interface InstanceRequirements {
  VCpuCount: { Min: number; Max?: number };
  MemoryMiB: { Min: number; Max?: number };
  CpuManufacturers?: string[];
  AllowedInstanceTypes?: string[];
}

export interface GroupMember {
  InstanceId: string;
  InstanceType: string;
  AvailabilityZone: string;
  LifecycleState: string;
  HealthStatus: string;
  LaunchConfigurationName?: string;
  LaunchTemplate?: LaunchTemplateSpecification;
  ProtectedFromScaleIn: boolean;
  WeightedCapacity?: string;
}

export interface GroupTag {
  ResourceId: string;
  ResourceType: string;
  Key: string;
  Value: string;
  PropagateAtLaunch: boolean;
}
