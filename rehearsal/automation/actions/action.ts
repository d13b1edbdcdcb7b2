import type { CallAws, Knows, Members } from "../../account/api";
import type { Clock } from "../../account/clock";
import type { Python } from "../python/python";
import type { Format } from "../reading/document";
import type { Fields } from "../reading/fields";
import type { Step } from "../runbook";
import type { JsonMap } from "../values";

/** One attempt of a step: its inputs, with the values of their references, and the world that it acts on. */
export interface Attempt {
  step: Step;
  inputs: JsonMap;
  clock: Clock;
  call: CallAws;
  python: Python;
  knows: Knows;
  region: string;
}

export interface Action {
  /** How long Automation takes to get the action going. */
  readonly startSeconds: number;
  /** Whether a step may declare outputs, and whether there is a `Payload` without declaring one. */
  readonly outputs: "none" | "declared" | "Payload";
  /** Reads the inputs that it knows and leaves the others, which the caller then refuses. */
  checkInputs(inputs: Fields, format: Format): void;
  /**
   * Acts, and gives what the selectors of the step's outputs are applied to. Yields the instants until which it waits.
   * Throws a StepFailure where the step fails.
   */
  run(attempt: Attempt): Generator<Date, Members, void>;
  /** The step at which to go on after that answer, where the action decides about it. */
  jump?(answer: Members): string | undefined;
}
