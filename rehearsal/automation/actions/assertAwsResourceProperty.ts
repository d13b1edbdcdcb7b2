import { NoAnswer } from "../../account/errors";
import { executionFailed, timedOut } from "../failure";
import { noOutputs, type Action, type Attempt } from "./action";
import { askProperty, checkPropertyInputs, type Property } from "./property";

/** As for every other API call of a step. */
const longest = 25;

/** Asks once; a property that has no desired value fails the step. */
export const assertAwsResourceProperty: Action = {
  startSeconds: 1,
  outputs: noOutputs,
  checkInputs: checkPropertyInputs,
  *run(attempt) {
    const property = ask(attempt);
    if (property.isDesired) return {};
    throw executionFailed(`The property is not as asserted: ${property.told}`);
  },
};

function ask(attempt: Attempt): Property {
  try {
    return askProperty(attempt);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    attempt.clock.advance(longest);
    throw timedOut(`waiting ${longest} seconds for the answer of ${String(attempt.inputs.Api)}`);
  }
}
