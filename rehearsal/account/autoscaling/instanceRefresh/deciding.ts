import { type Census, takeCensus } from "./census";
import { isReached, pause, upToCheckpoint } from "./checkpoints";
import { CANCELLED, endAs, giveUp, type Refreshing, succeed } from "./ending";
import { noteHealthy, stalledBecause } from "./patience";
import { isReplaced, replace } from "./replacing";
import { restore } from "./restoring";
import { tell } from "./telling";
import { isUnderWay } from "./transitions";

/** Everything that a refresh does at one moment. */
export function decide(refreshing: Refreshing): void {
  const { progress, at } = refreshing;
  let before: string;
  do {
    before = progress.refresh.Status;
    (stages[before] ?? restore)(refreshing);
  } while (progress.refresh.Status !== before);
  progress.seenAt = at;
}

/** What there is to do in each status. Whatever is not here has ended. */
const stages: Record<string, (refreshing: Refreshing) => void> = {
  Pending: (refreshing) => {
    if (hasWaited(refreshing)) {
      const { refresh } = refreshing.progress;
      refresh.Status = "InProgress";
      refresh.StartTime = new Date(refreshing.at);
    }
  },
  InProgress: (refreshing) => {
    if (hasWaited(refreshing)) {
      goForward(refreshing);
    }
  },
  Baking: (refreshing) => {
    if (hasWaited(refreshing)) {
      succeed(refreshing);
    }
  },
  RollbackInProgress: goBack,
  Cancelling: (refreshing) => {
    const { account, group, progress, at } = refreshing;
    if (at >= (progress.until ?? at) && !isUnderWay(account, group)) {
      endAs(refreshing, "Cancelled", CANCELLED);
    }
  },
};

/** Whether it need not wait, or not any more. */
function hasWaited({ progress, at }: Refreshing): boolean {
  if (progress.until === undefined) {
    return true;
  }
  if (at < progress.until) {
    return false;
  }
  delete progress.until;
  progress.progressedAt = at;
  return true;
}

function goForward(refreshing: Refreshing): void {
  const { progress } = refreshing;
  const census = replaceNow(refreshing, upToCheckpoint(progress));
  if (isReplaced(progress, census)) {
    bakeOrSucceed(refreshing);
  } else if (isReached(progress, census)) {
    pause(refreshing, census);
  } else {
    losePatience(refreshing, census);
  }
}

function goBack(refreshing: Refreshing): void {
  const { progress } = refreshing;
  const census = replaceNow(refreshing, Infinity);
  if (isReplaced(progress, census)) {
    endAs(refreshing, "RollbackSuccessful", progress.refresh.StatusReason ?? "");
  } else {
    losePatience(refreshing, census);
  }
}

function replaceNow(refreshing: Refreshing, upTo: number): Census {
  const { group, progress, at } = refreshing;
  noteHealthy(refreshing);
  replace(refreshing, upTo);
  const census = takeCensus(group, progress, at);
  tell(progress, census);
  return census;
}

function bakeOrSucceed(refreshing: Refreshing): void {
  const { progress, at } = refreshing;
  const { BakeTime: seconds = 0 } = progress.preferences;
  if (seconds === 0) {
    succeed(refreshing);
    return;
  }
  progress.refresh.Status = "Baking";
  progress.refresh.StatusReason = `Waiting for the bake time of ${seconds} seconds.`;
  progress.until = at + seconds * 1000;
}

function losePatience(refreshing: Refreshing, census: Census): void {
  const reason = stalledBecause(refreshing, census);
  if (reason !== undefined) {
    giveUp(refreshing, reason);
  }
}
