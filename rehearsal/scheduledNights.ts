import { ruleFirings } from "./account/events";
import { type Deployment, scheduled, scheduledOnly } from "./deploy/provision";
import { RehearsalError } from "./errors";
import type { Night, Start } from "./nights";
import { documentOf } from "./nights/starting";
import { conclude, happen, type Rehearsal, type Stage } from "./stage";
import { countsOf, type NightCounts, verifyNight } from "./verification";

/** What is remembered of the nights when they are over. */
export interface NightsPast {
  counts: NightCounts[];
  /** The numbers of the nights of which something does not hold. */
  failed: number[];
}

/** Lets all nights happen that the schedule starts. */
export function letNightsHappen(stage: Stage): NightsPast {
  const { rehearsal, account, configured, deployment } = stage;
  const { nights, only } = rehearsal;
  const started = only === undefined ? deployment : scheduledOnly(deployment, documentOf(deployment, only));
  const title = ({ number }: Night) => `Night ${number} of ${nights}`;
  const past: NightsPast = { counts: [], failed: [] };
  const happening = { deployment: started, starts: startsOf(rehearsal, deployment) };
  for (const { night, before } of happen(stage, happening, title)) {
    const verified = verifyNight(account, night, configured, before);
    if (!conclude(stage, night, verified, nights > 1 ? `night ${night.number}` : undefined)) {
      past.failed.push(night.number);
    }
    past.counts.push(countsOf(night));
  }
  return past;
}

/** What is started in each night, by the schedule or by hand. */
export function startedRunbooks({ only }: Rehearsal, deployment: Deployment): string[] {
  return only === undefined ? scheduled(deployment).map(({ runbook }) => runbook) : [only];
}

/**
 * The next times that the schedule fires. What a disabled rule would start, or what it does not start, a person starts then.
 */
function startsOf({ from, nights, stack, only }: Rehearsal, deployment: Deployment): Start[] {
  const { rule } = deployment;
  const starts: Start[] = [];
  const bySchedule = scheduled(deployment).map(({ runbook }) => runbook);
  const byHand =
    rule.enabled && (only === undefined || bySchedule.includes(only))
      ? undefined
      : (only === undefined ? bySchedule : [only]).map((runbook) => ({ runbook }));
  for (const at of ruleFirings(rule, from)) {
    starts.push({ at, byHand });
    if (starts.length === nights) {
      return starts;
    }
  }
  throw new RehearsalError(
    `The schedule ${rule.scheduleExpression} of stack ${stack.name} fires ${starts.length} times from ` +
      `${from.toISOString()} on, not ${nights}: correct cron, or give an earlier --from or fewer --nights.`,
  );
}
