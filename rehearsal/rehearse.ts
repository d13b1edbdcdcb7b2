import { isDeepStrictEqual } from "node:util";
import type { Python } from "./automation/python/python";
import { Account } from "./aws/account";
import { Clock } from "./aws/clock";
import { ruleFirings } from "./aws/events";
import { furnish } from "./aws/world";
import { runProgram, type Registered } from "./deploy/program";
import { provision, type Deployment } from "./deploy/provision";
import { Provider } from "./deploy/provider";
import type { Stack } from "./deploy/stack";
import { RehearsalError } from "./errors";
import type { Fault } from "./faults";
import { runNights, type Night } from "./nights";
import type { RecordWriter } from "./report/record";
import type { Reporter } from "./report/reporter";
import { verifyNight, type Check, type Configured } from "./verification";

export interface Rehearsal {
  stack: Stack;
  from: Date;
  nights: number;
  faults: Fault[];
  python: Promise<Python>;
  reporter: Reporter;
  record?: RecordWriter;
}

/** The whole job: deploy, nights, verification. Whether everything holds. */
export async function rehearse(rehearsal: Rehearsal): Promise<boolean> {
  const { stack, from, faults, reporter, record } = rehearsal;
  const account = new Account(stack.place, new Clock(from));
  reporter.waiting("The program runs");
  // First the program: it is the one who says what is wrong with the configuration.
  const registered = await runProgram(stack, new Provider(stack.place));
  const configured = furnished(account, stack);
  const deployment = provision(account, registered);
  reporter.registered(stack, registered, deployment);
  record?.resources(registered);

  const checks: Check[] = [];
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
      onNight: (begun) => reporter.nightBegins(begun),
      onStep: (during, step) => reporter.step(during, step),
    })) {
      const verified = verifyNight(account, night, configured);
      reporter.nightEnds(night, verified);
      record?.night(night);
      checks.push(...(rehearsal.nights > 1 ? verified.map((one) => ofNight(night, one)) : verified));
    }
    reporter.waiting("The program runs once more");
    const last = [await nothingToDeploy(stack, registered), ...faults.map(struck)];
    reporter.verified(last);
    checks.push(...last);
  } finally {
    record?.end(checks, account.snapshotState());
  }
  const ok = checks.every((check) => check.ok);
  reporter.end(ok, checks.length);
  return ok;
}

function furnished(account: Account, stack: Stack): Configured {
  const value = (key: string): string => stack.config[`${stack.project}:${key}`] ?? "";
  const configured = {
    instanceId: value("instanceId"),
    autoScalingGroupName: value("autoScalingGroupName"),
    prefix: value("prefix"),
  };
  furnish(account, {
    instanceId: configured.instanceId,
    groupName: configured.autoScalingGroupName,
    instanceProfileRoleArn: (JSON.parse(value("instanceProfileRoleArns") || "[]") as string[])[0],
  });
  return configured;
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
async function nothingToDeploy(stack: Stack, before: Registered[]): Promise<Check> {
  const after = await runProgram(stack, new Provider(stack.place));
  const known = new Map(before.map((resource) => [identity(resource), resource]));
  const changed = after.filter((resource) => !isDeepStrictEqual(resource, known.get(identity(resource))));
  const ok = changed.length === 0 && after.length === before.length;
  return {
    check: "the program registers the same after the nights",
    ok,
    detail: ok
      ? `${after.length} resources`
      : `${changed.map(({ name }) => name).join(", ") || "fewer"} changed`,
  };
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
