import { hasType, type Json, type ValueType } from "./values";

/**
 * The value in the type that an output declares: as it is, or where AWS documents a conversion; undefined where not. A text
 * becomes a list, a whole number or a Boolean; a whole number or a Boolean becomes a text or a list of one; and a list of one
 * of these becomes a text, a whole number or a Boolean, as what is in it does.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-outputs-inputs.html
 */
export function convert(value: Json, type: ValueType): Json | undefined {
  if (hasType(value, type)) return value;
  if (typeof value === "string") return fromText(value, type);
  if (typeof value === "boolean" || Number.isSafeInteger(value)) return fromScalar(String(value), type);
  return Array.isArray(value) ? fromList(value, type) : undefined;
}

function fromText(text: string, type: ValueType): Json | undefined {
  if (type === "StringList") return [text];
  if (type === "Boolean" && (text === "true" || text === "false")) return text === "true";
  const number = Number(text);
  return type === "Integer" && /^-?\d+$/.test(text) && Number.isSafeInteger(number) ? number : undefined;
}

function fromScalar(text: string, type: ValueType): Json | undefined {
  if (type === "String") return text;
  return type === "StringList" ? [text] : undefined;
}

function fromList(list: Json[], type: ValueType): Json | undefined {
  const toScalar = type === "String" || type === "Integer" || type === "Boolean";
  return list.length === 1 && toScalar && !Array.isArray(list[0]) ? convert(list[0], type) : undefined;
}
