import { NotModelled, RehearsalError } from "../../errors";
import type { Runbook, Step } from "../runbook";
import { branchOf } from "./branch";

/** Where the steps lead: names are unique, targets exist, and no way leads back. */
export function checkOrder({ mainSteps }: Runbook): void {
  const names = mainSteps.map((step) => step.name);
  names.forEach((name, index) => {
    if (names.indexOf(name) !== index) throw new RehearsalError(`runbook: two steps have the name "${name}"`);
  });
  mainSteps.forEach((step, index) => {
    checkTargets(step, index, names);
    checkEnd(step, names[index + 1]);
  });
}

function checkTargets(step: Step, index: number, names: string[]): void {
  for (const { key, target } of targetsOf(step)) {
    const where = `runbook, step "${step.name}", ${key}`;
    const to = names.indexOf(target);
    if (to < 0) throw new RehearsalError(`${where}: there is no step "${target}"`);
    if (to <= index) {
      throw new RehearsalError(
        `${where}: the step "${target}" comes earlier; AWS refuses a runbook that could loop`,
      );
    }
  }
}

/** Every step that may follow, other than the one below. */
function targetsOf(step: Step): { key: string; target: string }[] {
  const branch = branchOf(step);
  const targets = [
    { key: "nextStep", target: step.nextStep },
    { key: "onFailure", target: step.onFailure.kind === "step" ? step.onFailure.step : undefined },
    { key: "onCancel", target: step.onCancel },
    ...(branch?.choices ?? []).map((choice) => ({ key: "NextStep", target: choice.nextStep })),
    { key: "Default", target: branch?.otherwise },
  ];
  return targets.flatMap(({ key, target }) => (target === undefined ? [] : [{ key, target }]));
}

/** Combinations of which AWS's documentation does not say what happens. */
function checkEnd(step: Step, following: string | undefined): void {
  const refused = (what: string) =>
    new NotModelled(`runbook, step "${step.name}": the rehearsal does not model ${what}`);
  if (step.isEnd && step.nextStep !== undefined) throw refused("isEnd together with nextStep");
  if (step.isEnd && step.onFailure.kind === "step") throw refused("isEnd together with onFailure step:NAME");
  if (step.onFailure.kind === "Abort" && !step.isCritical)
    throw refused("isCritical false with onFailure Abort");
  if (step.onFailure.kind === "Continue" && step.nextStep !== undefined && step.nextStep !== following) {
    throw refused("onFailure Continue with a nextStep that is not the step below");
  }
  const branch = branchOf(step);
  if (branch && step.nextStep !== undefined) throw refused("aws:branch with a nextStep of its own");
  if (branch?.otherwise !== undefined && step.isEnd) throw refused("aws:branch with Default and isEnd");
}
