import type { Knows, Members, Place } from "../account/api";
import type { Clock } from "../account/clock";
import { actionOf } from "./actions";
import type { StartChild } from "./child";
import { RunCancelled, StepFailure } from "./failure";
import { documentOutputs, stepOutputs } from "./outputs";
import type { Python } from "./python/python";
import { resolve, type Scope } from "./resolve";
import type { Runbook, Step } from "./runbook";
import type { ExecutionStatus } from "./status";
import type { Json, JsonMap, ParameterValue } from "./values";
import { type Waiting, waitsUntil } from "./waiting";

/** How long AWS lets the steps run to which onCancel leads. */
const CANCELLING_SECONDS = 120;

/**
 * Makes an AWS call on behalf of a step; throws an AwsError for an error answer, and NoAnswer for none. Advances the clock
 * by itself.
 */
export type Port = (step: string, service: string, api: string, params: Members) => Members;

export interface Started {
  runbook: Runbook;
  parameters: Record<string, ParameterValue>;
  executionId: string;
  place: Place;
  clock: Clock;
  port: Port;
  startChild: StartChild;
  python: Python;
  /** Whether the boto3 of Automation's machines has an API or a parameter; it has all of them unless told otherwise. */
  knows?: Knows;
  /** Told of each step when it begins. May throw RunCancelled, as `onStep` and the port may. */
  onStepBegins?: (step: Step) => void;
  /** Told when the run is cancelled, before what is to be done then. */
  onCancelled?: () => void;
  /** Told of each step when it has ended. */
  onStep?: (step: StepRecord) => void;
}

export interface StepRecord {
  name: string;
  action: string;
  status: ExecutionStatus;
  startedAt: string;
  endedAt: string;
  attempts: number;
  outputs: Record<string, unknown>;
  failureMessage?: string;
}

export interface ExecutionResult {
  status: ExecutionStatus;
  failureMessage?: string;
  steps: StepRecord[];
  outputs: Record<string, Json>;
}

/**
 * Runs a runbook. It yields what it waits for; whoever drives it sets the clock to the instant at which that is there, or
 * to a later one, and goes on. Between two yields nothing else runs, so that several executions can take turns. Who throws
 * RunCancelled into it ends it there.
 */
export function* execute(started: Started): Generator<Waiting, ExecutionResult, void> {
  const run: Run = { started, scope: { ...started, outputs: new Map() }, steps: [], handling: false };
  try {
    yield* runSteps(run, started.runbook.mainSteps);
  } catch (error) {
    if (!(error instanceof RunCancelled)) throw error;
    yield* handleCancel(run);
    return { ...ended(run), status: "Cancelled", failureMessage: undefined };
  }
  return ended(run);
}

/** Runs what onCancel leads to, as long as AWS does. */
function* handleCancel(run: Run): Generator<Waiting, void, void> {
  const { clock, runbook, onCancelled } = run.started;
  const first = runbook.mainSteps.find(({ name }) => name === run.current?.onCancel);
  onCancelled?.();
  if (first === undefined) return;
  const until = new Date(clock.now().getTime() + CANCELLING_SECONDS * 1000);
  const handler = runSteps(run, runbook.mainSteps, first);
  try {
    for (let turn = handler.next(); !turn.done; turn = handler.next()) {
      const isTooLong = waitsUntil(turn.value) > until;
      yield isTooLong ? until : turn.value;
      if (isTooLong) handler.throw(new RunCancelled("The time for what is done on cancel is over."));
    }
  } catch (error) {
    if (!(error instanceof RunCancelled)) throw error;
  }
}

function* runSteps(run: Run, mainSteps: Step[], first = mainSteps[0]): Generator<Waiting, void, void> {
  let step: Step | undefined = first;
  while (step) {
    run.current = step;
    const record = yield* runStep(run, step);
    note(run, step, record);
    step = following(mainSteps, step, record.status === "Success", run.jump);
  }
}

function ended(run: Run): ExecutionResult {
  return {
    status: run.failed?.status ?? "Success",
    ...(run.failed && { failureMessage: run.failed.failureMessage }),
    steps: run.steps,
    outputs: documentOutputs(run.started.runbook, run.scope.outputs),
  };
}

