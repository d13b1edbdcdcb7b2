import type { Python } from "./automation/python/python";
import type { Account } from "./account/account";
import type { FleetEntry } from "./account/autoscaling/instanceRefresh/shapes";
import type { SourceKind } from "./account/world/sourceKinds";
import type { Deployment } from "./deploy/provision";
import type { Stack } from "./deploy/stack";
import type { Fault } from "./faults";
import { type Night, type NightsOptions, runNights } from "./nights";
import { spoilImages } from "./badImages";
import { failCommands } from "./failingPatches";
import type { GoldenState } from "./account/world";
import type { MessageLog } from "./messages";
import type { Recorder } from "./report/record";
import type { Reporter } from "./report/reporter";
import { type Check, type Configured, type Standing, standing, watchDeletions } from "./verification";

export interface Rehearsal {
  stack: Stack;
  from: Date;
  nights: number;
  /** What the group launches from when the rehearsal begins: a launch configuration, unless told otherwise. */
  launchSource?: SourceKind;
  /** In what state the golden instance is when the rehearsal begins: it runs, unless told otherwise. */
  golden?: GoldenState;
  /** Whether the account is as full as AWS lets it be. */
  crowded?: boolean;
  faults: Fault[];
  /** The one runbook that is started; without, what the schedule starts. */
  only?: string;
  /** Whether a person rolls the group back after the nights. */
  rollBack?: boolean;
  /** What becomes of the schedule's starts. */
  mishaps?: Mishaps;
  python: Promise<Python>;
  reporter: Reporter;
  record?: Recorder;
}

/** In which nights EventBridge's starts are refused, never come, or come twice; and from which on the rule is disabled. */
export interface Mishaps {
  dropped?: number;
  lost?: number;
  doubled?: number;
  disabled?: number;
  /** In which night the image is bad: no instance of it ever becomes healthy. */
  bad?: number;
  /** In which night the command fails that is run on the golden instance. */
  unpatched?: number;
}

/** What all nights of a rehearsal have in common. */
export interface Stage {
  rehearsal: Rehearsal;
  account: Account;
  configured: Configured;
  deployment: Deployment;
  python: Python;
  /** Everything that was verified so far. */
  checks: Check[];
  messages: MessageLog;
}

/** Lets nights happen before the reporter's eyes. Gives each with how every group stood before it. */
export function* happen(
  { rehearsal: { reporter, faults, mishaps = {} }, account, configured, python, messages }: Stage,
  happening: Pick<NightsOptions, "deployment" | "starts" | "firstNumber">,
  title: (night: Night) => string,
): Generator<{ night: Night; before: Standing }, void, void> {
  const stood = new Map<Night, Standing>();
  for (const night of runNights({
    ...happening,
    account,
    python,
    faults,
    onNight: (begun) => {
      if (begun.kind === "refresh") {
        stood.set(begun, standing(account));
        messages.nightBegins(begun.number, new Date(begun.startedAt));
      }
    },
    watch: (run) => {
      const watch = watchDeletions(account, configured, run);
      const troubles = [
        ...(run.night === mishaps.bad ? [spoilImages(account)] : []),
        ...(run.night === mishaps.unpatched ? [failCommands(account)] : []),
      ];
      return (call) => troubles.reduce((troubled, trouble) => trouble(troubled), watch(call));
    },
    onStep: (run, step) => reporter.step(run, step),
  })) {
    if (night.kind === "refresh") {
      reporter.nightBegins(night, title(night));
    }
    yield { night, before: stood.get(night) ?? new Map() };
    stood.delete(night);
  }
}

function fleetOf({ autoscaling }: Account, { startedAt, endedAt }: Night): FleetEntry[] {
  const [begin, end] = [new Date(startedAt), new Date(endedAt)];
  return autoscaling.fleet.filter(({ at }) => at >= begin && at <= end);
}

/** Tells of a night and of its verification. Whether all of that holds; `name` is what its checks are called by. */
export function conclude(
  { rehearsal, account, checks, messages }: Stage,
  night: Night,
  verified: Check[],
  name?: string,
): boolean {
  rehearsal.reporter.nightEnds(night, verified, fleetOf(account, night));
  rehearsal.reporter.messages(messages.take());
  rehearsal.record?.night(night);
  checks.push(
    ...verified.map((one) => (name === undefined ? one : { ...one, check: `${name}: ${one.check}` })),
  );
  return verified.every(({ ok }) => ok);
}

/** Tells of what measured between the nights, and of its verification where not all of that holds: hundreds are as always. */
export function watched({ rehearsal, checks, messages }: Stage, night: Night, verified: Check[]): void {
  const told = verified.every(({ ok }) => ok) ? [] : verified;
  rehearsal.reporter.watched(night, messages.take(), told);
  rehearsal.record?.night(night);
  checks.push(
    ...told.map((one) => ({
      ...one,
      check: `watch after night ${night.number}, ${night.startedAt}: ${one.check}`,
    })),
  );
}
