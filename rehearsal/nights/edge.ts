import type { Child, ChildWanted, StartChild } from "../automation/child";
import type { Port } from "../automation/execution";
import type { Account } from "../account/account";
import type { CallAws } from "../account/api";
import { AwsError, NoAnswer } from "../account/errors";
import type { Principal } from "../account/iam";
import type { Trouble } from "../faults";
import type { CallRecord, Run, Watch } from "./run";

/** How long one AWS call takes, in seconds of virtual time. */
const CALL_SECONDS = 0.3;

/** The edge of the account, as one run sees it: calls take time, faults strike, and everything is written down. */
export interface Edge {
  port: Port;
  startChild: StartChild;
}

export interface EdgeWanted {
  account: Account;
  principal: Principal;
  run: Run;
  troubles: Trouble[];
  watch?: Watch;
  start: (wanted: ChildWanted) => Child;
}

export function edgeOf({
  account,
  principal,
  run,
  troubles,
  watch = (call) => call,
  start,
}: EdgeWanted): Edge {
  let current = "";
  const troubled = (call: CallAws) =>
    troubles.reduce((inner, { around }) => around?.(inner, () => current) ?? inner, call);
  const noted =
    (answer: CallAws): Port =>
    (step, service, api, params) => {
      account.clock.advance(CALL_SECONDS);
      current = step;
      const call: CallRecord = { step, service, api, params };
      run.calls.push(call);
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
  return {
    port: noted(troubled(watch((service, api, params) => account.call(principal, service, api, params)))),
    startChild: (step, wanted) => {
      const started: Child[] = [];
      const answer = () => {
        const child = start(wanted);
        started.push(child);
        return { AutomationExecutionId: child.executionId };
      };
      const { documentName: DocumentName, documentVersion: DocumentVersion, parameters: Parameters } = wanted;
      const params = { DocumentName, DocumentVersion, Parameters };
      noted(troubled(answer))(step, "ssm", "StartAutomationExecution", params);
      return started[0];
    },
  };
}
