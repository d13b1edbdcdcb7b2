/**
 * Runs what makes resources, with no stack written down on the way. Pulumi notes one for each property of each resource, for
 * who looks for a promise that never ends; they cost more than everything else that a program does. Whoever asks for
 * them with PULUMI_DEBUG_PROMISE_LEAKS gets them. An InputError has no stack anyway.
 */
export function withoutStacks<T>(make: () => T): T {
  if (process.env.PULUMI_DEBUG_PROMISE_LEAKS) {
    return make();
  }
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
