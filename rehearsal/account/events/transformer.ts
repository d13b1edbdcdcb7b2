import { NotModelled } from "../../errors";
import type { EventValue } from "./pattern";

export interface InputTransformer {
  inputPaths: Record<string, string>;
  inputTemplate: string;
}

/**
 * The text that a target receives: the template, one JSON text, with the event's values in place of the names in angle brackets. A
 * value that the event does not have becomes nothing.
 */
export function transform({ inputPaths, inputTemplate }: InputTransformer, event: EventValue): string {
  const template = readTemplate(inputTemplate);
  return template.replace(/<([\w.-]+)>/g, (whole, name: string) => {
    if (!Object.hasOwn(inputPaths, name)) {
      throw new NotModelled(
        `The rehearsal does not model ${whole} in an input template, which no input path names.`,
      );
    }
    return valueAt(event, inputPaths[name]);
  });
}

function readTemplate(template: string): string {
  let text: unknown;
  try {
    text = JSON.parse(template);
  } catch {
    text = undefined;
  }
  if (typeof text !== "string") {
    throw new NotModelled(
      `The rehearsal models an input template that is one JSON text, and not ${template}.`,
    );
  }
  return text;
}

function valueAt(event: EventValue, path: string): string {
  if (!/^\$(\.[\w-]+)+$/.test(path)) {
    throw new NotModelled(`The rehearsal does not model the input path ${path}.`);
  }
  const value = path
    .split(".")
    .slice(1)
    .reduce<EventValue | undefined>(
      (inner, member) => (typeof inner === "object" ? inner[member] : undefined),
      event,
    );
  return typeof value === "string" ? value : "";
}
