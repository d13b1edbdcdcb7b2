import { boolean, integer, list, string, structure } from "../parameters";
import { validationError } from "./errors";
import { name } from "./limits";
import type { AutoScalingGroup } from "./shapes";

/** How instances are replaced, as a request says it. */
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

/** What AWS takes where nothing is said. */
export type ResolvedPreferences = RefreshPreferences &
  Required<
    Pick<
      RefreshPreferences,
      | "MinHealthyPercentage"
      | "MaxHealthyPercentage"
      | "InstanceWarmup"
      | "CheckpointDelay"
      | "ScaleInProtectedInstances"
      | "StandbyInstances"
      | "BakeTime"
    >
  >;

export const refreshPreferences = structure({
  MinHealthyPercentage: integer({ min: 0, max: 100 }),
  MaxHealthyPercentage: integer({ min: 100, max: 200 }),
  InstanceWarmup: integer({ min: 0 }),
  SkipMatching: boolean(),
  AutoRollback: boolean(),
  AlarmSpecification: structure({ Alarms: list(name()) }),
  CheckpointPercentages: list(integer({ min: 1, max: 100 })),
  CheckpointDelay: integer({ min: 0, max: 172800 }),
  ScaleInProtectedInstances: string({ enum: ["Refresh", "Ignore", "Wait"] }),
  StandbyInstances: string({ enum: ["Terminate", "Ignore", "Wait"] }),
  BakeTime: integer({ min: 0, max: 172800 }),
});

/** The preferences with AWS's defaults, or what AWS has against them. */
export function resolvePreferences(group: AutoScalingGroup, given: RefreshPreferences): ResolvedPreferences {
  const { MinHealthyPercentage: min, MaxHealthyPercentage: max, CheckpointPercentages: checkpoints } = given;
  if (max !== undefined && min === undefined) {
    throw validationError("MinHealthyPercentage is required when MaxHealthyPercentage is specified.");
  }
  if (max !== undefined && min !== undefined && max - min > 100) {
    throw validationError(
      "The difference between MaxHealthyPercentage and MinHealthyPercentage exceeds 100.",
    );
  }
  if (checkpoints?.some((one, index) => index > 0 && one <= checkpoints[index - 1])) {
    throw validationError("CheckpointPercentages must be in ascending order.");
  }
  return {
    ScaleInProtectedInstances: "Wait",
    StandbyInstances: "Wait",
    MaxHealthyPercentage: 100,
    MinHealthyPercentage: 90,
    CheckpointDelay: 3600,
    BakeTime: 0,
    InstanceWarmup: group.DefaultInstanceWarmup ?? group.HealthCheckGracePeriod,
    ...maintenancePolicy(group),
    ...given,
  };
}

function maintenancePolicy({ InstanceMaintenancePolicy: policy }: AutoScalingGroup): RefreshPreferences {
  return policy === undefined || policy.MinHealthyPercentage < 0 ? {} : policy;
}
