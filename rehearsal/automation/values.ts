/** The values that stand in a runbook, and the six types that Automation gives them. */

export const valueTypes = ["String", "StringList", "Integer", "Boolean", "StringMap", "MapList"] as const;
export type ValueType = (typeof valueTypes)[number];

export type Json = null | string | number | boolean | Json[] | { [key: string]: Json };
export type JsonMap = { [key: string]: Json };

/** What a parameter holds once its type has been applied. */
export type ParameterValue = string | string[] | number | boolean | JsonMap | JsonMap[];

export function isValueType(name: string): name is ValueType {
  return (valueTypes as readonly string[]).includes(name);
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** Automation's types are static: "5" is no Integer and 5 no String. Only declared outputs are converted. */
export function hasType(value: unknown, type: ValueType): boolean {
  switch (type) {
    case "String":
      return typeof value === "string";
    case "Integer":
      return Number.isSafeInteger(value);
    case "Boolean":
      return typeof value === "boolean";
    case "StringMap":
      return isMap(value);
    case "StringList":
      return Array.isArray(value) && value.every((item) => typeof item === "string");
    case "MapList":
      return Array.isArray(value) && value.every(isMap);
  }
}

/** A value for a message: as JSON, cut where it would fill the screen. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
