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
  MinSize: number;
  MaxSize: number;
  DesiredCapacity: number;
  DefaultCooldown: number;
  AvailabilityZones: string[];
  LoadBalancerNames: string[];
  TargetGroupARNs: string[];
  HealthCheckType: string;
  HealthCheckGracePeriod: number;
  Instances: GroupMember[];
  CreatedTime: Date;
  SuspendedProcesses: { ProcessName: string; SuspensionReason: string }[];
  VPCZoneIdentifier: string;
  EnabledMetrics: { Metric: string; Granularity: string }[];
  Tags: GroupTag[];
  TerminationPolicies: string[];
  NewInstancesProtectedFromScaleIn: boolean;
  ServiceLinkedRoleARN: string;
}

export interface GroupMember {
  InstanceId: string;
  InstanceType: string;
  AvailabilityZone: string;
  LifecycleState: string;
  HealthStatus: string;
  LaunchConfigurationName?: string;
  ProtectedFromScaleIn: boolean;
}

export interface GroupTag {
  ResourceId: string;
  ResourceType: string;
  Key: string;
  Value: string;
  PropagateAtLaunch: boolean;
}
