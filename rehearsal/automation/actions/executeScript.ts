import { NotModelled, RehearsalError } from "../../errors";
import type { Value } from "../../account/api";
import { scriptFailed, timedOut } from "../failure";
import { ScriptError, ScriptTimedOut } from "../python/errors";
import type { Fields } from "../reading/fields";
import { isMap } from "../values";
import type { Action, Attempt } from "./action";

/** AWS: `timeoutSeconds` can only shorten the ten minutes that a script has. */
const longest = 600;
/** AWS returns at most so many items of a list; it does not say what becomes of a longer one. */
const mostItems = 100;

export const executeScript: Action = {
  startSeconds: 2,
  outputs: { declared: true, own: { Payload: "Any" } },
  checkInputs(inputs, format) {
    inputs.notModelled("Attachment");
    checkRuntime(inputs);
    if (!/^[A-Za-z_]\w*$/.test(inputs.neededText("Handler"))) {
      throw new RehearsalError(`${inputs.where}: the Handler has to be a function's name`);
    }
    inputs.map("InputPayload");
    checkScript(inputs);
    if (format === "JSON") {
      throw new NotModelled(`${inputs.where}: AWS documents Script for runbooks in YAML only`);
    }
  },
  *run(attempt) {
    const payload = runScript(attempt);
    checkLists(`step "${attempt.step.name}"`, payload);
    return { Payload: payload };
  },
};

function checkRuntime(inputs: Fields): void {
  const runtime = inputs.neededText("Runtime");
  if (runtime !== "python3.11") {
    throw new NotModelled(`${inputs.where}: the rehearsal does not model the Runtime "${runtime}"`);
  }
}

function checkScript(inputs: Fields): void {
  if (inputs.neededText("Script").includes("{{")) {
    throw new NotModelled(`${inputs.where}: whether AWS substitutes "{{" in a Script is not documented`);
  }
}

function runScript({ step, inputs, clock, call, python, knows, region }: Attempt): Value {
  const budgetSeconds = Math.min(longest, step.timeoutSeconds ?? longest);
  const { Script: script, Handler: handler, InputPayload: events = {} } = inputs;
  try {
    return python.run({
      script: script as string,
      handler: handler as string,
      events,
      clock,
      call,
      budgetSeconds,
      knows,
      region,
    }).payload;
  } catch (error) {
    if (error instanceof ScriptError) throw scriptFailed(error.traceback);
    if (error instanceof ScriptTimedOut) throw timedOut(`running its script for ${budgetSeconds} seconds`);
    throw error;
  }
}

function checkLists(where: string, payload: unknown): void {
  const lists = [payload, ...(isMap(payload) ? Object.values(payload) : [])].filter(Array.isArray);
  const long = lists.find((list) => list.length > mostItems);
  if (long) {
    throw new NotModelled(
      `${where}: the script returned a list of ${long.length} items; AWS returns at most ${mostItems}`,
    );
  }
}
