import type { Census } from "./census";
import type { Progress } from "./progress";

/** Writes into the refresh how far it is. On its way back the percentage goes down to zero, and nothing else changes. */
export function tell(progress: Progress, census: Census): void {
  const { refresh, total, outdated } = progress;
  if (refresh.Status === "RollbackInProgress") {
    const { PercentageCompleteOnRollback: before = 0 } = refresh.RollbackDetails ?? {};
    const left = census.replaceable.length + census.waitedFor.length;
    refresh.PercentageComplete = outdated.size === 0 ? 0 : Math.floor((before * left) / outdated.size);
    return;
  }
  const done = Math.min(total, census.updated + progress.endedInStandby);
  refresh.PercentageComplete = total === 0 ? 100 : Math.floor((100 * done) / total);
  refresh.InstancesToUpdate = total - done;
  const [warming] = census.warming;
  if (warming) {
    // AWS's own words.
    refresh.StatusReason = `Waiting for instances to warm up before continuing. For example: ${warming.InstanceId} is warming up.`;
  } else {
    delete refresh.StatusReason;
  }
}
