import type { Members } from "../account/api";
import { actionOf } from "./actions";
import { executionFailed } from "./failure";
import { select } from "./selector";
import type { Runbook, Step, StepOutput } from "./runbook";
import { convert } from "./convert";
import { shown, type Json, type JsonMap } from "./values";

/** What AWS gives for a document output whose step did not run or did not succeed. */
const notExecuted = "No output available yet because the step is not successfully executed";

/** The outputs of a step that succeeded so far, taken from the answer of its action; one that is amiss fails it. */
export function stepOutputs(step: Step, answer: Members): JsonMap {
  const outputs = Object.fromEntries(step.outputs.map((output) => [output.name, pick(step, output, answer)]));
  const own = Object.keys(actionOf(step.action).outputs.own).map((name) => [name, answer[name] as Json]);
  return { ...Object.fromEntries(own), ...outputs };
}

/** AWS converts to the declared type where it knows how. What it does where a selector picks nothing is not confirmed. */
function pick(step: Step, { name, selector, type }: StepOutput, answer: Members): Json {
  const value = select(`step "${step.name}", output ${name}`, answer, selector);
  if (value === undefined) {
    throw executionFailed(
      `The selector ${selector} of the output ${step.name}.${name} matches nothing in the answer`,
    );
  }
  const converted = convert(value, type);
  if (converted === undefined) {
    throw executionFailed(
      `The output ${step.name}.${name} is ${shown(value)}, which is not of the type ${type}`,
    );
  }
  return converted;
}

export function documentOutputs(
  runbook: Runbook,
  outputs: ReadonlyMap<string, Record<string, Json>>,
): Record<string, Json> {
  const values = runbook.outputs.map((reference) => {
    const [step, name] = reference.split(".");
    return [reference, outputs.get(step)?.[name] ?? notExecuted];
  });
  return Object.fromEntries(values);
}
