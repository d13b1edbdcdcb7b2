import { InputError } from "../errors";
import { quote } from "../quote";

// Every check in this folder takes whatever was given, because callers in JavaScript and values out of configuration files
// have no types, and gives the value back with its type. The sentences name the input, the value, what is allowed and the
// likely repair.

/** A value that is a string, or one sentence that asks for one. */
export function requireText(input: string, value: unknown, repair: string): string {
  if (value === undefined || value === null) {
    throw new InputError(`${input} is missing: give ${repair}.`);
  }
  if (typeof value !== "string") {
    throw new InputError(`${input} ${quote(value)} is not a string: give ${repair}.`);
  }
  return value;
}
