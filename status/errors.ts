/** It could not be looked, for a reason that one sentence tells: exit status 2. */
export class StatusError extends Error {}
