// The process in which the program runs, under Pulumi's mocks. It knows nothing of AWS: every resource and every look-up
// is a question to the rehearsal. The program's modules, its globals and its failures stay in here.
import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";
import type { Answer, FromChild, ProgramToRun, Question, ToChild } from "./messages";

type Unanswered = (answer: Answer) => void;
const unanswered = new Map<number, Unanswered>();
let questions = 0;

function say(message: FromChild, then?: () => void): void {
  process.send?.(message, undefined, undefined, () => then?.());
}

type Asked<T> = T extends Question ? Omit<T, "id"> : never;

function ask(question: Asked<Question>): Promise<Answer> {
  const id = ++questions;
  return new Promise((resolve, reject) => {
    unanswered.set(id, (answer) =>
      answer.kind === "refused" ? reject(refusal(answer.message)) : resolve(answer),
    );
    say({ ...question, id } as Question);
  });
}

/** The SDK reads `details` of a look-up that failed, as the engine's errors have it. */
function refusal(message: string): Error {
  return Object.assign(new Error(message), { details: message });
}

function fail(error: unknown): void {
  say({ kind: "failed", message: error instanceof Error ? error.message : String(error) }, () =>
    process.exit(1),
  );
}

process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);
process.on("message", (message: ToChild) => {
  if (message.kind === "run") {
    run(message).catch(fail);
  } else {
    unanswered.get(message.id)?.(message);
    unanswered.delete(message.id);
  }
});

async function run({ main, project, stack, config }: ProgramToRun): Promise<void> {
  pulumi.runtime.setAllConfig(config);
  await pulumi.runtime.setMocks(
    {
      newResource: async ({ type, name, inputs, custom }) => {
        const answer = await ask({ kind: "resource", type, name, custom: custom === true, inputs });
        return answer.kind === "registered"
          ? { id: answer.resourceId, state: answer.state }
          : { id: "", state: {} };
      },
      call: async ({ token, inputs }) => {
        const answer = await ask({ kind: "lookUp", token, inputs });
        return answer.kind === "found" ? answer.result : {};
      },
    },
    project,
    stack,
    false,
  );
  // As Pulumi's host loads a CommonJS program; a dynamic import would be a native one, which knows no TypeScript.
  createRequire(__filename)(main);
  await pulumi.runtime.disconnect();
  // A rejected Output is reported a few turns of the event loop after everything else has settled.
  await new Promise((resolve) => setTimeout(resolve, 50));
  say({ kind: "done" }, () => process.exit(0));
}
