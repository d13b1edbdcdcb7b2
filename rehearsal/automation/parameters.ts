import { NotModelled } from "../errors";
import { AwsError } from "../account/errors";
import { javaPattern } from "./pattern";
import type { Parameter, Runbook } from "./runbook";
import { hasType, shown, type ParameterValue, type ValueType } from "./values";

// Limits of the API's own model, ssm:StartAutomationExecution.
const mostParameters = 200;
const mostValues = 50;
const longestValue = 512;

/** What StartAutomationExecution makes of its `Parameters`: typed values for every parameter, or an error answer. */
export function startParameters(
  runbook: Runbook,
  given: Record<string, string[]>,
): Record<string, ParameterValue> {
  checkGiven(runbook, given);
  const values = Object.values(runbook.parameters).map((parameter) => [
    parameter.name,
    startValue(parameter, Object.hasOwn(given, parameter.name) ? given[parameter.name] : undefined),
  ]);
  return Object.fromEntries(values);
}

function refused(message: string): AwsError {
  return new AwsError("InvalidAutomationExecutionParametersException", message);
}

/** What holds for every parameter, whatever the runbook declares. */
function checkGiven(runbook: Runbook, given: Record<string, string[]>): void {
  const count = Object.keys(given).length;
  if (count > mostParameters)
    throw refused(`${count} parameters were given, at most ${mostParameters} are allowed.`);
  for (const [name, values] of Object.entries(given)) {
    if (!Object.hasOwn(runbook.parameters, name)) throw refused(`The runbook has no parameter ${name}.`);
    if (values.length > mostValues) {
      throw refused(
        `Parameter ${name}: ${values.length} values were given, at most ${mostValues} are allowed.`,
      );
    }
    values.forEach((value) => checkText(name, value));
  }
}

function checkText(name: string, value: string): void {
  if (value.length < 1 || value.length > longestValue) {
    throw refused(
      `Parameter ${name}: the value ${shown(value)} is not 1 to ${longestValue} characters long.`,
    );
  }
  // AWS says only that a value cannot refer to another parameter, not what comes of it.
  if (value.includes("{{")) {
    throw new NotModelled(
      `parameter ${name}: the rehearsal does not model {{ in a given value, here ${shown(value)}`,
    );
  }
}

/** The rules hold for what is given and for defaults alike. */
function startValue(parameter: Parameter, given: string[] | undefined): ParameterValue {
  const value = given === undefined ? parameter.default : typed(parameter, given);
  if (value === undefined) throw refused(`Parameter ${parameter.name} is required and no value was given.`);
  checkValue(parameter, value);
  return value;
}

/** Turns the texts that the API takes into a value of the parameter's type. */
function typed({ name, type }: Parameter, given: string[]): ParameterValue {
  if (type === "StringList") return given;
  if (given.length !== 1) {
    throw refused(
      `Parameter ${name}: ${given.length} values ${shown(given)} were given, a ${type} takes exactly one.`,
    );
  }
  const value = parsed(type, given[0]);
  if (hasType(value, type)) return value as ParameterValue;
  throw refused(`Parameter ${name}: the value ${shown(given[0])} is not of the type ${type}.`);
}

/** A text that cannot be read as the type gives undefined, which has no type. */
function parsed(type: ValueType, text: string): unknown {
  if (type === "String") return text;
  // JSON would take 5.0 and 1e3 for whole numbers.
  if (type === "Integer" && !/^-?\d+$/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function checkValue(parameter: Parameter, value: ParameterValue): void {
  const items = Array.isArray(value) ? value : [value];
  if (Array.isArray(value)) checkCount(parameter, value);
  for (const item of items) {
    checkAllowed(parameter, item);
    if (typeof item === "string") checkItem(parameter, item);
  }
}

function checkCount({ name, minItems = 0, maxItems = Infinity }: Parameter, list: unknown[]): void {
  if (list.length >= minItems && list.length <= maxItems) return;
  throw refused(
    `Parameter ${name}: the value ${shown(list)} has ${list.length} items, ${range(minItems, maxItems)}.`,
  );
}

function checkAllowed({ name, allowedValues }: Parameter, item: unknown): void {
  if (allowedValues === undefined || allowedValues.some((allowed) => allowed === item)) return;
  throw refused(`Parameter ${name}: the value ${shown(item)} is not one of ${shown(allowedValues)}.`);
}

function checkItem(parameter: Parameter, text: string): void {
  const { name, allowedPattern, minChars = 0, maxChars = Infinity } = parameter;
  if (text.length < minChars || text.length > maxChars) {
    throw refused(
      `Parameter ${name}: the value ${shown(text)} has ${text.length} characters, ${range(minChars, maxChars)}.`,
    );
  }
  if (allowedPattern !== undefined && !javaPattern(`parameter ${name}`, allowedPattern).test(text)) {
    throw refused(
      `Parameter ${name}: the value ${shown(text)} does not match the pattern ${allowedPattern}.`,
    );
  }
}

function range(least: number, most: number): string {
  return most === Infinity ? `at least ${least} are needed` : `${least} to ${most} are allowed`;
}
