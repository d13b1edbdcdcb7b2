// How long runs take at most, in seconds. Whoever waits for one waits a little longer.

const HOUR = 3600;

/** The time-out of a step that waits in three attempts: one that fails by itself is made again. */
export function perAttempt(seconds: number): number {
  return Math.ceil(seconds / 3);
}

/** Of the runbook refresh: the refresh, its end where it was stopped, and the way back. */
export function longestRefresh(timeout: number): number {
  return 3 * timeout + HOUR;
}

/** Of a roll-out, from a refresh that is stopped first, with the run to which it belonged, to the report. */
export function longestRollOut(timeout: number): number {
  return timeout + longestRefresh(timeout) + HOUR + longestRefresh(timeout) + HOUR;
}

/** The most hours that a run of create-image takes: three times four to wait for the image, its scripts, and the roll-out. */
export function longestRunHours(timeout: number | undefined): number {
  return 12 + 1 + Math.ceil((timeout === undefined ? HOUR : longestRollOut(timeout)) / HOUR);
}
