import type { Value } from "./api";

/** What Python calls the type of a value. */
export function pythonType(value: Value): string {
  if (value === null) {
    return "NoneType";
  }
  if (value instanceof Date) {
    return "datetime.datetime";
  }
  if (Array.isArray(value)) {
    return "list";
  }
  if (typeof value === "number") {
    return Number.isInteger(value) ? "int" : "float";
  }
  return { string: "str", boolean: "bool", object: "dict" }[typeof value as "string" | "boolean" | "object"];
}

/** A value as Python's `str` writes it. */
export function pythonText(value: Value): string {
  return typeof value === "string" ? value : pythonRepresentation(value);
}

function pythonRepresentation(value: Value): string {
  if (value === null || typeof value === "boolean") {
    return value === null ? "None" : value ? "True" : "False";
  }
  if (typeof value === "string" || value instanceof Date) {
    return `'${value instanceof Date ? value.toISOString() : value}'`;
  }
  if (Array.isArray(value)) {
    return `[${value.map(pythonRepresentation).join(", ")}]`;
  }
  if (typeof value === "object") {
    const entries = Object.entries(value).map(([name, item]) => `'${name}': ${pythonRepresentation(item)}`);
    return `{${entries.join(", ")}}`;
  }
  return String(value);
}
