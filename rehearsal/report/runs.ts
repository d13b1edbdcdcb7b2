import type { StepRecord } from "../automation/execution";
import type { Run } from "../nights/run";

/** One line of a night's report: a run's heading, one of its steps, or its end. */
export type RunLine = { depth: number; run: Run } & (
  { kind: "begins" | "ends" } | { kind: "step"; step: StepRecord }
);

/** The runs of a night in lines: those that a step started stand under that step, one level further in. */
export function runLines(runs: Run[]): RunLine[] {
  return runs.filter(({ parent }) => parent === undefined).flatMap((run) => linesOf(run, runs, 0));
}

function linesOf(run: Run, runs: Run[], depth: number): RunLine[] {
  const children = runs.filter(({ parent }) => parent !== undefined && parent === run.executionId);
  const steps = run.steps.flatMap((step): RunLine[] => [
    { kind: "step", depth, run, step },
    ...children.filter((child) => isOf(step, child)).flatMap((child) => linesOf(child, runs, depth + 1)),
  ]);
  return [{ kind: "begins", depth, run }, ...steps, { kind: "ends", depth, run }];
}

/** A step starts nothing but during itself. */
function isOf({ action, startedAt, endedAt }: StepRecord, child: Run): boolean {
  return action === "aws:executeAutomation" && startedAt <= child.startedAt && child.startedAt <= endedAt;
}
