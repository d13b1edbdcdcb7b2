import { InputError } from "../errors";
import { quote } from "../quote";
import { Check, isLaterItself } from "./checker";
import { isPlainMap } from "./plainMap";
import { spellingRepair } from "./spelling";

/**
 * Checks for a map with keys that there are, which decides which resources exist. Its values are not checked yet, and may be
 * known only later. `repair` says what to give.
 */
export function checkKeys<K extends string>(
  input: string,
  keys: readonly K[],
  repair: string,
): Check<Partial<Record<K, unknown>>> {
  return (value) => {
    if (isLaterItself(value)) {
      throw new InputError(
        `${input} is known only later as a whole, and it decides which resources there are: give a plain map, in which each ` +
          `value may be known only later.`,
      );
    }
    if (!isPlainMap(value)) {
      throw new InputError(`${input} ${quote(value)} is not a map: ${repair}.`);
    }
    const given = Object.entries(value).filter(([, one]) => one !== undefined && one !== null);
    const unknown = given.find(([key]) => !keys.some((known) => known === key))?.[0];
    if (unknown !== undefined) {
      throw new InputError(
        `${input}.${unknown} is not known: give any of ${keys.join(", ")}; ${spellingRepair(unknown, keys)}.`,
      );
    }
    return Object.fromEntries(given) as Partial<Record<K, unknown>>;
  };
}
