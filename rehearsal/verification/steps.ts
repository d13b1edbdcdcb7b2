import type { Night, Run } from "../nights/run";
import type { Check } from "./check";

/** Every run of a night is Success, and so is each of its steps. */
export function everyStepSucceeded({ runs }: Night): Check {
  const faults = runs.filter((run) => !isFaultless(run));
  const ok = runs.length > 0 && faults.length === 0;
  const detail = ok ? stepsOf(runs) : faults.map(faultOf).join("; ") || "nothing was started";
  return { check: "every step succeeded", ok, detail };
}

function isFaultless(run: Run): boolean {
  return run.status === "Success" && run.steps.length > 0 && failedSteps(run).length === 0;
}

function failedSteps({ steps }: Run): string[] {
  return steps.filter(({ status }) => status !== "Success").map(({ name }) => name);
}

function stepsOf(runs: Run[]): string {
  const [{ steps, executionId }] = runs;
  return runs.length === 1
    ? `${steps.length} steps of execution ${executionId}`
    : runs.map((run) => `${run.steps.length} of ${run.runbook}`).join(", ");
}

function faultOf(run: Run): string {
  const failed = failedSteps(run);
  const names = failed.length > 0 ? `, ${failed.join(", ")} failed` : "";
  return `the run of ${run.runbook} is ${run.status}${names}`;
}