/** Drives one execution to its end, with nothing beside it. */
export function runToEnd(started: Started): ExecutionResult {
  const execution = execute(started);
  for (;;) {
    const turn = execution.next();
    if (turn.done) return turn.value;
    started.clock.set(waitsUntil(turn.value));
  }
}

interface Run {
  started: Started;
  scope: Scope & { outputs: Map<string, Record<string, Json>> };
  steps: StepRecord[];
  /** The step that decides about the run's end. */
  failed?: StepRecord;
  /** The step that runs. */
  current?: Step;
  /** Whether a failure led to the step that now runs. */
  handling: boolean;
  /** Where the step that ran last leads, if its action decided about it. */
  jump?: string;
}

/**
 * A critical step that fails makes the run fail, whatever runs after it. The first one tells why; where it led to a
 * handler that failed too, the handler does, for that is what handlers raise their sentences for.
 */
function note(run: Run, step: Step, record: StepRecord): void {
  run.steps.push(record);
  run.started.onStep?.(record);
  if (record.status === "Success" || record.status === "Cancelled") return;
  if (step.isCritical && (run.failed === undefined || run.handling)) run.failed = record;
  if (step.onFailure.kind === "step") run.handling = true;
}

function following(
  steps: Step[],
  step: Step,
  succeeded: boolean,
  jump: string | undefined,
): Step | undefined {
  const below = steps[steps.indexOf(step) + 1];
  const named = (name: string) => steps.find((other) => other.name === name);
  if (jump !== undefined) return named(jump);
  // AWS: isEnd stops the run at the end of the step, whether that failed or succeeded; a branch only where no choice holds.
  if (step.isEnd) return undefined;
  if (succeeded) return step.nextStep === undefined ? below : named(step.nextStep);
  if (step.onFailure.kind === "step") return named(step.onFailure.step);
  return step.onFailure.kind === "Continue" ? below : undefined;
}

/** A step has failed, or timed out, only when its last attempt has. */
function* runStep(run: Run, step: Step): Generator<Waiting, StepRecord, void> {
  const { clock, onStepBegins } = run.started;
  const startedAt = clock.now().toISOString();
  const { name, action } = step;
  const record = (status: StepRecord["status"], attempts: number, outputs: JsonMap = {}): StepRecord => {
    return { name, action, status, startedAt, endedAt: clock.now().toISOString(), attempts, outputs };
  };
  let attempts = 1;
  try {
    onStepBegins?.(step);
    for (; ; attempts++) {
      const tried = yield* tryStep(run, step);
      if (!(tried instanceof StepFailure)) return record("Success", attempts, tried);
      if (attempts === step.maxAttempts) {
        return { ...record(tried.status, attempts, tried.outputs), failureMessage: tried.message };
      }
    }
  } catch (error) {
    if (error instanceof RunCancelled) note(run, step, record("Cancelled", attempts));
    throw error;
  }
}

/** One attempt: the outputs, or how it failed. Refusals of the rehearsal are no failure of the step and go through. */
function* tryStep(run: Run, step: Step): Generator<Waiting, JsonMap | StepFailure, void> {
  const { clock, port, startChild, python, place, knows } = run.started;
  const action = actionOf(step.action);
  run.jump = undefined;
  yield new Date(clock.now().getTime() + action.startSeconds * 1000);
  try {
    const answer = yield* action.run({
      step,
      inputs: resolveInputs(step, run.scope),
      clock,
      call: (service, api, params) => port(step.name, service, api, params),
      startChild,
      python,
      knows: knows ?? (() => true),
      region: place.region,
    });
    const outputs = stepOutputs(step, answer);
    run.scope.outputs.set(step.name, outputs);
    run.jump = action.jump?.(answer);
    return outputs;
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
    if (error.outputs !== undefined) run.scope.outputs.set(step.name, error.outputs);
    return error;
  }
}

/** A script's text is not substituted in; braces in it were refused when the runbook was read. */
function resolveInputs(step: Step, scope: Scope): JsonMap {
  return resolve(`step "${step.name}"`, step.inputs, scope) as JsonMap;
}
