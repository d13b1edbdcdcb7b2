import type { AccountState } from "../account/state";
import type { Run } from "../nights/run";
import type { Configured } from "./configured";
import type { Retained } from "./rolledOut";

/** One thing that a call is about to delete. */
export interface Deletion {
  /** Its name in a sentence. */
  what: string;
  exists: () => boolean;
  /** Why it must not be deleted, in words that can follow its name; asked only of what exists. */
  objections: () => string[];
}

/** The run that calls, as far as that is known. */
export type Deleter = Partial<Pick<Run, "runbook" | "executionId">>;

/** What a deletion is judged by. */
export interface Judging {
  account: AccountState;
  configured: Configured;
  deleter: Deleter;
  retained: Retained;
}

export const NOT_OURS = "it is not the runbooks' own";
export const LAUNCHED_BEFORE = "the group launched it before";

export function newest(count: number, what: string): string {
  return `it is one of the newest ${count} ${what} that were rolled out`;
}
