import { conclude, happen, type Stage } from "./stage";
import { verifyNight } from "./verification";

/** A person starts the roll-out of the image before, an hour after all runs have ended. */
export function rollBack(stage: Stage): void {
  const { rehearsal, account, configured, deployment } = stage;
  const at = new Date(account.clock.now().getTime() + 60 * 60 * 1000);
  const starts = [{ at, byHand: [{ runbook: "roll-out", parameters: { ImageId: ["previous"] } }] }];
  const happening = { deployment, starts, firstNumber: rehearsal.nights + 1 };
  for (const { night, before } of happen(stage, happening, () => "Roll-back")) {
    conclude(stage, night, verifyNight(account, night, configured, before), "roll-back");
  }
}
