import { type Census, isHealthy } from "./census";
import type { Refreshing } from "./ending";
import type { Instant, Progress } from "./progress";

/** After so long without progress AWS gives up. */
const PATIENCE = 60 * 60 * 1000;

/** Replacements that are healthy now begin to warm up. That takes its time, and is progress. */
export function noteHealthy({ group, progress, at }: Refreshing): void {
  for (const member of group.Instances) {
    const own = progress.fresh.get(member.InstanceId);
    if (own && own.readyAt === undefined && isHealthy(member)) {
      own.readyAt = at + progress.preferences.InstanceWarmup * 1000;
      progress.progressedAt = Math.max(progress.progressedAt, own.readyAt);
    }
  }
}

/** Why it has stood still for too long, if it has. The words are the rehearsal's own. */
export function stalledBecause({ group, progress, at }: Refreshing, census: Census): string | undefined {
  if (at < progress.progressedAt + PATIENCE) {
    return undefined;
  }
  const unhealthy = census.fresh.find((member) => !isHealthy(member));
  const waitedFor = census.waitedFor.at(0);
  if (unhealthy) {
    return `Waited one hour for instances to become healthy. For example: ${unhealthy.InstanceId} is unhealthy.`;
  }
  if (waitedFor) {
    const why = waitedFor.LifecycleState === "Standby" ? "in standby" : "protected from scale in";
    return `Waited one hour for instances that cannot be replaced. For example: ${waitedFor.InstanceId} is ${why}.`;
  }
  return `No instance of the Auto Scaling group ${group.AutoScalingGroupName} could be replaced for one hour.`;
}

/** The moments at which something happens that is not the arrival of an instance. */
export function momentsOf({ refresh, until, progressedAt, fresh, seenAt }: Progress): Instant[] {
  const goesOn = ["InProgress", "RollbackInProgress"].includes(refresh.Status);
  const warm = [...fresh.values()].map(({ readyAt }) => readyAt);
  const moments = goesOn && until === undefined ? [progressedAt + PATIENCE, ...warm] : [until];
  return moments.filter((one) => one !== undefined && one > seenAt) as Instant[];
}
