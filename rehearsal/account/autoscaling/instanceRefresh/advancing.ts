import type { AccountState } from "../../state";
import { decide } from "./deciding";
import { giveUp, type Refreshing } from "./ending";
import { logFleet } from "./fleet";
import { momentsOf } from "./patience";
import type { Instant } from "./progress";
import { arrive } from "./transitions";

/**
 * Brings every instance refresh from where it was last seen to the present, moment by moment. Whoever looks at the account
 * calls this first; in between nothing happens, and nobody notices.
 */
export function advanceRefreshes(account: AccountState): void {
  const { refreshing, transitions } = account.autoscaling;
  if (refreshing.size === 0 && transitions.length === 0) {
    return;
  }
  const now = account.clock.now().getTime();
  for (let at = nextMoment(account); at !== undefined && at < now; at = nextMoment(account)) {
    pass(account, at);
  }
  heedAlarms(account, now);
  pass(account, now);
}

function nextMoment({ autoscaling: { refreshing, transitions } }: AccountState): Instant | undefined {
  const moments = [...transitions.map(({ at }) => at), ...[...refreshing.values()].flatMap(momentsOf)];
  return moments.length === 0 ? undefined : Math.min(...moments);
}

function pass(account: AccountState, at: Instant): void {
  arrive(account, at);
  for (const one of refreshings(account, at)) {
    decide(one);
    logFleet(account, one.group, one.progress.refresh, new Date(at), "changed");
  }
}

/** A refresh of a group that somebody has deleted is gone with it. */
function refreshings(account: AccountState, at: Instant): Refreshing[] {
  const { refreshing, groups } = account.autoscaling;
  return [...refreshing].flatMap(([name, progress]) => {
    const group = groups.get(name);
    if (!group) {
      refreshing.delete(name);
      return [];
    }
    return [{ account, group, progress, at }];
  });
}

/** Alarms have no history here: one is heeded when somebody looks and finds it in ALARM. */
function heedAlarms(account: AccountState, now: Instant): void {
  for (const one of refreshings(account, now)) {
    const { refresh, preferences } = one.progress;
    const names = preferences.AlarmSpecification?.Alarms ?? [];
    const alarm = account.cloudwatch.alarms.find(
      ({ name, state }) => names.includes(name) && state === "ALARM",
    );
    if (alarm && ["InProgress", "Baking"].includes(refresh.Status)) {
      giveUp(one, `The CloudWatch alarm ${alarm.name} is in the ALARM state.`);
    }
  }
}
