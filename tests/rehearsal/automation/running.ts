import { Clock } from "../../../rehearsal/account/clock";
import type { Members } from "../../../rehearsal/account/api";
import type { StartChild } from "../../../rehearsal/automation/child";
import { runToEnd, type ExecutionResult, type Started } from "../../../rehearsal/automation/execution";
import { startParameters } from "../../../rehearsal/automation/parameters";
import { readRunbook } from "../../../rehearsal/automation/reading/runbook";
import { sharedPython } from "../python";

export const start = new Date("2026-03-01T05:30:00Z");

/** A call that a step made, with the second of the run at which it was made. */
export interface Made {
  step: string;
  api: string;
  params: Members;
  second: number;
}

export type Answer = (api: string, params: Members, made: Made[]) => Members;

export interface Trial {
  result: ExecutionResult;
  made: Made[];
  clock: Clock;
  /** Names of the steps, in the order in which they ended. */
  order: string[];
}

const refused: StartChild = (step) => {
  throw new Error(`${step} starts another runbook`);
};

/** Everything that an execution needs; each call takes one second, like the account's. */
export async function started(
  yaml: string,
  {
    answer = () => ({}),
    startChild = refused,
    given = {},
    clock = new Clock(start),
    seconds = 1,
  }: Options = {},
): Promise<Started & { made: Made[] }> {
  const runbook = readRunbook(yaml, "YAML");
  const made: Made[] = [];
  return {
    runbook,
    parameters: startParameters(runbook, given),
    executionId: "11111111-2222-4333-8444-555555555555",
    place: { partition: "aws-cn", region: "cn-north-1", accountId: "123456789012" },
    clock,
    python: await sharedPython(),
    made,
    startChild,
    port(step, _service, api, params) {
      const call = { step, api, params, second: (clock.now().getTime() - start.getTime()) / 1000 };
      made.push(call);
      clock.advance(seconds);
      return answer(api, params, made);
    },
  };
}

export interface Options {
  answer?: Answer;
  startChild?: StartChild;
  given?: Record<string, string[]>;
  clock?: Clock;
  /** How long an API call takes. */
  seconds?: number;
}

/** Runs a runbook of these steps to its end. */
export async function run(yaml: string, options: Options = {}): Promise<Trial> {
  const order: string[] = [];
  const trial = {
    ...(await started(yaml, options)),
    onStep: (step: { name: string }) => void order.push(step.name),
  };
  return { result: runToEnd(trial), made: trial.made, clock: trial.clock, order };
}

/** A whole runbook around the text of its steps. */
export function runbook(steps: string, before = ""): string {
  return `schemaVersion: "0.3"\n${before}\nmainSteps:\n${steps}`;
}

/** A step that makes one API call. */
export function step(name: string, more = ""): string {
  return `
  - name: ${name}
    action: aws:executeAwsApi
    inputs: { Service: ec2, Api: ${name[0].toUpperCase()}${name.slice(1)} }
    ${more}`;
}

/** A step that runs a script. */
export function script(name: string, body: string, more = ""): string {
  const lines = body.split("\n").map((line) => `          ${line}`);
  return `
  - name: ${name}
    action: aws:executeScript
    ${more}
    inputs:
      Runtime: python3.11
      Handler: handler
      Script: |
        def handler(events, context):
${lines.join("\n")}`;
}
