import { isDeepStrictEqual } from "node:util";
import type { Python } from "./automation/python/python";
import { Account } from "./account/account";
import { Clock } from "./account/clock";
import { ruleFirings } from "./account/events";
import { furnish } from "./account/world";
import type { SourceKind } from "./account/world/sourceKinds";
import { runProgram, type Registered } from "./deploy/program";
import { provision, type Deployment } from "./deploy/provision";
import { Provider } from "./deploy/provider";
import type { Stack } from "./deploy/stack";
import { NotModelled, RehearsalError } from "./errors";
import type { Fault } from "./faults";
import { launchSourceWords } from "./launchSource";
import { runNights, type Night } from "./nights";
import type { RecordWriter } from "./report/record";
import type { Reporter } from "./report/reporter";
import {
  boundChecks,
  type Check,
  type Configured,
  countsOf,
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
  python: Promise<Python>;
  reporter: Reporter;
  record?: RecordWriter;
}

/** The whole job: deploy, nights, verification. Whether everything holds. */
export async function rehearse(rehearsal: Rehearsal): Promise<boolean> {
  const { stack, from, faults, reporter, record } = rehearsal;
  const account = new Account(stack.place, new Clock(from));
  // The program looks the group and the instance up.
  const configured = furnished(account, rehearsal);
  reporter.waiting("The program runs");
  const registered = await runProgram(stack, new Provider(account));
  const deployment = provision(account, registered);
  reporter.registered(stack, registered, deployment);
  reporter.begins(configured.autoScalingGroupName, sourceOf(account, configured));
  record?.resources(registered);

  const checks: Check[] = [];
  const counts: NightCounts[] = [];
  const before = new Map<Night, Standing>();
  try {
    reporter.waiting("Python starts");
    const python = await rehearsal.python;
    for (const night of runNights({
      account,
      deployment,
      python,
      faults,
      starts: startTimes(rehearsal, deployment),
      byHand: deployment.rule.enabled ? undefined : {},
      onNight: (begun) => {
        before.set(begun, standing(account));
        reporter.nightBegins(begun);
      },
      watch: (watched) => watchDeletions(account, configured, watched),
      onStep: (during, step) => reporter.step(during, step),
    })) {
      const verified = verifyNight(account, night, configured, before.get(night) ?? new Map());
      before.delete(night);
      reporter.nightEnds(night, verified);
      record?.night(night);
      counts.push(countsOf(night));
      checks.push(...(rehearsal.nights > 1 ? verified.map((one) => ofNight(night, one)) : verified));
    }
    reporter.waiting("The program runs once more");
    const last = [
      ...(retires(deployment) ? boundChecks(account, configured, counts) : []),
      await nothingToDeploy(account, stack, registered),
      ...faults.map(struck),
    ];
    reporter.verified(last);
    checks.push(...last);
  } finally {
    record?.end(checks, account.snapshotState());
  }
  const ok = checks.every((check) => check.ok);
  reporter.end(ok, checks.length);
  return ok;
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

/** Whether the runbook that is registered retires what it made at all. */
function retires({ ssm, documentName }: Deployment): boolean {
  return ssm.runbook(documentName)?.mainSteps.some(({ name }) => name === "retire") ?? false;
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

/** The next times that the schedule fires; a disabled rule's are taken as the times at which a person starts the run. */
function startTimes({ from, nights, stack }: Rehearsal, { rule }: Deployment): Date[] {
  const starts: Date[] = [];
  for (const firing of ruleFirings(rule, from)) {
    starts.push(firing);
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

function ofNight(night: Night, check: Check): Check {
  return { ...check, check: `night ${night.number}: ${check.check}` };
}
