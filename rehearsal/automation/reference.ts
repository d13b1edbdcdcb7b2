import { NotModelled, RehearsalError } from "../errors";
import { isVariableName, type VariableName } from "./variables";
import type { Json } from "./values";

/** What stands between `{{` and `}}`. */
export type Reference =
  | { kind: "parameter"; name: string }
  | { kind: "output"; step: string; output: string }
  | { kind: "variable"; name: VariableName };

/** A text cut at its references; `written` is the reference as the runbook spells it, braces included. */
export type Piece = string | { reference: Reference; written: string };

const between = /\{\{([^{}]*)\}\}/g;

/** Cuts a text at its references; a `{{` that begins none is refused, since what AWS makes of it is not known. */
export function pieces(where: string, text: string): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(between)) {
    found.push(text.slice(end, match.index), {
      reference: readReference(where, match[1].trim()),
      written: match[0],
    });
    end = match.index + match[0].length;
  }
  found.push(text.slice(end));
  const kept = found.filter((piece) => piece !== "");
  if (kept.some((piece) => typeof piece === "string" && piece.includes("{{"))) {
    throw new NotModelled(`${where}: the rehearsal does not model "{{" without a reference, in "${text}"`);
  }
  return kept;
}

/** `InstanceId`, `createImage.ImageId` or `global:DATE`. */
export function readReference(where: string, name: string): Reference {
  if (/^(ssm|ssm-secure|secretsmanager|variable|resolve):/.test(name) || name.startsWith("LOOP.")) {
    throw new NotModelled(`${where}: the rehearsal does not model {{ ${name} }}`);
  }
  if (name.includes(":")) {
    if (isVariableName(name)) return { kind: "variable", name };
    throw new RehearsalError(`${where}: {{ ${name} }} is not a variable of Automation`);
  }
  const output = /^(\w+)\.(\w+)$/.exec(name);
  if (output) return { kind: "output", step: output[1], output: output[2] };
  if (/^\w+$/.test(name)) return { kind: "parameter", name };
  throw new NotModelled(`${where}: the rehearsal cannot read the reference {{ ${name} }}`);
}

/** Replaces every text in a value; names of members stay as they are, since AWS does not substitute there. */
export function mapTexts(value: Json, replace: (text: string) => Json): Json {
  if (typeof value === "string") return replace(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, replace));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, replace)]));
}
