import type { LaunchTemplateSpecification, MixedInstancesPolicy } from "../shapes";

/** Auto Scaling's own shape of an instance refresh. */
export interface InstanceRefresh {
  InstanceRefreshId: string;
  AutoScalingGroupName: string;
  /** Pending, InProgress, Successful, Failed, Cancelling, Cancelled, RollbackInProgress, …, Baking. */
  Status: string;
  StatusReason?: string;
  /** A pending one has not started. */
  StartTime?: Date;
  EndTime?: Date;
  PercentageComplete?: number;
  InstancesToUpdate?: number;
  Preferences?: RefreshPreferences;
  /** What the group will launch from when the refresh has succeeded, where that is not what it launches from already. */
  DesiredConfiguration?: DesiredConfiguration;
  RollbackDetails?: RollbackDetails;
  Strategy?: Strategy;
}

export type Strategy = "Rolling" | "ReplaceRootVolume";

export interface DesiredConfiguration {
  LaunchTemplate?: LaunchTemplateSpecification;
  MixedInstancesPolicy?: MixedInstancesPolicy;
}

export interface RefreshPreferences {
  MinHealthyPercentage?: number;
  MaxHealthyPercentage?: number;
  InstanceWarmup?: number;
  SkipMatching?: boolean;
  AutoRollback?: boolean;
  AlarmSpecification?: { Alarms?: string[] };
  CheckpointPercentages?: number[];
  CheckpointDelay?: number;
  ScaleInProtectedInstances?: "Refresh" | "Ignore" | "Wait";
  StandbyInstances?: "Terminate" | "Ignore" | "Wait";
  BakeTime?: number;
}

/** The preferences of a refresh that goes on: what was not sent has its default. */
export type SettledPreferences = RefreshPreferences &
  Required<
    Pick<
      RefreshPreferences,
      | "MinHealthyPercentage"
      | "MaxHealthyPercentage"
      | "InstanceWarmup"
      | "SkipMatching"
      | "AutoRollback"
      | "ScaleInProtectedInstances"
      | "StandbyInstances"
    >
  >;

export interface RollbackDetails {
  RollbackReason: string;
  RollbackStartTime: Date;
  PercentageCompleteOnRollback: number;
  InstancesToUpdateOnRollback: number;
}

/** How many instances of a group run which image at one moment. */
export interface FleetEntry {
  at: Date;
  groupName: string;
  images: FleetImage[];
  refreshId?: string;
}

export interface FleetImage {
  imageId: string;
  /** In service and healthy. */
  healthy: number;
  /** On their way in or out, in standby, or not healthy. */
  other: number;
}
