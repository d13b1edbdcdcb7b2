import * as pulumi from "@pulumi/pulumi";
import { AmiRefreshPatch } from "../amiRefreshArgs";
import { InputError } from "../errors";
import { quote } from "../quote";
import { Check, Checker } from "./checker";
import { numberFrom, oneOf } from "./choices";
import { checkKeys } from "./keys";
import { isPlainMap } from "./plainMap";

// Sources: Systems Manager API reference, SendCommand; Systems Manager User Guide, page on AWS-RunPatchBaseline.

/** AWS's own document for patches, and what is asked of it where nothing else is said. */
const BASELINE = "AWS-RunPatchBaseline";
const [OPERATION, REBOOT_OPTION] = ["Install", "RebootIfNeeded"];
/** Three hours, in seconds: AWS-RunPatchBaseline itself gives up after two. */
const TIMEOUT = 10800;
/** What Automation takes for a parameter: values, and characters of each. */
const [ENTRIES_MAX, ENTRY_MAX] = [50, 512];
const NAME = /^[\w.-]{3,128}$/;
/** SendCommand takes no more, of an ARN either. */
const DOCUMENT_MAX = 128;
const ARN = /^arn:aws[a-z-]*:ssm:[a-z0-9-]+:\d{12}:document\/[\w.-]{3,128}$/;

const CHECKS = {
  documentName: () => checkDocumentName,
  rebootOption: oneOf(REBOOT_OPTION, "NoReboot"),
  parameters: () => checkParameters,
  timeout: numberFrom(60, 172800, "seconds"),
} satisfies Record<keyof AmiRefreshPatch, (input: string) => Check<unknown>>;

type Key = keyof typeof CHECKS;
const KEYS = Object.keys(CHECKS) as Key[];

/** What is to be run on the golden instance, the values in it not checked yet. */
export type GivenPatch = Readonly<Partial<Record<Key, unknown>>>;

/** What is run on the golden instance, checked. */
export interface Patch {
  readonly documentName: pulumi.Output<string>;
  /** As the runbook takes them: each as name=value. */
  readonly parameters: pulumi.Output<string[]>;
  /** How long a run waits for the command, in seconds. */
  readonly timeout: pulumi.Output<number>;
}

/** Checks that it is a map of keys that there are. */
export const checkPatchKeys: Check<GivenPatch> = checkKeys(
  "patch",
  KEYS,
  `give {} for ${BASELINE}, or leave it out and nothing is run on the golden instance`,
);

/** The values in it, each by itself and together. */
export function checkPatch(checker: Checker, given: GivenPatch | undefined): Patch | undefined {
  if (given === undefined) {
    return undefined;
  }
  const checked = KEYS.filter((key) => given[key] !== undefined).map((key) => {
    const check: (input: string) => Check<unknown> = CHECKS[key];
    return [key, checker.check(given[key], check(`patch.${key}`))] as const;
  });
  const known = checker.checkLater(pulumi.output(Object.fromEntries(checked)), checkTogether);
  return {
    documentName: known.apply(({ documentName }) => documentName),
    parameters: known.apply(({ entries }) => entries),
    timeout: known.apply(({ timeout }) => timeout),
  };
}

/** Values of which the types are right. */
interface Known {
  readonly documentName?: string;
  readonly rebootOption?: string;
  readonly parameters?: Record<string, string[]>;
  readonly timeout?: number;
}

function checkTogether(value: unknown): { documentName: string; entries: string[]; timeout: number } {
  const { documentName = BASELINE, rebootOption, parameters = {}, timeout = TIMEOUT } = value as Known;
  if (rebootOption !== undefined && documentName !== BASELINE) {
    throw new InputError(
      `patch.rebootOption ${quote(rebootOption)} is a parameter of ${BASELINE} and of no other document that is known: leave ` +
        `it out, and give what ${documentName} takes in patch.parameters.`,
    );
  }
  if (rebootOption !== undefined && "RebootOption" in parameters) {
    throw new InputError(
      `patch.rebootOption ${quote(rebootOption)} and patch.parameters.RebootOption mean the same: leave one of them out.`,
    );
  }
  const ofBaseline: Record<string, string[]> =
    documentName === BASELINE
      ? { Operation: [OPERATION], RebootOption: [rebootOption ?? REBOOT_OPTION] }
      : {};
  return { documentName, entries: listEntries({ ...ofBaseline, ...parameters }), timeout };
}

/** The entries of the parameter CommandParameters. */
function listEntries(parameters: Record<string, string[]>): string[] {
  const entries = Object.entries(parameters).flatMap(([name, values]) =>
    values.map((value) => `${name}=${value}`),
  );
  const long = entries.find((entry) => entry.length > ENTRY_MAX);
  if (long !== undefined) {
    throw new InputError(
      `patch.parameters ${quote(long)} has ${long.length} characters: at most ${ENTRY_MAX} are allowed for a name and one of ` +
        `its values, because Automation takes no more; put it into a command document of your own.`,
    );
  }
  if (entries.length > ENTRIES_MAX) {
    throw new InputError(
      `patch.parameters has ${entries.length} values with those that are always given: at most ${ENTRIES_MAX} are allowed, ` +
        `because Automation takes no more; put them into a command document of your own.`,
    );
  }
  return entries;
}

function checkDocumentName(value: unknown): string {
  if (typeof value !== "string" || value.length > DOCUMENT_MAX || !(NAME.test(value) || ARN.test(value))) {
    throw new InputError(
      `patch.documentName ${quote(value)} is not the name of a command document: it is 3 to 128 letters, digits and _ - . , ` +
        `or the ARN, of at most ${DOCUMENT_MAX} characters, of one that another account shares; give such a name, or leave it ` +
        `out for ${BASELINE}.`,
    );
  }
  return value;
}

function checkParameters(value: unknown): Record<string, string[]> {
  if (!isPlainMap(value)) {
    throw new InputError(
      `patch.parameters ${quote(value)} is not a map: give the document's parameters, each with a list of texts, or leave it out.`,
    );
  }
  for (const [name, values] of Object.entries(value)) {
    if (!/^\w{1,128}$/.test(name)) {
      throw new InputError(
        `patch.parameters ${quote(name)} is not the name of a parameter: it is 1 to 128 letters and digits; correct it.`,
      );
    }
    if (!Array.isArray(values) || values.length === 0 || !values.every(isText)) {
      throw new InputError(
        `patch.parameters.${name} ${quote(values)} cannot be used: give a list of texts without line breaks and without two ` +
          `braces in a row, which mean something to Automation, such as ["Install"].`,
      );
    }
  }
  return value as Record<string, string[]>;
}

function isText(value: unknown): boolean {
  return typeof value === "string" && !/[\p{Cc}]|\{\{|\}\}/u.test(value);
}
