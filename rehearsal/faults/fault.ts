import type { AccountState } from "../account/state";
import type { CallAws } from "../account/api";

/** A night, and what it is about, as the faults see it. */
export interface Scene {
  /** The night's number. */
  night: number;
  account: AccountState;
  /** The golden instance. */
  instanceId: string;
  groupName: string;
}

/** What one fault does to one night: to all of its runs, whose calls and steps it sees in the order in which they happen. */
export interface Trouble {
  /** Stands between a run and the account; `step` tells which step makes the call. */
  around?: (call: CallAws, step: () => string) => CallAws;
  /** Told of each step when it begins, once however many attempts it makes. */
  stepBegins?: (step: string) => void;
  stepEnds?: (step: string) => void;
  /** Comes so many seconds after the start of the night. */
  after?: { seconds: number; strike: () => void };
}

/** Something that goes wrong in some nights. */
export interface Fault {
  /** As it was written. */
  readonly text: string;
  /** Whether it has struck at all. */
  readonly happened: boolean;
  /** The step at which it strikes, where it strikes at one. */
  readonly step?: string;
  /** What it does to a night: nothing, where that is not one of its nights. */
  tonight: (scene: Scene) => Trouble;
}
