/** The rehearsal cannot begin or go on, for a reason that one sentence tells: exit status 2. */
export class RehearsalError extends Error {}

/**
 * The rehearsal met an Automation construct, an AWS API, a parameter or a policy element that it does not model. It is
 * never guessed at: the message names what it is.
 */
export class NotModelled extends RehearsalError {}
