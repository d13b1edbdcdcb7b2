import { ParameterValue } from "./fillIn";

/** Names that the runbooks have from the article. */
const NAMES_OF_THE_ARTICLE: Record<string, string> = { prefix: "LaunchConfigPrefix" };

/** The name of the parameter that an option of the component fills in, in every runbook that declares it. */
export function parameterName(option: string): string {
  return NAMES_OF_THE_ARTICLE[option] ?? option[0].toUpperCase() + option.slice(1);
}

/** The value of an option, when it is known. */
export type OptionValue = ParameterValue | Record<string, string>;

/** A value in a form that Automation has: a map as a list of `key=value`, in the order of the keys. */
export function parameterValue(value: OptionValue): ParameterValue {
  return typeof value === "object" && !Array.isArray(value)
    ? Object.entries(value)
        .map(([key, entry]) => `${key}=${entry}`)
        .sort()
    : value;
}
