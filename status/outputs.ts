import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { StatusError } from "./errors";
import { type Names, readNames } from "./names";

/** The names that a stack exports, asked of Pulumi in the project's folder. */
export function readStackNames(stack: string, project: string): Names {
  const args = ["stack", "output", "--json", "--stack", stack];
  const { error, status, stdout, stderr } = spawnSync("pulumi", args, { cwd: project, encoding: "utf8" });
  const what = `The outputs of stack ${stack} could not be read`;
  if (error !== undefined)
    throw new StatusError(
      `${what}, because pulumi cannot be started (${error.message}): install it, or give the outputs with --outputs FILE.`,
    );
  if (status !== 0)
    throw new StatusError(
      `${what} (pulumi says: ${firstLine(stderr)}): name a stack that pulumi stack ls shows, after pulumi login, or give the outputs with --outputs FILE.`,
    );
  return readNames(parse(stdout, what), `Stack ${stack}`);
}

/** The names in a file with what `pulumi stack output --json` wrote. */
export function readNamesFrom(file: string): Names {
  const what = `--outputs ${file} could not be read`;
  let text: string;
  try {
    text = fs.readFileSync(file, "utf8");
  } catch (error) {
    throw new StatusError(
      `${what} (${error instanceof Error ? error.message : String(error)}): give a file that pulumi stack output --json wrote.`,
    );
  }
  return readNames(parse(text, what), `File ${file}`);
}

function parse(text: string, what: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new StatusError(
      `${what}, because it is no JSON (${error.message}): give what pulumi stack output --json writes.`,
    );
  }
}

function firstLine(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  return (lines.find((line) => line !== "") ?? "nothing").replace(/^error: /, "").replace(/\.$/, "");
}
