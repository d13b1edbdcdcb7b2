import { Python } from "../../rehearsal/automation/python/python";

let started: Promise<Python> | undefined;

/** One Python for the whole mocha process: it takes seconds to start. Ask for it in a `before` with time enough. */
export function sharedPython(): Promise<Python> {
  started ??= Python.start();
  return started;
}
