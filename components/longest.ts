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

/** Of the runbook patch: the command, and to start the instance before and stop it after, each in three attempts of a script. */
export function longestPatch(timeout: number): number {
  return timeout + 2 * HOUR;
}

/** Of a roll-out, from a refresh that is stopped first, with the run to which it belonged, to the report. */
export function longestRollOut(timeout: number): number {
  return timeout + longestRefresh(timeout) + HOUR + longestRefresh(timeout) + HOUR;
}

/**
 * The most hours that a run of create-image takes: three times four to wait for the image, its scripts, the roll-out and the
 * patches. `refresh` and `patch` are how long it waits for these, where they are wanted.
 */
export function longestRunHours(refresh: number | undefined, patch: number | undefined): number {
  const rollOut = refresh === undefined ? HOUR : longestRollOut(refresh);
  const patches = patch === undefined ? 0 : longestPatch(patch);
  return 12 + 1 + Math.ceil((rollOut + patches) / HOUR);
}
