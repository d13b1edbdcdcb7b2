import { NotModelled } from "../errors";
import { mapTexts, pieces, type Reference } from "./reference";
import { shown, type Json, type ParameterValue } from "./values";
import { variableValue, type Surroundings } from "./variables";

/** What references can reach while a runbook runs. */
export interface Scope extends Surroundings {
  parameters: Record<string, ParameterValue>;
  /** The outputs of the steps that succeeded, by step and name. */
  outputs: ReadonlyMap<string, Record<string, Json>>;
}

/** Puts the values of its references into a step's input, at the instant of the call. */
export function resolve(where: string, value: Json, scope: Scope): Json {
  return mapTexts(value, (text) => resolveText(where, text, scope));
}

function resolveText(where: string, text: string, scope: Scope): Json {
  const parts = pieces(where, text);
  if (parts.length === 1 && typeof parts[0] !== "string") return lookUp(parts[0], scope);
  return parts
    .map((part) => (typeof part === "string" ? part : asText(where, part.written, lookUp(part, scope))))
    .join("");
}

function lookUp({ reference, written }: { reference: Reference; written: string }, scope: Scope): Json {
  switch (reference.kind) {
    case "variable":
      return variableValue(reference.name, scope);
    case "parameter":
      return scope.parameters[reference.name];
    case "output":
      // Of a step that a branch went round, or that failed, AWS leaves the reference itself standing.
      return scope.outputs.get(reference.step)?.[reference.output] ?? written;
  }
}

function asText(where: string, written: string, value: Json): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw new NotModelled(
    `${where}: the rehearsal does not model ${written} inside a longer text, its value being ${shown(value)}`,
  );
}
