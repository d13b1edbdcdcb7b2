import { fork } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { stranger } from "./packed";

type Inputs = Record<string, unknown>;

/** What stands behind the programs: it answers registrations and look-ups. */
export interface Answers {
  create(type: string, name: string, inputs: Inputs): { id: string; state: Inputs };
  lookUp(token: string, inputs: Inputs): Inputs;
}

export interface ProgramToRun {
  /** The program's file, compiled. */
  program: string;
  cwd: string;
  answers: Answers;
  project?: string;
  stack?: string;
  config?: Record<string, string>;
}

/** A resource as the engine would receive it. */
export interface Registered {
  type: string;
  name: string;
  inputs: Inputs;
  /** The types of everything that it stands under. */
  parent: string;
  ignoreChanges: string[];
}

export interface Ran {
  resources: Registered[];
  /** The tokens of what was looked up. */
  lookUps: string[];
  /** Every CommonJS file that was loaded. */
  loaded: string[];
}

type Question = { kind: "question"; id: number } & (
  | { what: "resource"; type: string; name: string; inputs: Inputs; custom: boolean }
  | { what: "lookUp"; token: string; inputs: Inputs }
);
type Said =
  | Question
  | { kind: "failed"; message: string }
  | { kind: "done"; options: Record<string, Pick<Registered, "parent" | "ignoreChanges">>; loaded: string[] };

/** Runs a stranger's program in a process of its own that has neither TypeScript nor anything of this repository. */
export function runProgram(toRun: ProgramToRun): Promise<Ran> {
  const { folder } = stranger();
  const runner = path.join(folder, "runner.mjs");
  fs.copyFileSync(path.join(__dirname, "runner.mjs"), runner);
  const child = fork(runner, { cwd: toRun.cwd, execArgv: [], stdio: ["ignore", "pipe", "pipe", "ipc"] });
  let printed = "";
  child.stdout?.on("data", (data) => (printed += String(data)));
  child.stderr?.on("data", (data) => (printed += String(data)));
  const registered: Pick<Registered, "type" | "name" | "inputs">[] = [];
  const lookUps: string[] = [];

  return new Promise((resolve, reject) => {
    const answerTo = (question: Question) => {
      const { answers } = toRun;
      if (question.what === "lookUp") {
        lookUps.push(question.token);
        return answers.lookUp(question.token, question.inputs);
      }
      const { type, name, inputs, custom } = question;
      registered.push({ type, name, inputs });
      return custom ? answers.create(type, name, inputs) : { id: name, state: {} };
    };
    child.on("message", (said: Said) => {
      if (said.kind === "question") {
        child.send({ id: said.id, ...attempt(() => answerTo(said)) });
      } else if (said.kind === "failed") {
        reject(new Error(said.message));
      } else {
        const resources = registered.map((one) => ({ ...one, ...said.options[`${one.type} ${one.name}`] }));
        resolve({ resources, lookUps, loaded: said.loaded });
      }
    });
    child.on("exit", (code) => reject(new Error(`the program ended with status ${code}: ${printed}`)));
    const { program, project = "project", stack = "stack", config = {} } = toRun;
    child.send({ kind: "run", program, project, stack, config });
  });
}

function attempt(answer: () => unknown): { answer: unknown } | { refused: string } {
  try {
    return { answer: answer() };
  } catch (error) {
    return { refused: error instanceof Error ? error.message : String(error) };
  }
}
