import { RehearsalError } from "./errors";
import { AccountFault } from "./faults/accountFault";
import { ApiFault } from "./faults/apiFault";
import type { Fault as AnyFault } from "./faults/fault";

export type { Scene, Trouble } from "./faults/fault";

/** Something that goes wrong in some nights, as `--fault` names it. */
export type Fault = AnyFault;

/** Refuses faults at steps that no runbook has. What the runbooks are is known when the program has run. */
export function refuseUnknownSteps(faults: Fault[], steps: string[]): void {
  const lost = faults.find(({ step }) => step !== undefined && !steps.includes(step));
  if (lost !== undefined) {
    throw new RehearsalError(
      `--fault ${lost.text}: no runbook has a step ${lost.step}; the steps are ${steps.join(", ")}.`,
    );
  }
}

export const Fault = {
  read(text: string): Fault {
    const fault = ApiFault.read(text) ?? AccountFault.read(text);
    if (fault === undefined) {
      throw new RehearsalError(
        `--fault ${text}: write SERVICE:API[:KIND][@NIGHT[.ATTEMPT]], such as ec2:CreateImage:denied@2, or ` +
          "NAME[:MOMENT][@NIGHT[.ATTEMPT]], such as group-deleted@2.",
      );
    }
    return fault;
  },
};
