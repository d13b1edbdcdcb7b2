import type { AccountState } from "../account/state";

const HOURS = 12;

export const RECENT = "it is younger than images are kept";
export const YOUNG = `it is younger than ${HOURS} hours`;

/** Whether an image was made so short a time ago that the configuration keeps it, however many there are. */
export function isRecent({ clock }: AccountState, days: number | undefined, madeAt: Date | string): boolean {
  return clock.now().getTime() - new Date(madeAt).getTime() < (days ?? 0) * 24 * 60 * 60 * 1000;
}

/** Whether something was made so short a time ago that nobody may delete it, whatever became of the run that made it. */
export function isYoung({ clock }: AccountState, madeAt: Date | string): boolean {
  return clock.now().getTime() - new Date(madeAt).getTime() < HOURS * 60 * 60 * 1000;
}
