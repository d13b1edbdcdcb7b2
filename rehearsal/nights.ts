import type { Child, ChildWanted } from "./automation/child";
import { execute, type ExecutionResult, type StepRecord } from "./automation/execution";
import type { Python } from "./automation/python/python";
import type { Step } from "./automation/runbook";
import type { Account } from "./account/account";
import { evaluateAlarms } from "./account/cloudwatch/alarms";
import { AwsError } from "./account/errors";
import { statusEvent } from "./account/events/statusEvent";
import type { Accepted } from "./account/ssm";
import { asTexts } from "./account/ssm/execution";
import type { Deployment } from "./deploy/provision";
import type { Fault, Trouble } from "./faults";
import { edgeOf } from "./nights/edge";
import type { Night, Run, Watch } from "./nights/run";
import { alarmsOf, type Going, type Running, soonest, takeTurn, type Turn } from "./nights/running";
import { accepted, runbookOf, type Start, type Starting, startings } from "./nights/starting";

export type { CallRecord, Night, Run, Watch } from "./nights/run";
export type { ByHand, Start } from "./nights/starting";

export interface NightsOptions {
  account: Account;
  deployment: Deployment;
  python: Python;
  faults: Fault[];
  /** When nights begin, in order, and what starts in each. */
  starts: Iterable<Start>;
  /** The number of the first night; 1 unless told otherwise. */
  firstNumber?: number;
  /** Told of each night before anything starts. */
  onNight?: (night: Night) => void;
  /** Told of each run when it starts, or is refused. */
  onRun?: (run: Run, night: Night) => void;
  /** Who watches the calls of a run that the account answers. */
  watch?: (run: Run) => Watch;
  /** Told of each step when it begins; may throw RunCancelled, as `onStep` may. */
  onStepBegins?: (run: Run, step: Step) => void;
  onStep?: (run: Run, step: StepRecord) => void;
}

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;

/**
 * Lets the nights happen, in the order of virtual time: the runs of a night take turns, and one that is longer than the
 * interval is still going on when the next night begins. Alarms are looked at when anything starts or ends, and at the end
 * of each day. Yields each night when all of its runs have ended.
 */
export function* runNights(options: NightsOptions): Generator<Night, void, void> {
  const { clock } = options.account;
  const starts = options.starts[Symbol.iterator]();
  const nights: Going[] = [];
  let next = starts.next();
  let latest: Trouble[] | undefined;
  let midnight = Math.ceil(clock.now().getTime() / DAY_MILLISECONDS) * DAY_MILLISECONDS;
  for (let number = options.firstNumber ?? 1; ;) {
    const turn = soonest(nights);
    if (midnight <= dueNext(next, turn)) {
      clock.set(new Date(midnight));
      evaluateAlarms(options.account);
      midnight += DAY_MILLISECONDS;
    } else if (!next.done && (turn === undefined || next.value.at <= turn.due)) {
      clock.set(next.value.at);
      // What measures runs between the nights too, and the faults of a night last until the next one begins.
      const { isWatch } = next.value;
      const going = begin(options, isWatch ? number - 1 : number++, next.value, isWatch ? latest : undefined);
      latest = going.troubles;
      if (going.running.length > 0) {
        nights.push(going);
      } else {
        yield going.night;
      }
      next = starts.next();
    } else if (turn !== undefined) {
      const result = takeTurn(turn, clock);
      if (result !== undefined) {
        end(options, turn.going, turn.running, result);
      }
      if (turn.going.running.length === 0) {
        nights.splice(nights.indexOf(turn.going), 1);
        yield turn.going.night;
      }
    } else {
      return;
    }
  }
}

/** When anything happens next; NaN, which comes after no time, where nothing does any more. */
function dueNext(next: IteratorResult<Start>, turn: Turn | undefined): number {
  const starts = next.done ? [] : [next.value.at];
  const turns = turn === undefined ? [] : [turn.due];
  const due = [...starts, ...turns].map((at) => at.getTime());
  return due.length === 0 ? NaN : Math.min(...due);
}

/** All starts of a night are made before one of its runs does anything. */
function begin(options: NightsOptions, number: number, start: Start, known?: Trouble[]): Going {
  const { account, deployment } = options;
  const now = account.clock.now();
  const night: Night = {
    kind: start.isWatch ? "watch" : "refresh",
    number,
    startedAt: now.toISOString(),
    endedAt: now.toISOString(),
    runs: [],
  };
  options.onNight?.(night);
  evaluateAlarms(account);
  const made = startings(deployment, start).map((starting) => {
    const outcome = accepted(starting);
    return { run: newRun(options, night, starting, outcome), outcome };
  });
  const begun = made.flatMap(({ run, outcome }) => (outcome instanceof AwsError ? [] : [{ run, outcome }]));
  evaluateAlarms(account);
  const troubles =
    known ??
    troublesOf(
      options,
      number,
      begun.map(({ outcome }) => outcome),
    );
  const alarms = start.isWatch ? [] : alarmsOf(troubles, now);
  const going: Going = { night, troubles, alarms, running: [] };
  begun.forEach(({ run, outcome }) => going.running.push(running(options, going, run, outcome)));
  return going;
}

