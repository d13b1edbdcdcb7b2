// The process in which a stranger's program runs, under Pulumi's mocks: it is copied into the stranger's folder, so that it
// loads the very @pulumi/pulumi that the program loads. It knows nothing of AWS and has no TypeScript: each registration and
// each look-up is a question to the test.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import pulumi from "@pulumi/pulumi";

const unanswered = new Map();
let questions = 0;

function ask(question) {
  const id = ++questions;
  return new Promise((resolve, reject) => {
    unanswered.set(id, ({ answer, refused }) => {
      if (refused === undefined) {
        resolve(answer);
      } else {
        // The SDK reads `details` of a look-up that failed, as the engine's errors have it.
        reject(Object.assign(new Error(refused), { details: refused }));
      }
    });
    process.send({ kind: "question", id, ...question });
  });
}

function fail(error) {
  process.send({ kind: "failed", message: error instanceof Error ? error.message : String(error) }, () =>
    process.exit(1),
  );
}

/** What mocks do not tell: what a resource ignores, and under what it is. */
function watchRegistrations() {
  const monitor = pulumi.runtime.getMonitor();
  const register = monitor.registerResource.bind(monitor);
  const options = {};
  monitor.registerResource = (request, done) => {
    options[`${request.getType()} ${request.getName()}`] = {
      ignoreChanges: request.getIgnorechangesList(),
      parent: request.getParent().split("::")[2] ?? "",
    };
    return register(request, done);
  };
  return options;
}

async function run({ program, project, stack, config }) {
  pulumi.runtime.setAllConfig(config);
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, custom }) =>
        ask({ what: "resource", type, name, inputs, custom: custom === true }),
      call: ({ token, inputs }) => ask({ what: "lookUp", token, inputs }),
    },
    project,
    stack,
    false,
  );
  const options = watchRegistrations();
  await import(pathToFileURL(program).href);
  await pulumi.runtime.disconnect();
  // A rejected Output is reported a few turns of the event loop after everything else has settled.
  await new Promise((resolve) => setTimeout(resolve, 50));
  const loaded = Object.keys(createRequire(import.meta.url).cache);
  process.send({ kind: "done", options, loaded }, () => process.exit(0));
}

process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);
process.on("message", (message) => {
  if (message.kind === "run") {
    run(message).catch(fail);
  } else {
    unanswered.get(message.id)?.(message);
    unanswered.delete(message.id);
  }
});
