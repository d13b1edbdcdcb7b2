import { fork } from "node:child_process";
import * as path from "node:path";
import { NotModelled, RehearsalError } from "../errors";
import { LookUpFailure } from "./lookUps";
import type { Answer, FromChild, Inputs, Question } from "./messages";
import type { Provider } from "./provider";
import type { Stack } from "./stack";

/** A resource as the program registered it. */
export interface Registered {
  type: string;
  name: string;
  inputs: Inputs;
  /** False for a component. */
  custom: boolean;
  /** What the provider would give back, the inputs included. */
  state: Inputs;
}

/** A program takes a second or two; one that waits for something that never comes would wait for ever. */
const PATIENCE_SECONDS = 120;

/** Runs the stack's program in a process of its own and collects what it registers. */
export function runProgram(
  stack: Stack,
  provider: Provider,
  patienceSeconds = PATIENCE_SECONDS,
): Promise<Registered[]> {
  const registered: Registered[] = [];
  const child = fork(path.join(__dirname, "child.ts"), {
    cwd: stack.folder,
    execArgv: ["--require", "ts-node/register/transpile-only"],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let printed = "";
  let patience: NodeJS.Timeout | undefined;
  child.stdout?.on("data", (data) => (printed += String(data)));
  child.stderr?.on("data", (data) => (printed += String(data)));

  return new Promise<Registered[]>((resolve, reject) => {
    let refusal: Error | undefined;
    const failed = (message: string) =>
      reject(refusal ?? new RehearsalError(`The program failed: ${message.replace(/\s+/g, " ")}`));
    patience = setTimeout(() => {
      failed(`it did not come to its end within ${patienceSeconds} seconds; an Output may never resolve.`);
      child.kill();
    }, patienceSeconds * 1000);

    child.on("message", (message: FromChild) => {
      if (message.kind === "failed") {
        failed(message.message);
      } else if (message.kind === "done") {
        const nothing = registered.every(({ custom }) => !custom);
        return nothing ? failed("it registered no resource.") : resolve(registered);
      } else {
        const [answer, error] = answerTo(message, provider, registered);
        refusal ??= error;
        child.send(answer);
      }
      return undefined;
    });
    child.on("error", (error) => failed(error.message));
    child.on("exit", (code) =>
      failed(`its process ended with status ${code}${printed ? `, printing ${printed.trim()}` : ""}.`),
    );
    child.send({
      kind: "run",
      main: stack.main,
      project: stack.project,
      stack: stack.name,
      config: stack.config,
    });
  }).finally(() => clearTimeout(patience));
}

function answerTo(question: Question, provider: Provider, registered: Registered[]): [Answer, Error?] {
  try {
    if (question.kind === "lookUp") {
      return [{ kind: "found", id: question.id, result: provider.lookUp(question.token, question.inputs) }];
    }
    const { type, name, inputs, custom } = question;
    const { id: resourceId, state } = custom ? provider.create(type, name, inputs) : { id: name, state: {} };
    if (type !== "pulumi:pulumi:Stack") {
      registered.push({ type, name, inputs, custom, state });
    }
    return [{ kind: "registered", id: question.id, resourceId, state }];
  } catch (error) {
    if (error instanceof LookUpFailure) {
      // The program's own business: it may catch it.
      return [{ kind: "refused", id: question.id, message: error.message }];
    }
    if (!(error instanceof NotModelled)) {
      throw error;
    }
    return [{ kind: "refused", id: question.id, message: error.message }, error];
  }
}
