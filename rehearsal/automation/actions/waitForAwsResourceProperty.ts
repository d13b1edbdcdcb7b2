import { timedOut } from "../failure";
import type { Action } from "./action";
import { askProperty, checkPropertyInputs } from "./property";

const pollSeconds = 30;
const defaultTimeout = 3600;

/** Polls until the property has a desired value. It knows no other end than that, an error answer, and its time-out. */
export const waitForAwsResourceProperty: Action = {
  startSeconds: 1,
  outputs: "none",
  checkInputs: checkPropertyInputs,
  *run(attempt) {
    const { clock, step } = attempt;
    const seconds = step.timeoutSeconds ?? defaultTimeout;
    const end = clock.now().getTime() + seconds * 1000;
    for (;;) {
      const property = askProperty(attempt);
      if (property.isDesired) return {};
      const next = clock.now().getTime() + pollSeconds * 1000;
      yield new Date(Math.min(next, Math.max(end, clock.now().getTime())));
      if (clock.now().getTime() >= end) throw timedOut(`waiting for ${seconds} seconds: ${property.told}`);
    }
  },
};
