import type { ExecutionStatus } from "./status";

/** What a step asks of Automation when it starts another runbook. */
export interface ChildWanted {
  documentName: string;
  /** `$DEFAULT`, or a number. */
  documentVersion: string;
  parameters: Record<string, string[]>;
}

/** An execution that a step started. Whoever drives the executions writes its end down. */
export interface Child {
  readonly executionId: string;
  end?: ChildEnd;
}

export interface ChildEnd {
  at: Date;
  status: ExecutionStatus;
  /** The values of the document's outputs in their order, lists flattened in, as texts. */
  outputs: string[];
}

/** Starts another execution for a step; throws an AwsError where that is refused, and NoAnswer where no answer comes. */
export type StartChild = (step: string, wanted: ChildWanted) => Child;
