import { isDeepStrictEqual } from "node:util";
import type { Account } from "./account/account";
import { runProgram, type Registered } from "./deploy/program";
import { Provider } from "./deploy/provider";
import type { Stack } from "./deploy/stack";
import { NotModelled, RehearsalError } from "./errors";
import type { Check } from "./verification";

/**
 * A scheduled run must leave nothing to deploy: the program, run again, registers the same. The order may differ, because
 * what does not depend on each other is registered at the same time.
 */
export async function nothingToDeploy(account: Account, stack: Stack, before: Registered[]): Promise<Check> {
  const check = "the program registers the same after the nights";
  let after: Registered[];
  try {
    after = await runProgram(stack, new Provider(account));
  } catch (error) {
    // What happened in the nights, such as a group that is gone, may be what the program refuses.
    if (error instanceof RehearsalError && !(error instanceof NotModelled)) {
      return { check, ok: false, detail: error.message };
    }
    throw error;
  }
  const known = new Map(before.map((resource) => [identity(resource), resource]));
  const changed = after.filter((resource) => !isDeepStrictEqual(resource, known.get(identity(resource))));
  const ok = changed.length === 0 && after.length === before.length;
  const detail = ok
    ? `${after.length} resources`
    : `${changed.map(({ name }) => name).join(", ") || "fewer"} changed`;
  return { check, ok, detail };
}

function identity({ type, name }: Registered): string {
  return `${type} ${name}`;
}
