/** What the child process that runs the program and the rehearsal say to each other. */

export interface ProgramToRun {
  kind: "run";
  main: string;
  project: string;
  stack: string;
  config: Record<string, string>;
}

/** The program registers a resource, or looks something up; the rehearsal answers. */
export type Question =
  | { kind: "resource"; id: number; type: string; name: string; custom: boolean; inputs: Inputs }
  | { kind: "lookUp"; id: number; token: string; inputs: Inputs };

export type Inputs = Record<string, unknown>;

export type Answer =
  | { kind: "registered"; id: number; resourceId: string; state: Inputs }
  | { kind: "found"; id: number; result: Inputs }
  | { kind: "refused"; id: number; message: string };

export type FromChild = Question | { kind: "failed"; message: string } | { kind: "done" };
export type ToChild = ProgramToRun | Answer;
