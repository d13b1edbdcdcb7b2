import type { AwsError } from "../account/errors";

/** An attempt of a step did not succeed, in the way that AWS would show it. Whatever else is thrown is no step's failure. */
export class StepFailure extends Error {
  constructor(
    readonly status: "Failed" | "TimedOut",
    message: string,
    /** What later steps can refer to all the same. */
    readonly outputs?: Record<string, string>,
  ) {
    super(message);
  }
}

/** Somebody stopped the run with StopAutomationExecution: no later step runs, and what was done stays done. */
export class RunCancelled extends Error {}

const polling = "Step fails when it is Poll action status for completion.";
const guide = "Please refer to Automation Service Troubleshooting Guide for more diagnosis details.";

export function callFailed(api: string, error: AwsError): StepFailure {
  return executionFailed(
    `An error occurred (${error.code}) when calling the ${api} operation: ${error.message}`,
  );
}

export function executionFailed(reason: string): StepFailure {
  const sentence = /[.!?]$/.test(reason) ? reason : `${reason}.`;
  return new StepFailure("Failed", `Step fails when it is Execute/Cancelling action. ${sentence} ${guide}`);
}

/** The traceback ends with the line of the exception, which is where a script tells the reason. */
export function scriptFailed(traceback: string): StepFailure {
  return new StepFailure("Failed", `${polling} ${traceback.trimEnd()} ${guide}`);
}

/** AWS does not hand on why the other execution failed: who wants to know asks for that execution. */
export function childFailed(outputs: { ExecutionId: string; Status: string }): StepFailure {
  return new StepFailure(
    "Failed",
    `${polling} The automation that was started did not succeed. ${guide}`,
    outputs,
  );
}

/** What is left of a failure's message for a person: its last line, without AWS's hint at the end. */
export function failureSentence(message: string): string {
  const told = message.trim();
  const line = told.split("\n").at(-1) ?? told;
  return line.endsWith(guide) ? line.slice(0, -guide.length).trim() : line;
}

/** AWS's beginning and end; what it says in the middle differs by action and is not known for these. */
export function timedOut(doing: string, outputs?: Record<string, string>): StepFailure {
  return new StepFailure("TimedOut", `Step timed out while step is ${doing}. ${guide}`, outputs);
}
