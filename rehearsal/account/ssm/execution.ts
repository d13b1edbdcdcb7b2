import type { Json } from "../../automation/values";

/** Systems Manager's own shape of an execution, as far as anybody here looks at it. */
export interface AutomationExecution {
  AutomationExecutionId: string;
  DocumentName: string;
  /** A number. */
  DocumentVersion: string;
  /** Pending, InProgress, Waiting, Success, Failed, TimedOut, Cancelling, Cancelled, … */
  AutomationExecutionStatus: string;
  ExecutionStartTime: Date;
  ExecutionEndTime?: Date;
  /** Who started it. */
  ExecutedBy: string;
  /** The execution whose step started it. */
  ParentAutomationExecutionId?: string;
  Parameters: Record<string, string[]>;
  /** By `step.Output`, once it has ended. */
  Outputs?: Record<string, string[]>;
  FailureMessage?: string;
  CurrentStepName?: string;
  CurrentAction?: string;
}

/** An execution as it is now: runs take turns, and one that is ahead of the clock has not ended yet. */
export function asItIs(execution: AutomationExecution, now: Date): AutomationExecution {
  const { ExecutionEndTime: end } = execution;
  return end === undefined || end <= now
    ? execution
    : {
        ...execution,
        AutomationExecutionStatus: "InProgress",
        ExecutionEndTime: undefined,
        FailureMessage: undefined,
        Outputs: undefined,
      };
}

/** Typed values as the lists of texts that Systems Manager's API takes for parameters and gives for outputs. */
export function asTexts(values: Record<string, Json>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      (Array.isArray(value) ? value : [value]).map((one) =>
        typeof one === "string" ? one : JSON.stringify(one),
      ),
    ]),
  );
}
