import { hasType, type Json, type ValueType } from "./values";

/**
 * The value in the type that an output declares: as it is, or where AWS documents a conversion; undefined where not. A text
 * becomes a list, a whole number or a Boolean; a whole number or a Boolean becomes a text or a list of one; and a list of one
 * becomes what is in it.
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
  const isScalar = type === "String" || type === "Integer" || type === "Boolean";
  return list.length === 1 && isScalar && hasType(list[0], type) ? list[0] : undefined;
}
