import { writeLocalTime } from "./account/localTime";
import { timerFirings } from "./account/timer";
import { type Deployment, scheduled, scheduledOnly } from "./deploy/provision";
import { RehearsalError } from "./errors";
import type { Night, Start } from "./nights";
import { documentOf, type Mishap } from "./nights/starting";
import { conclude, happen, type Mishaps, type Rehearsal, type Stage, watched } from "./stage";
import {
  countsOf,
  type NightCounts,
  verifyBadNight,
  verifyNight,
  verifyUnpatchedNight,
  verifyWatch,
} from "./verification";

/** What is remembered of the nights when they are over. */
export interface NightsPast {
  counts: NightCounts[];
  /** The numbers of the nights of which something does not hold. */
  failed: number[];
}

/** Lets all nights happen that the schedule starts. */
export function letNightsHappen(stage: Stage): NightsPast {
  const { rehearsal, account, configured, deployment } = stage;
  const { nights, only, mishaps } = rehearsal;
  if (mishaps?.bad !== undefined && !refreshes(deployment)) {
    throw new RehearsalError(
      `--bad-image ${mishaps.bad} would change nothing, because the roll-out of this program replaces no instances: set ` +
        "instanceRefresh, or leave the option out.",
    );
  }
  if (mishaps?.unpatched !== undefined && !patches(deployment)) {
    throw new RehearsalError(
      `--failing-patch ${mishaps.unpatched} would change nothing, because this program runs no command on the golden instance: ` +
        "set patch, or leave the option out.",
    );
  }
  const started = only === undefined ? deployment : scheduledOnly(deployment, documentOf(deployment, only));
  const { timeZone } = deployment.timer;
  const title = ({ number, startedAt }: Night) =>
    `Night ${number} of ${nights}${timeZone === undefined ? "" : `, ${writeLocalTime(timeZone, new Date(startedAt))}`}`;
  const past: NightsPast = { counts: [], failed: [] };
  const happening = { deployment: started, starts: withWatch(stage, startsOf(rehearsal, deployment)) };
  for (const { night, before } of happen(stage, happening, title)) {
    if (night.kind === "watch") {
      watched(stage, night, verifyWatch(account, night));
      continue;
    }
    const verified = verificationOf(stage, night)(account, night, configured, before);
    if (!conclude(stage, night, verified, nights > 1 ? `night ${night.number}` : undefined)) {
      past.failed.push(night.number);
    }
    past.counts.push(countsOf(night));
  }
  return past;
}

/** What has to hold of a night, by what happens in it. */
function verificationOf(
  { rehearsal: { mishaps, golden }, deployment }: Stage,
  { number }: Night,
): typeof verifyNight {
  if (number === mishaps?.unpatched || (golden === "unmanaged" && patches(deployment))) {
    return verifyUnpatchedNight;
  }
  return number === mishaps?.bad ? verifyBadNight : verifyNight;
}

/** Whether a command is run on the golden instance before its image is taken. */
function patches({ documents }: Deployment): boolean {
  return documents.some(({ runbook }) => runbook === "patch");
}

/** Whether a roll-out replaces instances, so that it notices that an image is bad. */
function refreshes({ documents }: Deployment): boolean {
  return documents.some(({ runbook }) => runbook === "refresh");
}

/** What is started in each night, by the schedule or by hand. */
export function startedRunbooks({ only }: Rehearsal, deployment: Deployment): string[] {
  return only === undefined ? scheduled(deployment).map(({ runbook }) => runbook) : [only];
}

function mishapOf(
  { dropped, lost, doubled, disabled = Infinity }: Mishaps,
  night: number,
): Mishap | undefined {
  if (night === lost || night >= disabled) {
    return "lost";
  }
  return night === dropped ? "dropped" : night === doubled ? "doubled" : undefined;
}

/** Whether nothing starts any more from the last night on. A lost start before it is made good by the next one. */
export function endsInSilence({ mishaps = {}, nights }: Rehearsal): boolean {
  return mishaps.lost === nights || mishaps.disabled !== undefined;
}

/** The starts of what measures among the others, in the order of their times. */
function* withWatch({ rehearsal, deployment, account }: Stage, starts: Start[]): Generator<Start> {
  const { watch } = deployment;
  if (watch === undefined || rehearsal.only !== undefined) {
    yield* starts;
    return;
  }
  // Until what did not happen is told of, time has to go on.
  const silence = endsInSilence(rehearsal) ? hoursUntilTold(account) * 60 * 60 * 1000 : 0;
  const end = starts[starts.length - 1].at.getTime() + silence;
  const left = [...starts];
  for (const at of timerFirings(watch, rehearsal.from)) {
    while (left.length > 0 && left[0].at <= at) {
      yield left.shift() as Start;
    }
    if (at.getTime() > end) {
      return;
    }
    yield { at, isWatch: true };
  }
}

/** The alarm on the last success speaks at the first run of the watch after its threshold. */
function hoursUntilTold({ cloudwatch }: Stage["account"]): number {
  const thresholds = cloudwatch.alarms
    .filter(({ metric }) => metric.name === "HoursSinceSuccess")
    .map(({ threshold }) => threshold);
  return Math.max(0, ...thresholds) + 48;
}

/**
 * The next times that the schedule fires. What a disabled rule would start, or what it does not start, a person starts then.
 */
function startsOf({ from, nights, stack, only, mishaps = {} }: Rehearsal, deployment: Deployment): Start[] {
  const { timer } = deployment;
  const starts: Start[] = [];
  const bySchedule = scheduled(deployment).map(({ runbook }) => runbook);
  const byHand =
    timer.starts.some((one) => one.isEnabled()) && (only === undefined || bySchedule.includes(only))
      ? undefined
      : (only === undefined ? bySchedule : [only]).map((runbook) => ({ runbook }));
  for (const at of timerFirings(timer, from)) {
    starts.push({ at, byHand, mishap: mishapOf(mishaps, starts.length + 1) });
    if (starts.length === nights) {
      return starts;
    }
  }
  throw new RehearsalError(
    `The schedule ${timer.scheduleExpression} of stack ${stack.name} fires ${starts.length} times from ` +
      `${from.toISOString()} on, not ${nights}: correct cron, or give an earlier --from or fewer --nights.`,
  );
}
