import { load, YAMLException } from "js-yaml";
import { RehearsalError } from "../../errors";
import { isMap, type Json } from "../values";

export type Format = "YAML" | "JSON";

/** The document's text as plain values. */
export function parseDocument(content: string, format: Format): Json {
  const parsed = format === "JSON" ? fromJson(content) : fromYaml(content);
  refuseOthers("runbook", parsed);
  return parsed as Json;
}

function fromJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (error) {
    throw new RehearsalError(`runbook: not JSON: ${(error as Error).message}`);
  }
}

function fromYaml(content: string): unknown {
  try {
    return load(content);
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    throw new RehearsalError(`runbook: not YAML: ${error.message}`);
  }
}

/** YAML can say more than JSON: an unquoted date, for one, is no text and has no meaning in a runbook. */
function refuseOthers(where: string, value: unknown): void {
  if (value === null || ["string", "boolean"].includes(typeof value) || Number.isFinite(value)) return;
  if (Array.isArray(value)) return value.forEach((item, index) => refuseOthers(`${where}[${index}]`, item));
  if (!isMap(value)) throw new RehearsalError(`${where}: ${String(value)} has to stand in quotes`);
  for (const [key, item] of Object.entries(value)) refuseOthers(`${where}.${key}`, item);
}
