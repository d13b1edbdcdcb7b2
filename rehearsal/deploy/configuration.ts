import { RehearsalError } from "../errors";

/** How Pulumi.yaml declares one key. */
export interface DeclaredKey {
  type?: string;
  default?: unknown;
}

interface Given {
  project: string;
  stackFile: string;
  declared: Record<string, DeclaredKey>;
  given: Record<string, unknown>;
}

/**
 * The configuration as a program receives it: the stack's values, the project's defaults, types checked. Pulumi's mocks
 * do none of this; the engine does.
 */
export function resolveConfiguration({ project, stackFile, declared, given }: Given): Record<string, string> {
  const values: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    refuseSecure(key, value);
    values[key.includes(":") ? key : `${project}:${key}`] = value;
  }
  for (const [key, declaration] of Object.entries(declared)) {
    const full = key.includes(":") ? key : `${project}:${key}`;
    values[full] ??= declaration.default;
    if (values[full] === undefined || values[full] === null) {
      throw new RehearsalError(
        `${stackFile} has no ${full}, which Pulumi.yaml requires: set it with pulumi config set ${full} VALUE.`,
      );
    }
    checkType(full, values[full], declaration.type, stackFile);
  }
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, asText(value)]));
}

/** A program receives text; lists and maps as JSON. */
function asText(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function refuseSecure(key: string, value: unknown): void {
  if (typeof value !== "object" || value === null) {
    return;
  }
  if ("secure" in value) {
    throw new RehearsalError(
      `${key} is a secret (secure:), which the rehearsal cannot decrypt: nothing here needs one, so set it as plain text.`,
    );
  }
  for (const [inner, innerValue] of Object.entries(value)) {
    refuseSecure(`${key}.${inner}`, innerValue);
  }
}

function checkType(key: string, value: unknown, type: string | undefined, stackFile: string): void {
  if (type !== undefined && !isOfType(value, type)) {
    throw new RehearsalError(
      `${stackFile} has ${JSON.stringify(value)} for ${key}, which Pulumi.yaml declares as ${type}: correct the value.`,
    );
  }
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case "string":
      return typeof value !== "object";
    case "boolean":
      return typeof value === "boolean" || value === "true" || value === "false";
    case "integer":
      return Number.isInteger(typeof value === "string" ? Number(value) : value);
    case "object":
      return typeof value === "object" && !Array.isArray(value);
    case "array":
      return Array.isArray(value);
    default:
      throw new RehearsalError(
        `Pulumi.yaml declares a key as ${type}, which is no type of Pulumi's configuration.`,
      );
  }
}
