import * as fs from "node:fs";
import * as path from "node:path";

export interface Statement {
  Sid: string;
  Effect: string;
  Action: string | string[];
  Resource: string;
}

/** The policy of a person who looks. */
export function readPolicy(): { Version: string; Statement: Statement[] } {
  const file = path.join(__dirname, "..", "..", "status", "policy.json");
  return JSON.parse(fs.readFileSync(file, "utf8")) as ReturnType<typeof readPolicy>;
}

/** The actions that it allows. */
export function permissions(): string[] {
  return readPolicy().Statement.flatMap(({ Action: action }) => action);
}
