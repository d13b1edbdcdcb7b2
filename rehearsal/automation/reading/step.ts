import { NotModelled, RehearsalError } from "../../errors";
import { actionOf, readActionName } from "../actions";
import { checkSelector } from "../selector";
import type { OnFailure, Step, StepOutput } from "../runbook";
import { isMap, isValueType, type Json, type JsonMap } from "../values";
import type { Format } from "./document";
import { Fields } from "./fields";

/** One entry of the runbook's `mainSteps`. */
export function readStep(value: Json, index: number, format: Format): Step {
  const name = new Fields(`runbook, step ${index + 1}`, value).neededText("name");
  const where = `runbook, step "${name}"`;
  const fields = new Fields(where, value);
  fields.any("name");
  if (!/^[a-zA-Z0-9_]+$/.test(name)) throw new RehearsalError(`${where}: a name is letters, digits and _`);
  const action = readActionName(where, fields.neededText("action"));
  const onFailure = readOnFailure(where, fields.text("onFailure") ?? "Abort");
  const step: Step = {
    name,
    action,
    description: fields.text("description"),
    maxAttempts: fields.integer("maxAttempts", 1) ?? 1,
    timeoutSeconds: fields.integer("timeoutSeconds", 1),
    onFailure,
    onCancel: readOnCancel(where, fields.text("onCancel") ?? "Abort"),
    nextStep: fields.text("nextStep"),
    isEnd: fields.flag("isEnd") ?? false,
    isCritical: fields.flag("isCritical") ?? onFailure.kind !== "Continue",
    inputs: fields.map("inputs") ?? {},
    outputs: (fields.list("outputs") ?? []).map((output) => readOutput(where, output)),
  };
  fields.end();
  checkOutputs(where, step);
  actionOf(action).checkStep?.(where, step);
  checkInputs(where, step, format);
  return step;
}

function readOnFailure(where: string, text: string): OnFailure {
  if (text === "Abort" || text === "Continue") return { kind: text };
  const handler = /^step:(\w+)$/.exec(text);
  if (handler) return { kind: "step", step: handler[1] };
  throw new RehearsalError(`${where}: onFailure is "${text}", not Abort, Continue or step:NAME`);
}

function readOnCancel(where: string, text: string): string | undefined {
  const handler = /^step:(\w+)$/.exec(text);
  if (text !== "Abort" && handler === null) {
    throw new RehearsalError(`${where}: onCancel is "${text}", not Abort or step:NAME`);
  }
  return handler?.[1];
}

function readOutput(where: string, value: Json): StepOutput {
  const fields = new Fields(`${where}, outputs`, value);
  const output = {
    name: fields.neededText("Name"),
    selector: fields.neededText("Selector"),
    type: fields.neededText("Type"),
  };
  fields.end();
  if (!/^\w+$/.test(output.name)) throw new RehearsalError(`${where}: "${output.name}" is no output's name`);
  if (!isValueType(output.type)) {
    throw new RehearsalError(`${where}: the output ${output.name} has no such type: "${output.type}"`);
  }
  checkSelector(`${where}, output ${output.name}`, output.selector);
  return { ...output, type: output.type };
}

function checkOutputs(where: string, step: Step): void {
  const { outputs } = actionOf(step.action);
  if (step.outputs.length > 0 && !outputs.declared) {
    throw new NotModelled(`${where}: the rehearsal does not model outputs of ${step.action}`);
  }
  const names = step.outputs.map((output) => output.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new RehearsalError(`${where}: two outputs have the name ${twice}`);
}

function checkInputs(where: string, step: Step, format: Format): void {
  refuseKeys(where, step.inputs);
  const fields = new Fields(`${where}, inputs`, step.inputs);
  actionOf(step.action).checkInputs(fields, format);
  fields.end();
}

/** AWS does not substitute in the names of members. */
function refuseKeys(where: string, value: Json): void {
  if (Array.isArray(value)) return value.forEach((item) => refuseKeys(where, item));
  if (!isMap(value)) return;
  for (const [key, item] of Object.entries(value as JsonMap)) {
    if (key.includes("{{")) throw new RehearsalError(`${where}: a reference cannot be a name: "${key}"`);
    refuseKeys(where, item);
  }
}
