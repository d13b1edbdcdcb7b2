import type { StepRecord } from "../automation/execution";
import type { ExecutionStatus } from "../automation/status";
import type { CallAws, Members } from "../account/api";

export interface CallRecord {
  step: string;
  service: string;
  api: string;
  params: Members;
  response?: Members;
  error?: { Code: string; Message: string };
}

/** One execution of a runbook and what came of it. NotStarted is a start that was refused: nobody hears of it in AWS. */
export interface Run {
  /** The number of its night. */
  night: number;
  /** `create-image`, `roll-out`, `retire`, … */
  runbook: string;
  documentName: string;
  startedAt: string;
  endedAt: string;
  executionId?: string;
  status: ExecutionStatus | "InProgress" | "NotStarted";
  failureMessage?: string;
  outputs: Record<string, unknown>;
  steps: StepRecord[];
  calls: CallRecord[];
  /** The execution whose step started it. */
  parent?: string;
  /** What the run deleted and should not have, a sentence each, where somebody watches. */
  offences: string[];
}

/**
 * One firing of the schedule, or one start by hand, with all that came of it: the runs in the order of their starts. One of the
 * watch is no night of its own: it has the number of the night before.
 */
export interface Night {
  kind: "refresh" | "watch";
  number: number;
  startedAt: string;
  endedAt: string;
  runs: Run[];
}

/** Stands between a run and the account: nearest to the account, so that it sees what is really done. */
export type Watch = (call: CallAws) => CallAws;
