import { JSONPath } from "jsonpath-plus";
import { NotModelled } from "../errors";
import { isMap, type Json } from "./values";
import type { Members } from "../account/api";

// What AWS documents for Automation: a child by name, an element by index, and the deep scan. Whether wildcards, slices
// and filters work is not told, so a runbook that counts on them is refused.
const grammar = /^\$(\.{1,2}[A-Za-z_][\w-]*|\[\d+\])+$/;

export function checkSelector(where: string, selector: string): void {
  if (grammar.test(selector)) return;
  throw new NotModelled(`${where}: the rehearsal does not model the JSONPath "${selector}"`);
}

/**
 * What the JSONPath picks from an answer, or undefined where it picks nothing. A deep scan always gives a list; what AWS
 * does when it finds nothing is not confirmed, so that too counts as nothing here.
 */
export function select(where: string, answer: Members, selector: string): Json | undefined {
  checkSelector(where, selector);
  const found: unknown[] = JSONPath({ path: selector, json: answer, eval: false, wrap: true });
  if (found.length === 0) return undefined;
  const picked = selector.includes("..") ? found : found[0];
  refuseTimes(where, selector, picked);
  return picked as Json;
}

/** How Automation writes down the timestamps of an answer is not documented; a script has to turn them into text. */
function refuseTimes(where: string, selector: string, value: unknown): void {
  if (value instanceof Date) {
    throw new NotModelled(
      `${where}: the rehearsal does not model timestamps in outputs; "${selector}" picks one`,
    );
  }
  const inner = Array.isArray(value) ? value : isMap(value) ? Object.values(value) : [];
  for (const item of inner) refuseTimes(where, selector, item);
}
