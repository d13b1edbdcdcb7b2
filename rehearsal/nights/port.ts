import type { Port } from "../automation/execution";
import type { Account } from "../account/account";
import type { CallAws } from "../account/api";
import { AwsError, NoAnswer } from "../account/errors";
import type { Principal } from "../account/iam";
import type { Trouble } from "../faults";
import type { CallRecord, Night, Watch } from "./run";

/** How long one AWS call takes, in seconds of virtual time. */
const CALL_SECONDS = 0.3;

/** The edge of the account: calls take time, faults strike, and everything is written down. */
export function portOf(
  account: Account,
  principal: Principal,
  night: Night,
  troubles: Trouble[],
  watch: Watch = (call) => call,
): Port {
  const answer = troubles.reduce<CallAws>(
    (call, { around }) => around?.(call) ?? call,
    watch((service, api, params) => account.call(principal, service, api, params)),
  );
  return (step, service, api, params) => {
    account.clock.advance(CALL_SECONDS);
    const call: CallRecord = { step, service, api, params };
    night.calls.push(call);
    try {
      call.response = answer(service, api, params);
      return call.response;
    } catch (error) {
      if (error instanceof AwsError) {
        call.error = { Code: error.code, Message: error.message };
      } else if (error instanceof NoAnswer) {
        call.error = { Code: "NoAnswer", Message: error.message };
      }
      throw error;
    }
  };
}
