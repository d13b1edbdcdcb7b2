import * as pulumi from "@pulumi/pulumi";

/**
 * Something of which each program has its own. A process may run several programs, also at once (the Automation API, tests):
 * each has a monitor of its own, and what was known of one goes with it. Outside of a program there is a new one each time.
 */
export function ofProgram<T>(make: () => T): () => T {
  const made = new WeakMap<object, T>();
  return () => {
    const program: object | undefined = pulumi.runtime.getMonitor();
    if (program === undefined) {
      return make();
    }
    const known = made.get(program) ?? make();
    made.set(program, known);
    return known;
  };
}
