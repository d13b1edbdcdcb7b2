import type { AccountState } from "../account/state";
import { stateAt } from "../account/ec2/power";
import type { Night, Run } from "../nights/run";
import { type Check, faultless } from "./check";
import type { Configured } from "./configured";

/** After patches the golden instance is in the state in which it was: what the runbook started is stopped again. */
export function goldenIsAsItWas(
  account: AccountState,
  { runs, startedAt }: Night,
  { instanceId }: Configured,
): Check[] {
  account.catchUp();
  const record = account.ec2.instances.get(instanceId);
  if (record === undefined || runs.every(({ runbook }) => runbook !== "patch")) {
    return [];
  }
  const [was, is] = [stateAt(record, new Date(startedAt)), record.instance.State.Name].map(atRest);
  const detail = `it was ${was}, and is ${is}`;
  return [{ check: "the golden instance is in the state in which it was", ok: was === is, detail }];
}

function atRest(state: string): string {
  return state === "stopping" ? "stopped" : state;
}

/** Where the command did not succeed, no image was made and the run says why. */
export function nothingWasImaged({ runs }: Night): Check {
  const [patch] = runs.filter(({ runbook }) => runbook === "patch");
  const imaged = runs.flatMap(({ calls }) => calls).filter(({ api }) => api === "CreateImage");
  return faultless(
    "the golden instance was not patched, and no image was made of it",
    [
      ...(patch === undefined ? ["nothing was run on it"] : []),
      ...runs.filter(isSuccess).map(({ runbook }) => `${runbook} succeeded`),
      ...imaged.map(() => "an image was made"),
    ],
    "create-image ended as patch did",
  );
}

function isSuccess({ runbook, status }: Run): boolean {
  return ["patch", "create-image"].includes(runbook) && status === "Success";
}