function newRun(
  options: NightsOptions,
  night: Night,
  { runbook, documentName }: Pick<Starting, "runbook" | "documentName">,
  outcome: Accepted | AwsError,
  parent?: string,
): Run {
  const now = options.account.clock.now().toISOString();
  const run: Run = {
    night: night.number,
    runbook,
    documentName,
    startedAt: now,
    endedAt: now,
    ...(outcome instanceof AwsError
      ? {
          status: "NotStarted",
          failureMessage: `The run was not started: ${outcome.message} (${outcome.code}).`,
        }
      : { status: "InProgress", executionId: outcome.executionId }),
    outputs: {},
    steps: [],
    calls: [],
    parent,
    offences: [],
  };
  night.runs.push(run);
  options.onRun?.(run, night);
  return run;
}

function running(options: NightsOptions, going: Going, run: Run, outcome: Accepted): Running {
  const { account, python } = options;
  const { executionId, runbook, parameters, principal } = outcome;
  const { troubles } = going;
  let status = "InProgress";
  const execution = execute({
    runbook,
    parameters,
    executionId,
    place: account.place,
    clock: account.clock,
    ...edgeOf({
      account,
      principal,
      run,
      troubles,
      watch: options.watch?.(run),
      start: (wanted) => startChild(options, going, run, outcome, wanted),
    }),
    python,
    knows: (...asked) => account.sdkKnows(...asked),
    onCancelled: () => {
      status = "Cancelling";
      account.ssm.updateExecution(executionId, { AutomationExecutionStatus: status });
    },
    onStepBegins: (step) => {
      account.ssm.updateExecution(executionId, {
        AutomationExecutionStatus: status,
        CurrentStepName: step.name,
        CurrentAction: step.action,
      });
      options.onStepBegins?.(run, step);
      troubles.forEach((trouble) => trouble.stepBegins?.(step.name));
    },
    onStep: (step) => stepEnds(options, run, troubles, step),
  });
  const now = account.clock.now();
  return { run, execution, begun: false, reached: now, waits: now };
}

/** A run that another one's step starts is one of the same night, and has the rights of its own role. */
function startChild(
  options: NightsOptions,
  going: Going,
  parent: Run,
  { principal, executionId: parentExecutionId }: Accepted,
  wanted: ChildWanted,
): Child {
  const { account, deployment } = options;
  const outcome = account.ssm.start({ ...wanted, parentExecutionId }, principal);
  const { documentName } = wanted;
  const starting = { runbook: runbookOf(deployment, documentName), documentName };
  const run = newRun(options, going.night, starting, outcome, parent.executionId);
  const child: Child = { executionId: outcome.executionId };
  going.running.push({ ...running(options, going, run, outcome), child });
  return child;
}

function end({ account }: NightsOptions, going: Going, running: Running, result: ExecutionResult): void {
  const { run, child } = running;
  const { status, failureMessage } = result;
  const at = account.clock.now();
  const outputs = asTexts(result.outputs);
  going.running.splice(going.running.indexOf(running), 1);
  Object.assign(run, result, { endedAt: at.toISOString() });
  if (run.endedAt > going.night.endedAt) {
    going.night.endedAt = run.endedAt;
  }
  account.ssm.updateExecution(run.executionId ?? "", {
    AutomationExecutionStatus: status,
    ExecutionEndTime: at,
    FailureMessage: failureMessage,
    Outputs: outputs,
    CurrentStepName: undefined,
    CurrentAction: undefined,
  });
  const ended = account.ssm.executions.get(run.executionId ?? "");
  if (ended !== undefined) {
    account.eventBus.emit(statusEvent(account.place, account.ids, ended, at));
  }
  evaluateAlarms(account);
  if (child !== undefined) {
    child.end = { at, status, outputs: Object.values(outputs).flat() };
  }
}

/** Faults are told whom a night is about by its runs, and where they do not know by the defaults of what is registered. */
function troublesOf(options: NightsOptions, night: number, runs: Accepted[]): Trouble[] {
  const { account, deployment, faults } = options;
  const values = [
    ...runs.map(
      ({ parameters }) =>
        (name: string) =>
          parameters[name],
    ),
    ...deployment.documents.map((document) => (name: string) => {
      return deployment.ssm.runbook(document.name)?.parameters[name]?.default;
    }),
  ];
  const valueOf = (name: string) => String(values.map((of) => of(name)).find((value) => value !== undefined));
  const scene = {
    night,
    account,
    instanceId: valueOf("InstanceId"),
    groupName: valueOf("AutoScalingGroupName"),
  };
  return faults.map((fault) => fault.tonight(scene));
}

function stepEnds(options: NightsOptions, run: Run, troubles: Trouble[], step: StepRecord): void {
  options.onStep?.(run, step);
  if (step.status !== "Cancelled") {
    troubles.forEach((trouble) => trouble.stepEnds?.(step.name));
  }
}
