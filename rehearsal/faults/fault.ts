import type { AccountState } from "../account/state";
import type { CallAws } from "../account/api";

/** A run, and what it is about, as the faults see it. */
export interface Scene {
  /** The night's number. */
  night: number;
  account: AccountState;
  /** The golden instance. */
  instanceId: string;
  groupName: string;
}

/** What one fault does to one run. */
export interface Trouble {
  /** Stands between the run and the account. */
  around?: (call: CallAws) => CallAws;
  /** Told of each step when it begins, once however many attempts it makes. */
  stepBegins?: (step: string) => void;
  stepEnds?: (step: string) => void;
  /** Comes so many seconds after the start of the run. */
  after?: { seconds: number; strike: () => void };
}

/** Something that goes wrong in some nights. */
export interface Fault {
  /** As it was written. */
  readonly text: string;
  /** Whether it has struck at all. */
  readonly happened: boolean;
  /** What it does to a run: nothing, where the run is not one of its nights. */
  tonight: (scene: Scene) => Trouble;
}
