import { execute, type StepRecord } from "./automation/execution";
import type { Python } from "./automation/python/python";
import type { Step } from "./automation/runbook";
import type { Account } from "./account/account";
import { AwsError } from "./account/errors";
import { deliver } from "./account/events";
import type { Accepted } from "./account/ssm";
import type { Deployment } from "./deploy/provision";
import type { Fault, Trouble } from "./faults";
import type { Night, Watch } from "./nights/run";
import { portOf } from "./nights/port";
import { alarmsOf, dueAt, type Running, takeTurn } from "./nights/running";

export type { CallRecord, Night, Watch } from "./nights/run";

export interface NightsOptions {
  account: Account;
  deployment: Deployment;
  python: Python;
  faults: Fault[];
  /** When the runs start, in order. */
  starts: Iterable<Date>;
  /** Given, a person starts the runs with these parameters, and not the schedule; the others have their defaults. */
  byHand?: Record<string, string[]>;
  onNight?: (night: Night) => void;
  /** Who watches the calls of a night that the account answers. */
  watch?: (night: Night) => Watch;
  /** Told of each step when it begins; may throw RunCancelled, as `onStep` may. */
  onStepBegins?: (night: Night, step: Step) => void;
  onStep?: (night: Night, step: StepRecord) => void;
}

/**
 * Lets the nights happen, in the order of virtual time: a run that is longer than the interval is still going on when
 * the next one starts. Yields each night when it has ended.
 */
export function* runNights(options: NightsOptions): Generator<Night, void, void> {
  const { clock, ssm } = options.account;
  const starts = options.starts[Symbol.iterator]();
  const running: Running[] = [];
  let next = starts.next();
  for (let number = 0; ;) {
    const first = running.reduce<Running | undefined>(
      (earliest, one) => (earliest === undefined || dueAt(one) < dueAt(earliest) ? one : earliest),
      undefined,
    );
    if (!next.done && (first === undefined || next.value <= dueAt(first))) {
      clock.set(next.value);
      const started = start(options, ++number);
      if ("execution" in started) {
        running.push(started);
      } else {
        yield started;
      }
      next = starts.next();
    } else if (first !== undefined) {
      const result = takeTurn(first, clock);
      if (result !== undefined) {
        running.splice(running.indexOf(first), 1);
        Object.assign(first.night, result, { endedAt: clock.now().toISOString() });
        ssm.updateExecution(first.night.executionId ?? "", {
          AutomationExecutionStatus: result.status,
          ExecutionEndTime: clock.now(),
          FailureMessage: result.failureMessage,
          CurrentStepName: undefined,
          CurrentAction: undefined,
        });
        yield first.night;
      }
    } else {
      return;
    }
  }
}

function start(options: NightsOptions, number: number): Running | Night {
  const { account, python } = options;
  const now = account.clock.now();
  const startedAt = now.toISOString();
  const night: Night = {
    number,
    startedAt,
    endedAt: startedAt,
    status: "NotStarted",
    outputs: {},
    steps: [],
    calls: [],
    offences: [],
  };
  options.onNight?.(night);
  const accepted = accept(options);
  if (accepted instanceof AwsError) {
    night.failureMessage = `The run was not started: ${accepted.message} (${accepted.code}).`;
    return night;
  }
  const { executionId, runbook, parameters } = accepted;
  night.executionId = executionId;
  const troubles = troublesOf(options, night, parameters);
  const execution = execute({
    runbook,
    parameters,
    executionId,
    place: account.place,
    clock: account.clock,
    port: portOf(account, accepted.principal, night, troubles, options.watch?.(night)),
    python,
    knows: (...what) => account.sdkKnows(...what),
    onStepBegins: (step) => stepBegins(options, night, troubles, step),
    onStep: (step) => stepEnds(options, night, troubles, step),
  });
  return { night, execution, begun: false, reached: now, wakesAt: now, alarms: alarmsOf(troubles, now) };
}

function troublesOf(
  { account, faults }: NightsOptions,
  { number }: Night,
  { InstanceId, AutoScalingGroupName }: Accepted["parameters"],
): Trouble[] {
  const scene = {
    night: number,
    account,
    instanceId: String(InstanceId),
    groupName: String(AutoScalingGroupName),
  };
  return faults.map((fault) => fault.tonight(scene));
}

function stepBegins(options: NightsOptions, night: Night, troubles: Trouble[], step: Step): void {
  options.account.ssm.updateExecution(night.executionId ?? "", {
    AutomationExecutionStatus: "InProgress",
    CurrentStepName: step.name,
    CurrentAction: step.action,
  });
  options.onStepBegins?.(night, step);
  troubles.forEach((trouble) => trouble.stepBegins?.(step.name));
}

function stepEnds(options: NightsOptions, night: Night, troubles: Trouble[], step: StepRecord): void {
  options.onStep?.(night, step);
  if (step.status !== "Cancelled") {
    troubles.forEach((trouble) => trouble.stepEnds?.(step.name));
  }
}

function accept({ account, deployment, byHand }: NightsOptions): Accepted | AwsError {
  const { ssm, rule, target, documentName } = deployment;
  try {
    return byHand === undefined
      ? deliver(account, ssm, rule, target)
      : ssm.start({ documentName, documentVersion: "$DEFAULT", parameters: byHand });
  } catch (error) {
    if (error instanceof AwsError) {
      return error;
    }
    throw error;
  }
}
