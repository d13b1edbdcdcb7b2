import { InputError } from "../errors";
import { quote } from "../quote";
import { Configured, OPTION_NAMES, OptionName, OPTIONS } from "./options";
import { isAlmost, spellingRepair } from "./spelling";

// How the program reads a stack's configuration: every key as text. pulumi.Config has readers for booleans, numbers and objects
// too, but what they throw says neither what is allowed nor the repair, and Node takes most of a minute to print it
// (errors.ts says why).

/**
 * The value of one key, as the component's argument of the same name takes it. A text that is no value of the key's kind is
 * handed on as it is, and the component refuses it with the sentence that it has for any wrong value.
 */
export function readConfigured(name: OptionName, text: string | undefined): unknown {
  return text === undefined ? undefined : READERS[OPTIONS[name].configured](text);
}

const READERS: Record<Configured, (text: string) => unknown> = {
  string: (text) => text,
  boolean: (text) => (text === "true" || text === "false" ? text === "true" : text),
  number: (text) => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text),
  object: readObject,
};

function readObject(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) {
      return text;
    }
    throw error;
  }
}

/** Refuses keys that Pulumi would ignore silently, while the option kept its default. */
export function refuseUnknownKeys(project: string, given: string[]): void {
  for (const key of given) {
    const colon = key.indexOf(":");
    checkKey(project, key.slice(0, colon), key.slice(colon + 1));
  }
}

function checkKey(project: string, namespace: string, name: string): void {
  const known = OPTION_NAMES.some((option) => option === name);
  if (namespace === project && !known) {
    throw new InputError(
      `configuration ${quote(`${namespace}:${name}`)} is not known: the keys are ${OPTION_NAMES.join(", ")}; ` +
        `${spellingRepair(name, OPTION_NAMES)}.`,
    );
  }
  // Another namespace is another package's business, unless both halves show that this project's was meant.
  if (isAlmost(namespace, project) && (known || OPTION_NAMES.some((option) => isAlmost(name, option)))) {
    throw new InputError(
      `configuration ${quote(`${namespace}:${name}`)} is read by nothing: the keys of this project begin with ` +
        `${quote(`${project}:`)}; correct its spelling or remove it.`,
    );
  }
}
