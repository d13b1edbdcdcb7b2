import { NotModelled, RehearsalError } from "../../errors";
import type { BusEvent } from "./busEvent";

/** Makes of an event what a target gets. */
export type Transformer = (event: BusEvent, rule: { name: string; arn: string }) => string;

/** The variables that EventBridge has itself, as far as they are modelled. */
const RULE_ARN = "aws.events.rule-arn";
const RULE_NAME = "aws.events.rule-name";

const VARIABLE = /<([A-Za-z0-9_.-]+)>/g;

/**
 * Reads an input transformer: paths into the event by name, and a template, which is JSON, with `<NAME>` for what stands
 * there. In a text a value stands as it is; elsewhere as JSON.
 *
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function readTransformer(
  inputPaths: Record<string, string>,
  template: string,
  where: string,
): Transformer {
  const paths = new Map(Object.entries(inputPaths).map(([name, path]) => [name, readPath(path, where)]));
  for (const [, name] of template.matchAll(VARIABLE)) {
    checkVariable(name, paths, where);
  }
  checkTemplate(template, where);
  return (event, rule) => {
    const own: Record<string, string> = { [RULE_ARN]: rule.arn, [RULE_NAME]: rule.name };
    return fillIn(template, (name) => own[name] ?? paths.get(name)?.(event));
  };
}

/** Dots only: brackets are for indices, which no event here needs. */
function readPath(path: string, where: string): (event: BusEvent) => unknown {
  if (!/^\$(\.[A-Za-z0-9_-]+)*$/.test(path)) {
    throw new NotModelled(
      `The rehearsal does not model the path ${path} of the input transformer of ${where}.`,
    );
  }
  const keys = path.split(".").slice(1);
  return (event) =>
    keys.reduce<unknown>((inside, key) => (inside as Record<string, unknown> | undefined)?.[key], event);
}

function checkVariable(name: string, paths: Map<string, unknown>, where: string): void {
  if (name.startsWith("aws.") && ![RULE_ARN, RULE_NAME].includes(name)) {
    throw new NotModelled(`The rehearsal does not model <${name}> in the input transformer of ${where}.`);
  }
  if (!name.startsWith("aws.") && !paths.has(name)) {
    throw new RehearsalError(
      `The input transformer of ${where} has <${name}> in its template and not among its paths: EventBridge refuses it.`,
    );
  }
}

/** One JSON value, or one text a line. */
function checkTemplate(template: string, where: string): void {
  const filled = fillIn(template, () => "x");
  if (!isJson(filled) && !filled.split("\n").every(isJson)) {
    throw new RehearsalError(
      `The input transformer of ${where} has a template that is not JSON: write a text in quotation marks.`,
    );
  }
}

/** What has no value in an event is left out. */
function fillIn(template: string, valueOf: (name: string) => unknown): string {
  let filled = "";
  let end = 0;
  let inText = false;
  for (const match of template.matchAll(/\\.|"|<([A-Za-z0-9_.-]+)>/gs)) {
    const [token, name] = match;
    filled += template.slice(end, match.index);
    end = match.index + token.length;
    inText = token === '"' ? !inText : inText;
    filled += name === undefined ? token : written(valueOf(name), inText);
  }
  return filled + template.slice(end);
}

function written(value: unknown, inText: boolean): string {
  if (value === undefined) {
    return "";
  }
  const json = JSON.stringify(value);
  return inText && typeof value === "string" ? json.slice(1, -1) : json;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) {
      return false;
    }
    throw error;
  }
}
