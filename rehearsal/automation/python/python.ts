import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadPyodide, type PyodideAPI } from "pyodide";
import type { CallAws, Knows, Value } from "../../account/api";
import type { Clock } from "../../account/clock";
import { ScriptError } from "./errors";
import { Host } from "./host";

export interface ScriptRun {
  script: string;
  handler: string;
  /** The handler's first argument, as JSON can say it. */
  events: unknown;
  clock: Clock;
  call: CallAws;
  /** How long the script may take in virtual time. */
  budgetSeconds: number;
  /** Which APIs its boto3 has, and which of their parameters: all of them unless told otherwise. */
  knows?: Knows;
  /** Where its clients call; a script that names another Region is refused where this is told. */
  region?: string;
}

export interface ScriptResult {
  payload: Value;
  /** What the script wrote to its standard output and error. */
  printed: string;
}

/** What the Python side answers: see modules/_rehearsal/runner.py. */
type Outcome = { payload: Value; printed: string } | { traceback: string } | { ended: true };

type Run = (script: string, handler: string, events: string) => string;

/** CPython, compiled to WebAssembly: loaded once, then each run takes milliseconds. */
export class Python {
  private constructor(
    private readonly host: Host,
    private readonly runScript: Run,
  ) {}

  static async start(): Promise<Python> {
    // A fixed seed, so that sets have the same order in every rehearsal.
    const pyodide = await loadPyodide({ env: { PYTHONHASHSEED: "0" } });
    const host = new Host();
    pyodide.registerJsModule("_rehearsal_host", host.module());
    copyModules(pyodide, join(__dirname, "modules"), "/rehearsal");
    pyodide.runPython('import sys; sys.path.insert(0, "/rehearsal"); import _rehearsal.clock');
    const runner = pyodide.pyimport("_rehearsal.runner") as { run: Run };
    return new Python(host, runner.run);
  }

  /** Runs a handler. Throws a ScriptError, a ScriptTimedOut, or whatever `call` threw other than an AwsError. */
  run({ script, handler, events, region = "", knows = () => true, ...reach }: ScriptRun): ScriptResult {
    this.host.begin({ ...reach, region, knows });
    try {
      const outcome = JSON.parse(this.runScript(script, handler, JSON.stringify(events))) as Outcome;
      // First, because a script may have run on to some end of its own, as far as it could.
      if (this.host.ending) throw this.host.ending;
      if ("traceback" in outcome) throw new ScriptError(outcome.traceback);
      if ("payload" in outcome) return outcome;
      throw new Error("a script was ended for no reason");
    } finally {
      this.host.finish();
    }
  }
}

/** Python reads its modules from the file system inside of the WebAssembly machine. */
function copyModules(pyodide: PyodideAPI, from: string, to: string): void {
  pyodide.FS.mkdir(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), `${to}/${entry.name}`];
    if (entry.isDirectory()) copyModules(pyodide, source, target);
    else if (entry.name.endsWith(".py")) pyodide.FS.writeFile(target, readFileSync(source, "utf8"));
  }
}
