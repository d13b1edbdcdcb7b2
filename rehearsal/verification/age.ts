import type { AccountState } from "../account/state";

const HOURS = 12;

export const YOUNG = `it is younger than ${HOURS} hours`;

/** Whether something was made so short a time ago that nobody may delete it, whatever became of the run that made it. */
export function isYoung({ clock }: AccountState, madeAt: Date | string): boolean {
  return clock.now().getTime() - new Date(madeAt).getTime() < HOURS * 60 * 60 * 1000;
}
