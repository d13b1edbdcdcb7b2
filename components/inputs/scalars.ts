import { InputError } from "../errors";
import { quote } from "../quote";

/** Checks for true or false. */
export function checkFlag(input: string): (value: unknown) => boolean {
  return (value) => {
    if (typeof value !== "boolean") {
      throw new InputError(
        `${input} ${quote(value)} is not a boolean: give true or false, without quotation marks.`,
      );
    }
    return value;
  };
}

/** The same of something that is there only where it is wanted: false is as if it were left out. */
export function checkWanted(input: string): (value: unknown) => true | undefined {
  const check = checkFlag(input);
  return (value) => check(value) || undefined;
}

/** Checks for a whole number from 1 to `most`; `because` says why these are the limits. */
export function checkCount(input: string, most: number, because: string): (value: unknown) => number {
  return (value) => {
    if (typeof value !== "number" || !Number.isInteger(value) || value < 1 || value > most) {
      throw new InputError(
        `${input} ${quote(value)} cannot be used: it is a whole number from 1 to ${most}, because ${because}; give such a ` +
          `number, without quotation marks.`,
      );
    }
    return value;
  };
}
