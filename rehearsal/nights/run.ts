import type { CallAws, Members } from "../account/api";
import type { ExecutionResult, StepRecord } from "../automation/execution";

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
  /** What the run deleted and should not have, a sentence each, where somebody watches. */
  offences: string[];
}

/** Stands between a run and the account: nearest to the account, so that it sees what is really done. */
export type Watch = (call: CallAws) => CallAws;
