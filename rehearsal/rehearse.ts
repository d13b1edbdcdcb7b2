import { isDeepStrictEqual } from "node:util";
import type { Python } from "./automation/python/python";
import { Account } from "./account/account";
import { Clock } from "./account/clock";
import { ruleFirings } from "./account/events";
import { furnish } from "./account/world";
import type { SourceKind } from "./account/world/sourceKinds";
import { runProgram, type Registered } from "./deploy/program";
import { provision, scheduled, scheduledOnly, type Deployment } from "./deploy/provision";
import { Provider } from "./deploy/provider";
import type { Stack } from "./deploy/stack";
import { NotModelled, RehearsalError } from "./errors";
import type { Fault } from "./faults";
import { launchSourceWords } from "./launchSource";
import { type Night, runNights, type NightsOptions, type Start } from "./nights";
import { documentOf } from "./nights/starting";
import type { RecordWriter } from "./report/record";
import type { Aftermath, Reporter } from "./report/reporter";
import {
  boundChecks,
  type Check,
  type Configured,
  countsOf,
  groupIsSafe,
  type NightCounts,
  type Standing,
  standing,
  verifyNight,
  watchDeletions,
} from "./verification";

export interface Rehearsal {
  stack: Stack;
  from: Date;
  nights: number;
  /** What the group launches from when the rehearsal begins: a launch configuration, unless told otherwise. */
  launchSource?: SourceKind;
  /** Whether the account is as full as AWS lets it be. */
  crowded?: boolean;
  faults: Fault[];
  /** The one runbook that is started; without, what the schedule starts. */
  only?: string;
  /** Whether a person rolls the group back after the nights. */
  rollBack?: boolean;
  python: Promise<Python>;
  reporter: Reporter;
  record?: RecordWriter;
}

/** What all nights of a rehearsal have in common. */
interface Stage {
  rehearsal: Rehearsal;
  account: Account;
  configured: Configured;
  deployment: Deployment;
  python: Python;
  checks: Check[];
}

/** The whole job: deploy, nights, verification. Whether everything holds. */
export async function rehearse(rehearsal: Rehearsal): Promise<boolean> {
  const { stack, from, faults, reporter, record, launchSource = "configuration" } = rehearsal;
  const account = new Account(stack.place, new Clock(from));
  // The program looks the group and the instance up.
  const configured = furnished(account, rehearsal);
  reporter.waiting("The program runs");
  const registered = await runProgram(stack, new Provider(account));
  const deployment = provision(account, registered);
  reporter.registered(stack, registered, deployment);
  reporter.begins(configured.autoScalingGroupName, sourceOf(account, configured), launchSource);
  record?.resources(registered);

  const checks: Check[] = [];
  const counts: NightCounts[] = [];
  try {
    reporter.waiting("Python starts");
    const python = await rehearsal.python;
    const stage = { rehearsal, account, configured, deployment, python, checks };
    letNightsHappen(stage, counts);
    if (rehearsal.rollBack) {
      rollBack(stage);
    }
    reporter.waiting("The program runs once more");
    const last = [
      ...(retires(rehearsal, deployment) ? boundChecks(account, configured, counts) : []),
      await nothingToDeploy(account, stack, registered),
      ...faults.map(struck),
    ];
    reporter.verified(last);
    checks.push(...last);
  } finally {
    record?.end(checks, account.snapshotState());
  }
  const ok = checks.every((check) => check.ok);
  reporter.end(ok, checks.length, faults.length > 0 ? aftermathOf(account, configured, counts) : undefined);
  return ok;
}

function letNightsHappen(stage: Stage, counts: NightCounts[]): void {
  const { rehearsal, account, configured, deployment } = stage;
  const { nights, only } = rehearsal;
  const started = only === undefined ? deployment : scheduledOnly(deployment, documentOf(deployment, only));
  const title = ({ number }: Night) => `Night ${number} of ${nights}`;
  const happening = { deployment: started, starts: startsOf(rehearsal, deployment) };
  for (const { night, before } of happen(stage, happening, title)) {
    counts.push(countsOf(night));
    conclude(stage, night, verifyNight(account, night, configured, before), nights > 1 ? "night" : "");
  }
}

/** A person starts the roll-out of the image before, an hour after all runs have ended. */
function rollBack(stage: Stage): void {
  const { rehearsal, account, configured, deployment } = stage;
  const at = new Date(account.clock.now().getTime() + 60 * 60 * 1000);
  const starts = [{ at, byHand: [{ runbook: "roll-out", parameters: { ImageId: ["previous"] } }] }];
  const happening = { deployment, starts, firstNumber: rehearsal.nights + 1 };
  for (const { night, before } of happen(stage, happening, () => "Roll-back")) {
    conclude(stage, night, verifyNight(account, night, configured, before), "roll-back");
  }
}

