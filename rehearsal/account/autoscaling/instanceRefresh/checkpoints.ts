import type { Census } from "./census";
import type { Refreshing } from "./ending";
import type { Progress } from "./progress";

/** How many may be replaced before it waits again: at least the percentage of the next checkpoint. */
export function upToCheckpoint({ preferences, total, checkpoints }: Progress): number {
  const percentage = preferences.CheckpointPercentages?.[checkpoints];
  // At the last one everything is replaced, and there is nothing to wait for.
  return percentage === undefined || percentage === 100 ? Infinity : Math.ceil((total * percentage) / 100);
}

export function isReached(progress: Progress, { updated, isLeaving }: Census): boolean {
  return !isLeaving && updated + progress.endedInStandby >= upToCheckpoint(progress);
}

/** Waits for the delay. What so few instances have made one checkpoint of is waited for once. */
export function pause({ progress, at }: Refreshing, { updated }: Census): void {
  const { CheckpointPercentages: percentages = [], CheckpointDelay: delay = 3600 } = progress.preferences;
  const done = updated + progress.endedInStandby;
  const reached = percentages[progress.checkpoints];
  while (done >= upToCheckpoint(progress)) {
    progress.checkpoints += 1;
  }
  progress.until = at + delay * 1000;
  progress.refresh.StatusReason = `Waiting for ${delay} seconds at the checkpoint of ${reached} percent.`;
}
