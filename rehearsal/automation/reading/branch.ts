import { NotModelled, RehearsalError } from "../../errors";
import { pieces, type Reference } from "../reference";
import type { Step } from "../runbook";
import { hasType, shown, type Json, type ValueType } from "../values";
import { Fields } from "./fields";

/** What a step with `aws:branch` says: the first choice that holds leads on, or else the default. */
export interface Branch {
  choices: Choice[];
  /** `Default`. */
  otherwise?: string;
}

export interface Choice {
  nextStep: string;
  condition: Condition;
}

export type Condition =
  | { kind: "And" | "Or"; parts: Comparison[] }
  | { kind: "Not"; part: Comparison }
  | { kind: "comparison"; part: Comparison };

export interface Comparison {
  /** The runbook's text, or while it runs the value that this text stands for. */
  variable: Json;
  operator: Operator;
  wanted: string | number | boolean;
}

/** The operators that AWS documents, and the type of what they compare. */
const operatorTypes = {
  StringEquals: "String",
  EqualsIgnoreCase: "String",
  StartsWith: "String",
  EndsWith: "String",
  Contains: "String",
  NumericEquals: "Integer",
  NumericGreater: "Integer",
  NumericLesser: "Integer",
  NumericGreaterOrEquals: "Integer",
  NumericLesserOrEquals: "Integer",
  BooleanEquals: "Boolean",
} as const satisfies Record<string, ValueType>;

export type Operator = keyof typeof operatorTypes;

const operators = Object.keys(operatorTypes) as Operator[];

export function operatorType(operator: Operator): ValueType {
  return operatorTypes[operator];
}

/** The branch of a step, if it is one. */
export function branchOf(step: Step): Branch | undefined {
  return step.action === "aws:branch"
    ? readBranch(new Fields(`runbook, step "${step.name}", inputs`, step.inputs))
    : undefined;
}

export function comparisonsOf({ choices }: Branch): Comparison[] {
  return choices.flatMap(({ condition }) => ("parts" in condition ? condition.parts : [condition.part]));
}

/** Reads a branch's inputs. AWS refuses operators that it does not know when a runbook is created. */
export function readBranch(inputs: Fields): Branch {
  const choices = inputs.neededList("Choices");
  if (choices.length === 0) throw new RehearsalError(`${inputs.where}: Choices is empty`);
  return {
    choices: choices.map((choice, index) => readChoice(`${inputs.where}, choice ${index + 1}`, choice)),
    otherwise: inputs.text("Default"),
  };
}

function readChoice(where: string, value: Json): Choice {
  const fields = new Fields(where, value);
  const choice = { nextStep: fields.neededText("NextStep"), condition: readCondition(fields) };
  fields.end();
  return choice;
}

function readCondition(fields: Fields): Condition {
  for (const kind of ["And", "Or"] as const) {
    const parts = fields.list(kind);
    if (parts?.length === 0) throw new RehearsalError(`${fields.where}: ${kind} is empty`);
    if (parts) return { kind, parts: parts.map((part) => readPart(`${fields.where}, ${kind}`, part)) };
  }
  const part = fields.map("Not");
  return part
    ? { kind: "Not", part: readPart(`${fields.where}, Not`, part) }
    : { kind: "comparison", part: readComparison(fields) };
}

function readPart(where: string, value: Json): Comparison {
  const fields = new Fields(where, value);
  // AWS shows comparisons in And, Or and Not, and nothing else.
  fields.notModelled("And", "Or", "Not");
  const comparison = readComparison(fields);
  fields.end();
  return comparison;
}

function readComparison(fields: Fields): Comparison {
  const variable = fields.any("Variable");
  if (variable === undefined) throw new RehearsalError(`${fields.where}: "Variable" is missing`);
  const found = operators
    .map((operator) => ({ operator, wanted: fields.any(operator) }))
    .filter(({ wanted }) => wanted !== undefined);
  // Whatever is no operator is told of before an operator is missed.
  fields.end();
  if (found.length !== 1) {
    throw new RehearsalError(`${fields.where}: exactly one operator is needed, not ${found.length}`);
  }
  const [{ operator, wanted }] = found;
  return { variable, operator, wanted: readWanted(fields.where, operator, wanted) };
}

function readWanted(where: string, operator: Operator, wanted: Json | undefined): Comparison["wanted"] {
  if (!hasType(wanted, operatorTypes[operator])) {
    throw new RehearsalError(
      `${where}: ${operator} needs a value of the type ${operatorTypes[operator]}, not ${shown(wanted)}`,
    );
  }
  if (typeof wanted === "string" && wanted.includes("{{")) {
    throw new NotModelled(`${where}: the rehearsal does not model ${operator} with "${wanted}"`);
  }
  return wanted as Comparison["wanted"];
}

/** AWS documents parameters and outputs as variables, each by itself. */
export function variableReference(where: string, { variable }: Comparison): Reference {
  const parts = typeof variable === "string" ? pieces(where, variable) : [];
  const [part] = parts;
  if (parts.length !== 1 || typeof part === "string" || part.reference.kind === "variable") {
    throw new NotModelled(
      `${where}: the rehearsal does not model the Variable ${shown(variable)}, which is no parameter and no output`,
    );
  }
  return part.reference;
}
