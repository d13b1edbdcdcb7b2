import * as fs from "node:fs";
import * as path from "node:path";
import { CORE_SCHEMA, defineScalarTag, load } from "js-yaml";
import { InputError } from "../errors";
import { quote } from "../quote";
import { assembleScript } from "./script";

/** The runbooks, by the names of their files. */
export const RUNBOOK_NAMES = [
  "create-image",
  "patch-golden-instance",
  "roll-out-launch-configuration",
  "roll-out-launch-template",
  "roll-out-parameter",
  "retire-images",
  "retire-images-parameter",
  "watch",
  "watch-parameter",
  "roll-out-with-refresh",
  "refresh-instances-launch-configuration",
  "refresh-instances-launch-template",
] as const;
export type RunbookName = (typeof RUNBOOK_NAMES)[number];

/** An Automation document as this library needs to know it: it fills in parameters and how long steps may take. */
export interface AutomationDocument {
  readonly schemaVersion: "0.3";
  readonly parameters: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly mainSteps: readonly { readonly name: string; readonly [key: string]: unknown }[];
  readonly [key: string]: unknown;
}

const REPAIR = "restore the files that belong to this version of ami-refresh";

const loaded = new Map<string, AutomationDocument>();

/**
 * A runbook with its scripts put in, loaded once in a process. From source its file is at `../../documents`, from the compiled
 * package at `../../../documents`; the working directory does not matter.
 */
export function loadRunbook(name: RunbookName, folder: string = documentsFolder()): AutomationDocument {
  const file = path.join(folder, `${name}.yaml`);
  const document = loaded.get(file) ?? read(file);
  loaded.set(file, document);
  return document;
}

/** Loads every runbook, so that a file that is wrong is found whatever the group's kind is. */
export function loadRunbooks(): void {
  RUNBOOK_NAMES.forEach((name) => loadRunbook(name));
}

function documentsFolder(): string {
  const candidates = ["../..", "../../.."].map((up) => path.join(__dirname, up, "documents"));
  return candidates.find((candidate) => fs.existsSync(candidate)) ?? candidates[0];
}

function read(file: string): AutomationDocument {
  const document = parse(file);
  if (!isAutomationDocument(document)) {
    throw new InputError(
      `the runbook ${quote(file)} is not an Automation document: it has schemaVersion '0.3', parameters and mainSteps; ${REPAIR}.`,
    );
  }
  return document;
}

function parse(file: string): unknown {
  try {
    return load(fs.readFileSync(file, "utf8"), {
      schema: schemaWithScripts(path.join(path.dirname(file), "scripts")),
    });
  } catch (error) {
    if (error instanceof InputError) {
      throw error;
    }
    const reason = (error instanceof Error ? error.message : String(error)).split("\n")[0];
    throw new InputError(`the runbook ${quote(file)} cannot be read (${reason}): ${REPAIR}.`);
  }
}

/** `!script create_image/report.py` stands for the text of that file. */
function schemaWithScripts(folder: string) {
  return CORE_SCHEMA.withTags(
    defineScalarTag("!script", { resolve: (file) => assembleScript(folder, file), identify: () => false }),
  );
}

function isAutomationDocument(document: unknown): document is AutomationDocument {
  const { schemaVersion, parameters, mainSteps } = (document ?? {}) as Record<string, unknown>;
  return (
    schemaVersion === "0.3" &&
    typeof parameters === "object" &&
    parameters !== null &&
    Array.isArray(mainSteps)
  );
}
