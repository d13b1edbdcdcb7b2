import type { AccountState } from "../account/state";
import type { Members } from "../account/api";
import type { CallRecord, Night, Run } from "../nights/run";
import { type Check, faultless } from "./check";
import type { Configured } from "./configured";

/** After patches the golden instance is in the state in which it was: what the runbook started is stopped again. */
export function goldenIsAsItWas(account: AccountState, { runs }: Night, { instanceId }: Configured): Check[] {
  const patches = runs.filter(({ runbook }) => runbook === "patch");
  if (patches.length === 0) {
    return [];
  }
  const state = account.ec2.instances.get(instanceId)?.instance.State.Name ?? "gone";
  const calls = patches.flatMap((run) => run.calls);
  const isStarted = calls.some(wasStopped);
  const isStopped = calls.some(({ api }) => api === "StopInstances");
  const wrong = [
    ...(isStarted && !["stopped", "stopping"].includes(state) ? [`it was started, and is ${state}`] : []),
    ...(!isStarted && isStopped ? ["it was stopped, and nobody had started it"] : []),
  ];
  const was = isStarted ? "it was started, and is stopped again" : `it is ${state}, and nobody started it`;
  return [faultless("the golden instance is in the state in which it was", wrong, was)];
}

/** Of a call that started an instance AWS says in what state that was. */
function wasStopped({ api, response }: CallRecord): boolean {
  const [change] = (response?.StartingInstances ?? []) as Members[];
  return api === "StartInstances" && (change?.PreviousState as Members | undefined)?.Name === "stopped";
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
