import { RehearsalError } from "../errors";
import type { ActionName } from "./actions";
import { parseDocument, type Format } from "./reading/document";
import { checkOrder } from "./reading/order";
import { checkReferences } from "./reading/references";
import { Fields } from "./reading/fields";
import { readParameter } from "./reading/parameter";
import { readStep } from "./reading/step";
import type { JsonMap, ParameterValue, ValueType } from "./values";

/** An Automation document of schema 0.3, read and checked. Names are the document's. */
export interface Runbook {
  description?: string;
  assumeRole?: string;
  parameters: Record<string, Parameter>;
  mainSteps: Step[];
  /** `step.Output` each. */
  outputs: string[];
}

export interface Parameter {
  name: string;
  type: ValueType;
  description?: string;
  default?: ParameterValue;
  allowedValues?: (string | number | boolean)[];
  allowedPattern?: string;
  minItems?: number;
  maxItems?: number;
  minChars?: number;
  maxChars?: number;
}

export interface Step {
  name: string;
  action: ActionName;
  description?: string;
  maxAttempts: number;
  timeoutSeconds?: number;
  onFailure: OnFailure;
  nextStep?: string;
  isEnd: boolean;
  isCritical: boolean;
  inputs: JsonMap;
  outputs: StepOutput[];
}

export type OnFailure = { kind: "Abort" } | { kind: "Continue" } | { kind: "step"; step: string };

export interface StepOutput {
  name: string;
  selector: string;
  type: ValueType;
}

/** AWS's limit for a document's content, in bytes. */
const largest = 64 * 1024;

/** Reads a runbook strictly: whatever AWS would refuse at creation, or the rehearsal does not execute, is refused by name. */
export function readRunbook(content: string, format: "YAML" | "JSON"): Runbook {
  const size = Buffer.byteLength(content);
  if (size > largest) throw new RehearsalError(`runbook: ${size} bytes, AWS takes ${largest}`);
  const runbook = readTop(new Fields("runbook", parseDocument(content, format)), format);
  checkOrder(runbook);
  checkReferences(runbook);
  return runbook;
}

function readTop(top: Fields, format: Format): Runbook {
  const version = top.neededText("schemaVersion");
  if (version !== "0.3") {
    throw new RehearsalError(`runbook: schemaVersion is "${version}", Automation's is "0.3"`);
  }
  top.notModelled("variables", "files");
  const runbook: Runbook = {
    description: top.text("description"),
    assumeRole: top.text("assumeRole"),
    parameters: readParameters(top),
    mainSteps: top.neededList("mainSteps").map((step, index) => readStep(step, index, format)),
    outputs: top.texts("outputs") ?? [],
  };
  top.end();
  if (runbook.mainSteps.length === 0) throw new RehearsalError("runbook: mainSteps is empty");
  return runbook;
}

function readParameters(top: Fields): Record<string, Parameter> {
  const declared = Object.entries(top.map("parameters") ?? {});
  return Object.fromEntries(declared.map(([name, value]) => [name, readParameter(name, value)]));
}