/** Lets nights happen before the reporter's eyes. Gives each with how every group stood before it. */
function* happen(
  { rehearsal: { reporter, faults }, account, configured, python }: Stage,
  happening: Pick<NightsOptions, "deployment" | "starts" | "firstNumber">,
  title: (night: Night) => string,
): Generator<{ night: Night; before: Standing }, void, void> {
  const stood = new Map<Night, Standing>();
  for (const night of runNights({
    ...happening,
    account,
    python,
    faults,
    onNight: (begun) => stood.set(begun, standing(account)),
    watch: (run) => watchDeletions(account, configured, run),
    onStep: (run, step) => reporter.step(run, step),
  })) {
    reporter.nightBegins(night, title(night));
    yield { night, before: stood.get(night) ?? new Map() };
    stood.delete(night);
  }
}

function conclude({ rehearsal, checks }: Stage, night: Night, verified: Check[], kind: string): void {
  rehearsal.reporter.nightEnds(night, verified);
  rehearsal.record?.night(night);
  const name = kind === "night" ? `night ${night.number}` : kind;
  checks.push(...verified.map((one) => (name === "" ? one : { ...one, check: `${name}: ${one.check}` })));
}

function aftermathOf(
  account: Account,
  { autoScalingGroupName: groupName }: Configured,
  counts: NightCounts[],
): Aftermath {
  const failedNights = counts.filter(({ status }) => status !== "Success").map(({ number }) => number);
  return { groupName, safety: groupIsSafe(account, groupName), nights: counts.length, failedNights };
}

/** Puts the world of the configuration into the account. What is wrong with the configuration the program says. */
function furnished(account: Account, { stack, launchSource, crowded }: Rehearsal): Configured {
  const value = (key: string): string => stack.config[`${stack.project}:${key}`] ?? "";
  const configured = {
    instanceId: value("instanceId"),
    autoScalingGroupName: value("autoScalingGroupName"),
    prefix: value("prefix"),
    launchConfigurationFrom: value("launchConfigurationFrom"),
    allowSharedTemplate: value("allowSharedTemplate") === "true",
    retire: value("retire") !== "false",
    retainImages: Number(value("retainImages") || 14),
    retainLaunchConfigurations: Number(value("retainLaunchConfigurations") || 2),
  };
  furnish(account, {
    instanceId: configured.instanceId,
    groupName: configured.autoScalingGroupName,
    launchSource,
    crowded,
    encrypts: true,
    instanceProfileRoleArn: firstOf(value("instanceProfileRoleArns")),
  });
  return configured;
}

/** What is started in each night, by the schedule or by hand. */
function startedRunbooks({ only }: Rehearsal, deployment: Deployment): string[] {
  return only === undefined ? scheduled(deployment).map(({ runbook }) => runbook) : [only];
}

/** Whether the nights retire what they made at all. */
function retires(rehearsal: Rehearsal, deployment: Deployment): boolean {
  return startedRunbooks(rehearsal, deployment).some((runbook) => {
    const steps = deployment.ssm.runbook(documentOf(deployment, runbook))?.mainSteps ?? [];
    return runbook === "retire" || steps.some(({ name }) => name === "retire");
  });
}

/** The first text of a list in JSON, if that is what it is. */
function firstOf(text: string): string | undefined {
  const [, first] = /^\[\s*"([^"\\]*)"/.exec(text) ?? [];
  return first;
}

function sourceOf({ autoscaling }: Account, { autoScalingGroupName }: Configured): string {
  const group = autoscaling.groups.get(autoScalingGroupName);
  return group === undefined ? "nothing" : launchSourceWords(group);
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

/**
 * A scheduled run must leave nothing to deploy: the program, run again, registers the same. The order may differ, because
 * what does not depend on each other is registered at the same time.
 */
async function nothingToDeploy(account: Account, stack: Stack, before: Registered[]): Promise<Check> {
  const check = "the program registers the same after the nights";
  let after: Registered[];
  try {
    after = await runProgram(stack, new Provider(account));
  } catch (error) {
    // What happened in the nights, such as a group that is gone, may be what the program refuses.
    if (error instanceof RehearsalError && !(error instanceof NotModelled)) {
      return { check, ok: false, detail: error.message };
    }
    throw error;
  }
  const known = new Map(before.map((resource) => [identity(resource), resource]));
  const changed = after.filter((resource) => !isDeepStrictEqual(resource, known.get(identity(resource))));
  const ok = changed.length === 0 && after.length === before.length;
  const detail = ok
    ? `${after.length} resources`
    : `${changed.map(({ name }) => name).join(", ") || "fewer"} changed`;
  return { check, ok, detail };
}

function identity({ type, name }: Registered): string {
  return `${type} ${name}`;
}

function struck(fault: Fault): Check {
  return {
    check: `the fault ${fault.text} happened`,
    ok: fault.happened,
    detail: fault.happened ? "it did" : "no call that it means was made",
  };
}
