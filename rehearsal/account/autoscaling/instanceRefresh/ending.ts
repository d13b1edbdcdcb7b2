import type { AccountState } from "../../state";
import { setSource, sourceOf } from "../launchSource";
import type { AutoScalingGroup } from "../shapes";
import { isLive } from "./census";
import type { Instant, Progress } from "./progress";
import { isBad, terminate } from "./transitions";

/** What a refresh works on. */
export interface Refreshing {
  account: AccountState;
  group: AutoScalingGroup;
  progress: Progress;
  at: Instant;
}

/** The group launches from then on what the refresh has launched. */
export function succeed({ group, progress: { refresh }, at }: Refreshing): void {
  if (refresh.DesiredConfiguration) {
    setSource(group, structuredClone(refresh.DesiredConfiguration));
  }
  Object.assign(refresh, { Status: "Successful", PercentageComplete: 100, InstancesToUpdate: 0 });
  refresh.EndTime = new Date(at);
  delete refresh.StatusReason;
}

/** What AWS makes of something that is wrong depends on the preferences, and on whether it is going back already. */
export function giveUp(refreshing: Refreshing, reason: string): void {
  const { refresh, preferences } = refreshing.progress;
  if (refresh.Status === "RollbackInProgress") {
    endAs(refreshing, "RollbackFailed", reason);
  } else if (preferences.AutoRollback) {
    rollBack(refreshing, `Automatic rollback was initiated. ${reason}`);
  } else {
    endAs(refreshing, "Failed", reason);
  }
}

/** What was replaced is replaced again, by what the group launches: nobody could change that meanwhile. */
export function rollBack({ group, progress, at }: Refreshing, reason: string): void {
  const { refresh, fresh } = progress;
  const { PercentageComplete = 0, InstancesToUpdate = progress.total } = refresh;
  Object.assign(refresh, { Status: "RollbackInProgress", StatusReason: reason });
  refresh.RollbackDetails = {
    RollbackReason: reason,
    RollbackStartTime: new Date(at),
    PercentageCompleteOnRollback: PercentageComplete,
    InstancesToUpdateOnRollback: InstancesToUpdate,
  };
  refresh.StartTime ??= new Date(at);
  progress.source = sourceOf(group);
  const replaced = group.Instances.filter((member) => fresh.has(member.InstanceId) && isLive(member));
  progress.outdated = new Set(replaced.map(({ InstanceId }) => InstanceId));
  progress.total = progress.outdated.size;
  progress.fresh = new Map();
  progress.retired = 0;
  progress.endedInStandby = 0;
  progress.progressedAt = at;
  delete progress.until;
}

const CANCELLATION_SECONDS = 30;

/** What was replaced stays. What is under way arrives anyway; the question is only whether that is waited for. */
export function cancel(refreshing: Refreshing, waits: boolean): void {
  const { progress, at } = refreshing;
  if (!waits) {
    endAs(refreshing, "Cancelled", CANCELLED);
    return;
  }
  progress.refresh.Status = "Cancelling";
  progress.refresh.StatusReason = "Cancelling due to user request.";
  progress.until = at + CANCELLATION_SECONDS * 1000;
  dropBad(refreshing);
}

export const CANCELLED = "Cancelled due to user request.";

export function endAs(refreshing: Refreshing, status: string, reason: string): void {
  const { progress, at } = refreshing;
  progress.refresh.Status = status;
  progress.refresh.StatusReason = reason;
  progress.refresh.EndTime = new Date(at);
  delete progress.until;
  dropBad(refreshing);
}

/** Auto Scaling replaces what is not healthy, whether or not a refresh has launched it. Here that is done once. */
function dropBad({ account, group, progress, at }: Refreshing): void {
  for (const member of group.Instances) {
    if (progress.fresh.has(member.InstanceId) && isLive(member) && isBad(account, member)) {
      terminate(account, group, member, at);
    }
  }
  progress.fresh.clear();
}
