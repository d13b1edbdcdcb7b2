import { NotModelled } from "../../errors";
import type { Members } from "../../account/api";
import {
  comparisonsOf,
  operatorType,
  readBranch,
  variableReference,
  type Comparison,
  type Condition,
  type Operator,
} from "../reading/branch";
import { Fields } from "../reading/fields";
import { hasType, shown } from "../values";
import { noOutputs, type Action } from "./action";

/** Goes on at the step of the first choice that holds, or at the default; with neither, as if it were any step. */
export const branch: Action = {
  startSeconds: 1,
  outputs: noOutputs,
  checkInputs(inputs) {
    for (const comparison of comparisonsOf(readBranch(inputs))) variableReference(inputs.where, comparison);
  },
  *run({ step, inputs }) {
    const where = `step "${step.name}"`;
    const { choices, otherwise } = readBranch(new Fields(where, inputs));
    const target = choices.find(({ condition }) => holds(where, condition))?.nextStep ?? otherwise;
    const answer: Members = target === undefined ? {} : { NextStep: target };
    return answer;
  },
  jump: ({ NextStep }) => NextStep as string | undefined,
};

function holds(where: string, condition: Condition): boolean {
  switch (condition.kind) {
    case "And":
      return condition.parts.every((part) => compare(where, part));
    case "Or":
      return condition.parts.some((part) => compare(where, part));
    case "Not":
      return !compare(where, condition.part);
    case "comparison":
      return compare(where, condition.part);
  }
}

function compare(where: string, { variable, operator, wanted }: Comparison): boolean {
  if (!hasType(variable, operatorType(operator))) {
    throw new NotModelled(`${where}: the rehearsal does not model ${operator} for ${shown(variable)}`);
  }
  return comparisons[operator](variable as Compared, wanted);
}

/** Both sides have the operator's type. */
type Compared = Comparison["wanted"];

const comparisons: Record<Operator, (actual: Compared, wanted: Compared) => boolean> = {
  StringEquals: (actual, wanted) => actual === wanted,
  EqualsIgnoreCase: (actual, wanted) => String(actual).toLowerCase() === String(wanted).toLowerCase(),
  StartsWith: (actual, wanted) => String(actual).startsWith(String(wanted)),
  EndsWith: (actual, wanted) => String(actual).endsWith(String(wanted)),
  Contains: (actual, wanted) => String(actual).includes(String(wanted)),
  NumericEquals: (actual, wanted) => actual === wanted,
  NumericGreater: (actual, wanted) => actual > wanted,
  NumericLesser: (actual, wanted) => actual < wanted,
  NumericGreaterOrEquals: (actual, wanted) => actual >= wanted,
  NumericLesserOrEquals: (actual, wanted) => actual <= wanted,
  BooleanEquals: (actual, wanted) => actual === wanted,
};
