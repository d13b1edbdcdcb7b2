import type { Members } from "../../account/api";
import { NoAnswer } from "../../account/errors";
import { timedOut } from "../failure";
import type { Action, Attempt } from "./action";
import { callApi, checkApiCall } from "./apiCall";

/** AWS ends the action after this many seconds, whatever the step's timeoutSeconds. */
const longest = 25;

export const executeAwsApi: Action = {
  startSeconds: 1,
  outputs: { declared: true, own: {} },
  checkInputs(inputs) {
    checkApiCall(inputs);
    // All others are the API's.
    inputs.rest();
  },
  *run(attempt) {
    return withinTime(attempt, Math.min(longest, attempt.step.timeoutSeconds ?? longest));
  },
};

/** An answer that comes after the end is not seen any more; what the call did stays done. */
function withinTime(attempt: Attempt, seconds: number): Members {
  const end = attempt.clock.now().getTime() + seconds * 1000;
  const answer = answerOf(attempt, new Date(end));
  if (answer !== undefined && attempt.clock.now().getTime() <= end) return answer;
  throw timedOut(`waiting ${seconds} seconds for the answer of ${String(attempt.inputs.Api)}`);
}

/** Where no answer comes it is waited for until the end. */
function answerOf(attempt: Attempt, end: Date): Members | undefined {
  try {
    return callApi(attempt);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    attempt.clock.set(end);
    return undefined;
  }
}
