import { execute, type ExecutionResult, type Port, type StepRecord } from "./automation/execution";
import type { Python } from "./automation/python/python";
import type { Account } from "./aws/account";
import type { CallAws, Members } from "./aws/api";
import { AwsError } from "./aws/errors";
import { deliver } from "./aws/events";
import type { Accepted } from "./aws/ssm";
import type { Deployment } from "./deploy/provision";
import type { Fault } from "./faults";

/** How long one AWS call takes, in seconds of virtual time. */
const CALL_SECONDS = 0.3;

export interface CallRecord {
  step: string;
  service: string;
  api: string;
  params: Members;
  response?: Members;
  error?: { Code: string; Message: string };
}

/** One start of the runbook and what came of it. NotStarted is a start that was refused: nobody hears of it in AWS. */
export interface Night {
  number: number;
  startedAt: string;
  endedAt: string;
  executionId?: string;
  status: ExecutionResult["status"] | "NotStarted";
  failureMessage?: string;
  outputs: Record<string, unknown>;
  steps: StepRecord[];
  calls: CallRecord[];
}

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
  onStep?: (night: Night, step: StepRecord) => void;
}

interface Running {
  night: Night;
  execution: Generator<Date, ExecutionResult, void>;
  wakesAt: Date;
}

/**
 * Lets the nights happen, in the order of virtual time: a run that is longer than the interval is still going on when
 * the next one starts. Yields each night when it has ended.
 */
export function* runNights(options: NightsOptions): Generator<Night, void, void> {
  const { clock } = options.account;
  const starts = options.starts[Symbol.iterator]();
  const running: Running[] = [];
  let next = starts.next();
  for (let number = 0; ;) {
    const first = running.reduce<Running | undefined>(
      (earliest, one) => (earliest === undefined || one.wakesAt < earliest.wakesAt ? one : earliest),
      undefined,
    );
    if (!next.done && (first === undefined || next.value <= first.wakesAt)) {
      clock.set(next.value);
      const started = start(options, ++number);
      if ("execution" in started) {
        running.push(started);
      } else {
        yield started;
      }
      next = starts.next();
    } else if (first !== undefined) {
      clock.set(first.wakesAt);
      const turn = first.execution.next();
      if (turn.done) {
        running.splice(running.indexOf(first), 1);
        Object.assign(first.night, turn.value, { endedAt: clock.now().toISOString() });
        yield first.night;
      } else {
        first.wakesAt = turn.value;
      }
    } else {
      return;
    }
  }
}

function start(options: NightsOptions, number: number): Running | Night {
  const { account, python } = options;
  const startedAt = account.clock.now().toISOString();
  const night: Night = {
    number,
    startedAt,
    endedAt: startedAt,
    status: "NotStarted",
    outputs: {},
    steps: [],
    calls: [],
  };
  options.onNight?.(night);
  const accepted = accept(options);
  if (accepted instanceof AwsError) {
    night.failureMessage = `The run was not started: ${accepted.message} (${accepted.code}).`;
    return night;
  }
  const { executionId, runbook, parameters } = accepted;
  night.executionId = executionId;
  const execution = execute({
    runbook,
    parameters,
    executionId,
    place: account.place,
    clock: account.clock,
    port: portOf(options, accepted, night),
    python,
    onStep: (step) => options.onStep?.(night, step),
  });
  return { night, execution, wakesAt: account.clock.now() };
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

/** The edge of the account: calls take time, faults strike, and everything is written down. */
function portOf({ account, faults }: NightsOptions, { principal }: Accepted, night: Night): Port {
  const answer = faults.reduce<CallAws>(
    (call, fault) => fault.around(night.number, call),
    (service, api, params) => account.call(principal, service, api, params),
  );
  return (step, service, api, params) => {
    account.clock.advance(CALL_SECONDS);
    const call: CallRecord = { step, service, api, params };
    night.calls.push(call);
    try {
      call.response = answer(service, api, params);
      return call.response;
    } catch (error) {
      if (error instanceof AwsError) {
        call.error = { Code: error.code, Message: error.message };
      }
      throw error;
    }
  };
}
