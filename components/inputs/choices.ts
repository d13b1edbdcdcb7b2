import { InputError } from "../errors";
import { quote } from "../quote";
import { Check } from "./checker";

/** Checks for one of a few texts. */
export function oneOf(...allowed: string[]): (input: string) => Check<string> {
  return (input) => (value) => {
    if (typeof value !== "string" || !allowed.includes(value)) {
      throw new InputError(
        `${input} ${quote(value)} is not known: give ${allowed.map((one) => quote(one)).join(" or ")}, or leave it out.`,
      );
    }
    return value;
  };
}

/** Checks for a whole number of a unit. */
export function numberFrom(min: number, max: number, unit: string): (input: string) => Check<number> {
  return (input) => (value) => {
    if (typeof value !== "number" || !Number.isInteger(value) || value < min || value > max) {
      throw new InputError(
        `${input} ${quote(value)} cannot be used: give a whole number from ${min} to ${max}, in ${unit}, or leave it out.`,
      );
    }
    return value;
  };
}
