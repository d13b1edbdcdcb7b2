import type { CallAws, Members } from "../../account/api";
import type { Clock } from "../../account/clock";
import type { StartChild } from "../child";
import type { Python } from "../python/python";
import type { Format } from "../reading/document";
import type { Fields } from "../reading/fields";
import type { Step } from "../runbook";
import type { JsonMap, ValueType } from "../values";
import type { Waiting } from "../waiting";

/** One attempt of a step: its inputs, with the values of their references, and the world that it acts on. */
export interface Attempt {
  step: Step;
  inputs: JsonMap;
  clock: Clock;
  call: CallAws;
  startChild: StartChild;
  python: Python;
  knows: (service: string, api: string) => boolean;
  region: string;
}

/** The type of an output that needs no declaration; `Any` where the script decides. */
export type OwnType = ValueType | "Any";

/** Of an action that gives nothing. */
export const noOutputs: Action["outputs"] = { declared: false, own: {} };

export interface Action {
  /** How long Automation takes to get the action going. */
  readonly startSeconds: number;
  /** Whether a step may declare outputs, and which ones there are without declaring them. */
  readonly outputs: { readonly declared: boolean; readonly own: Readonly<Record<string, OwnType>> };
  /** Refuses what a step of this action cannot have beside its inputs. */
  checkStep?(where: string, step: Step): void;
  /** Reads the inputs that it knows and leaves the others, which the caller then refuses. */
  checkInputs(inputs: Fields, format: Format): void;
  /**
   * Acts, and gives what the selectors of the step's outputs are applied to; its own outputs are members of that. Yields
   * what it waits for.
   * Throws a StepFailure where the step fails.
   */
  run(attempt: Attempt): Generator<Waiting, Members, void>;
  /** The step at which to go on after that answer, where the action decides about it. */
  jump?(answer: Members): string | undefined;
}
