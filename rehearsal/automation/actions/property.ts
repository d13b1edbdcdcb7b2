import { NotModelled, RehearsalError } from "../../errors";
import type { Members } from "../../account/api";
import type { Fields } from "../reading/fields";
import { checkSelector, select } from "../selector";
import { shown, type Json } from "../values";
import type { Attempt } from "./action";
import { callApi, checkApiCall } from "./apiCall";

/** The inputs that the waiting and the asserting action have beside those of the API call. */
const own = ["PropertySelector", "DesiredValues"] as const;

export function checkPropertyInputs(inputs: Fields): void {
  checkApiCall(inputs);
  checkSelector(inputs.where, inputs.neededText("PropertySelector"));
  const desired = inputs.neededList("DesiredValues");
  if (desired.length === 0) throw new RehearsalError(`${inputs.where}: DesiredValues is empty`);
  for (const value of desired) asText(inputs.where, value);
  inputs.rest();
}

export interface Property {
  isDesired: boolean;
  /** The property and its value, for a message. */
  told: string;
}

/** Asks for the property once. */
export function askProperty(attempt: Attempt): Property {
  const where = `step "${attempt.step.name}"`;
  const answer: Members = callApi(attempt, own);
  const selector = attempt.inputs.PropertySelector as string;
  const desired = attempt.inputs.DesiredValues as Json[];
  const value = select(where, answer, selector);
  return {
    isDesired: isDesired(where, value, desired),
    told: `${selector} is ${shown(value)}, desired is ${desired.map(shown).join(" or ")}`,
  };
}

/** Values are compared as texts; what is not there equals nothing. */
function isDesired(where: string, value: Json | undefined, desired: Json[]): boolean {
  if (value === undefined || value === null) return false;
  const text = asText(where, value);
  return desired.some((other) => asText(where, other) === text);
}

function asText(where: string, value: Json): string {
  // AWS: a Boolean has to be written with a capital letter, such as True.
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string" || typeof value === "number") return String(value);
  throw new NotModelled(
    `${where}: the rehearsal does not model comparing ${shown(value)} with DesiredValues`,
  );
}
