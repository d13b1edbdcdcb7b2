import { NoAnswer } from "../../account/errors";
import { timedOut } from "../failure";
import { noOutputs, type Action, type Attempt } from "./action";
import { askProperty, checkPropertyInputs, type Property } from "./property";

const pollSeconds = 30;
const defaultTimeout = 3600;
/** How long one question is waited for, as AWS's own clients do. */
const longestAnswer = 60;

/** Polls until the property has a desired value. It knows no other end than that, an error answer, and its time-out. */
export const waitForAwsResourceProperty: Action = {
  startSeconds: 1,
  outputs: noOutputs,
  checkInputs: checkPropertyInputs,
  *run(attempt) {
    const { clock, step } = attempt;
    const seconds = step.timeoutSeconds ?? defaultTimeout;
    const end = clock.now().getTime() + seconds * 1000;
    for (;;) {
      const property = ask(attempt);
      if (property.isDesired) return {};
      const next = clock.now().getTime() + pollSeconds * 1000;
      yield new Date(Math.min(next, Math.max(end, clock.now().getTime())));
      if (clock.now().getTime() >= end) throw timedOut(`waiting for ${seconds} seconds: ${property.told}`);
    }
  },
};

/** What this action does when no answer comes is not documented: here it tells nothing, and the next poll may. */
function ask(attempt: Attempt): Property {
  try {
    return askProperty(attempt);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    attempt.clock.advance(longestAnswer);
    return { isDesired: false, told: `no answer came for ${longestAnswer} seconds` };
  }
}
