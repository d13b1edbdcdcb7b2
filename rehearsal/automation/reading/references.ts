import { NotModelled, RehearsalError } from "../../errors";
import { actionOf } from "../actions";
import type { OwnType } from "../actions/action";
import { parameterOfAssumeRole } from "../assumeRole";
import { mapTexts, pieces, readReference, type Reference } from "../reference";
import type { Runbook, Step } from "../runbook";
import { branchOf, comparisonsOf, operatorType, variableReference } from "./branch";

/**
 * Every reference has to lead to a parameter, to an output of an earlier step, or to a system variable. Earlier means
 * further up: a branch may go round that step, which is no mistake; its output then has AWS's placeholder.
 */
export function checkReferences(runbook: Runbook): void {
  checkAssumeRole(runbook);
  runbook.mainSteps.forEach((step, index) => {
    const where = `runbook, step "${step.name}"`;
    const earlier = runbook.mainSteps.slice(0, index);
    for (const [name, input] of Object.entries(step.inputs)) {
      // Whether AWS substitutes inside of a script is not told, so checkInputs refuses braces there.
      if (step.action === "aws:executeScript" && name === "Script") continue;
      mapTexts(input, (text) => {
        checkText(`${where}, input ${name}`, text, (reference) => typeOf(reference, runbook, earlier));
        return text;
      });
    }
    checkComparisons(where, step, (reference) => typeOf(reference, runbook, earlier));
    checkRuntimeParameters(where, step, (reference) => typeOf(reference, runbook, earlier));
  });
  runbook.outputs.forEach((output) => checkOutput(output, runbook));
}

function checkText(where: string, text: string, known: (reference: Reference) => OwnType | undefined): void {
  const parts = pieces(where, text);
  for (const part of parts) {
    if (typeof part === "string") continue;
    const type = known(part.reference);
    if (type === undefined) {
      throw new RehearsalError(
        `${where}: ${part.written} is neither a parameter nor an output of an earlier step`,
      );
    }
    if (parts.length > 1 && ["StringList", "StringMap", "MapList"].includes(type)) {
      throw new NotModelled(
        `${where}: the rehearsal does not model ${part.written}, a ${type}, inside a longer text`,
      );
    }
  }
}

/** What AWS does where a branch compares values of two types is not told. */
function checkComparisons(
  where: string,
  step: Step,
  known: (reference: Reference) => OwnType | undefined,
): void {
  const branch = branchOf(step);
  for (const comparison of branch ? comparisonsOf(branch) : []) {
    const { operator, variable } = comparison;
    const type = known(variableReference(where, comparison));
    if (type !== "Any" && type !== operatorType(operator)) {
      throw new NotModelled(
        `${where}: the rehearsal does not model ${operator} for ${String(variable)}, a ${type}`,
      );
    }
  }
}

/** What another runbook is started with are texts; AWS does not say what becomes of a value of another type. */
function checkRuntimeParameters(
  where: string,
  step: Step,
  known: (reference: Reference) => OwnType | undefined,
): void {
  if (step.action !== "aws:executeAutomation") return;
  mapTexts(step.inputs, (text) => {
    const [part, ...others] = pieces(where, text);
    if (part === undefined || typeof part === "string" || others.length > 0) return text;
    const type = known(part.reference);
    if (type !== "String" && type !== "StringList" && type !== "Any") {
      throw new NotModelled(
        `${where}: the rehearsal does not model ${part.written}, a ${type}, as a parameter of another runbook`,
      );
    }
    return text;
  });
}

function typeOf(reference: Reference, runbook: Runbook, earlier: Step[]): OwnType | undefined {
  if (reference.kind === "variable") return "String";
  if (reference.kind === "parameter") return runbook.parameters[reference.name]?.type;
  return outputType(
    earlier.find((step) => step.name === reference.step),
    reference.output,
  );
}

function outputType(step: Step | undefined, name: string): OwnType | undefined {
  if (step === undefined) return undefined;
  const declared = step.outputs.find((output) => output.name === name);
  if (declared) return declared.type;
  const { own } = actionOf(step.action).outputs;
  return Object.hasOwn(own, name) ? own[name] : undefined;
}

function checkOutput(output: string, { mainSteps }: Runbook): void {
  const reference = readReference("runbook, outputs", output);
  const found =
    reference.kind === "output" &&
    outputType(
      mainSteps.find((step) => step.name === reference.step),
      reference.output,
    );
  if (!found) throw new RehearsalError(`runbook, outputs: "${output}" is not an output of a step`);
}

function checkAssumeRole({ assumeRole, parameters }: Runbook): void {
  if (assumeRole === undefined) return;
  const name = parameterOfAssumeRole(assumeRole);
  if (name === undefined && !/^arn:[^{}]+$/.test(assumeRole)) {
    throw new RehearsalError(`runbook: assumeRole "${assumeRole}" is neither an ARN nor {{ parameter }}`);
  }
  if (name !== undefined && parameters[name]?.type !== "String") {
    throw new RehearsalError(`runbook: assumeRole ${assumeRole} is not a parameter of the type String`);
  }
}
