import { boolean, integer, list, string, structure } from "../../parameters";
import { names } from "../limits";
import type { AutoScalingGroup } from "../shapes";
import type { RefreshPreferences, SettledPreferences } from "./shapes";

/** Two days. */
const longest = 172_800;

export const preferencesShape = structure({
  MinHealthyPercentage: integer({ min: 0, max: 100 }),
  MaxHealthyPercentage: integer({ min: 100, max: 200 }),
  InstanceWarmup: integer({ min: 0 }),
  SkipMatching: boolean(),
  AutoRollback: boolean(),
  AlarmSpecification: structure({ Alarms: names() }),
  CheckpointPercentages: list(integer({ min: 1, max: 100 })),
  CheckpointDelay: integer({ min: 0, max: longest }),
  ScaleInProtectedInstances: string({ enum: ["Refresh", "Ignore", "Wait"] }),
  StandbyInstances: string({ enum: ["Terminate", "Ignore", "Wait"] }),
  BakeTime: integer({ min: 0, max: longest }),
});

/** The preferences as they were sent, and where nothing was sent, what the group or else the API has as its default. */
export function settledPreferences(
  { InstanceMaintenancePolicy, DefaultInstanceWarmup, HealthCheckGracePeriod }: AutoScalingGroup,
  sent: RefreshPreferences,
): SettledPreferences {
  const { MinHealthyPercentage: min, MaxHealthyPercentage: max } = InstanceMaintenancePolicy ?? {};
  return {
    MinHealthyPercentage: set(min) ?? 90,
    MaxHealthyPercentage: set(max) ?? 100,
    InstanceWarmup: DefaultInstanceWarmup ?? HealthCheckGracePeriod,
    SkipMatching: false,
    AutoRollback: false,
    ScaleInProtectedInstances: "Wait",
    StandbyInstances: "Wait",
    ...(sent.CheckpointPercentages === undefined ? {} : { CheckpointDelay: 3600 }),
    ...sent,
  };
}

/** A policy whose percentages were taken away has -1 in their place. */
function set(percentage: number | undefined): number | undefined {
  return percentage === -1 ? undefined : percentage;
}
