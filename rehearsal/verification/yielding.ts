import type { AccountState } from "../account/state";
import type { Run } from "../nights/run";
import { isChange } from "./calls";
import { type Check, faultless } from "./check";

/** The earlier run to which a run says it has yielded. */
export function earlierRun({ outputs, status }: Run): string | undefined {
  const id = outputs["report.EarlierRun"];
  return status === "Success" && typeof id === "string" && id !== "none" ? id : undefined;
}

/** A run that yields makes and deletes nothing, and what it yields to is an earlier run of the same runbook. */
export function yieldedRightly(account: AccountState, run: Run, earlierId: string): Check {
  const earlier = account.ssm.executions.get(earlierId);
  const isEarlier =
    earlierId !== run.executionId &&
    earlier?.DocumentName === run.documentName &&
    earlier.ExecutionStartTime <= new Date(run.startedAt);
  return faultless(
    `the run of ${run.runbook} yielded to an earlier one and made nothing`,
    [
      ...(isEarlier ? [] : [`${earlierId} is no earlier run of ${run.documentName}`]),
      ...run.calls.filter(isChange).map(({ api }) => `it called ${api}`),
    ],
    `${earlierId} goes on`,
  );
}
