import { executionFailed } from "../failure";
import type { Action } from "./action";
import { askProperty, checkPropertyInputs } from "./property";

/** Asks once; a property that has no desired value fails the step. */
export const assertAwsResourceProperty: Action = {
  startSeconds: 1,
  outputs: "none",
  checkInputs: checkPropertyInputs,
  *run(attempt) {
    const property = askProperty(attempt);
    if (property.isDesired) return {};
    throw executionFailed(`The property is not as asserted: ${property.told}`);
  },
};
