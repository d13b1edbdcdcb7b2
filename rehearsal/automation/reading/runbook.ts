import { RehearsalError } from "../../errors";
import type { Parameter, Runbook } from "../runbook";
import { parseDocument, type Format } from "./document";
import { Fields } from "./fields";
import { checkOrder } from "./order";
import { readParameter } from "./parameter";
import { checkReferences } from "./references";
import { readStep } from "./step";

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
