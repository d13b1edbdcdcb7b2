import type { AccountState } from "./account/state";
import { endsInSilence, type NightsPast } from "./scheduledNights";
import type { Rehearsal } from "./stage";
import { type Check, toldOfMissingSuccess, toldOfNothing } from "./verification";

export function hasMishaps({ mishaps = {} }: Rehearsal): boolean {
  return Object.values(mishaps).some((night) => night !== undefined);
}

/** Of what nobody could hear in the nights themselves. */
export function toldAfterwards(account: AccountState, rehearsal: Rehearsal, { failed }: NightsPast): Check[] {
  if (endsInSilence(rehearsal)) {
    return toldOfMissingSuccess(account);
  }
  return rehearsal.faults.length > 0 || failed.length > 0 || hasMishaps(rehearsal)
    ? []
    : toldOfNothing(account);
}
