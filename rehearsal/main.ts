import * as path from "node:path";
import { Python } from "./automation/python/python";
import { readStack } from "./deploy/stack";
import { RehearsalError } from "./errors";
import { HELP, readOptions } from "./options";
import { rehearse } from "./rehearse";
import { RecordWriter } from "./report/record";
import { TerminalReporter } from "./report/terminal";

/** The project's folder, whatever the working directory is. */
const PROJECT = path.join(__dirname, "..");

async function main(argv: string[]): Promise<number> {
  const options = readOptions(argv, new Date());
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const stack = readStack(PROJECT, options.stack);
  const record = options.json === undefined ? undefined : new RecordWriter(options.json);
  // Python takes a few seconds to load, in which the program runs in its own process.
  const python = Python.start();
  // Whoever waits for it hears of its failure; until then it is nobody's unhandled rejection.
  python.catch(() => undefined);
  const ok = await rehearse({
    stack,
    from: options.from,
    nights: options.nights,
    launchSource: options.launchSource,
    golden: options.golden,
    crowded: options.crowded,
    faults: options.faults,
    only: options.only,
    rollBack: options.rollBack,
    mishaps: options.mishaps,
    python,
    reporter: new TerminalReporter({
      write: (text) => process.stdout.write(text),
      terminal: process.stdout.isTTY === true,
      colours: showsColours(),
    }),
    record,
  });
  return ok ? 0 : 1;
}

function showsColours(): boolean {
  return process.stdout.isTTY === true && process.env.NO_COLOR === undefined && process.env.TERM !== "dumb";
}

main(process.argv.slice(2)).then(
  (status) => process.exit(status),
  (error: unknown) => {
    // What the rehearsal says itself is one sentence; anything else is a mistake in it, and its stack is wanted.
    console.error(error instanceof RehearsalError ? error.message : error);
    process.exit(2);
  },
);
