import type { Members } from "../account/api";
import { actionOf } from "./actions";
import { executionFailed } from "./failure";
import { select } from "./selector";
import type { Runbook, Step, StepOutput } from "./runbook";
import { hasType, shown, type Json, type JsonMap } from "./values";

/** What AWS gives for a document output whose step did not run or did not succeed. */
const notExecuted = "No output available yet because the step is not successfully executed";

/** The outputs of a step that succeeded so far, taken from the answer of its action; one that is amiss fails it. */
export function stepOutputs(step: Step, answer: Members): JsonMap {
  const outputs = Object.fromEntries(step.outputs.map((output) => [output.name, pick(step, output, answer)]));
  return actionOf(step.action).outputs === "Payload"
    ? { Payload: answer.Payload as Json, ...outputs }
    : outputs;
}

/** Types are static and nothing is converted. What AWS does where a selector picks nothing is not confirmed. */
function pick(step: Step, { name, selector, type }: StepOutput, answer: Members): Json {
  const value = select(`step "${step.name}", output ${name}`, answer, selector);
  if (value === undefined) {
    throw executionFailed(
      `The selector ${selector} of the output ${step.name}.${name} matches nothing in the answer`,
    );
  }
  if (!hasType(value, type)) {
    throw executionFailed(
      `The output ${step.name}.${name} is ${shown(value)}, which is not of the type ${type}`,
    );
  }
  return value;
}

export function documentOutputs(
  runbook: Runbook,
  outputs: ReadonlyMap<string, Record<string, Json>>,
): Record<string, unknown> {
  const values = runbook.outputs.map((reference) => {
    const [step, name] = reference.split(".");
    return [reference, outputs.get(step)?.[name] ?? notExecuted];
  });
  return Object.fromEntries(values);
}
