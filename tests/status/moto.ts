import { spawn, spawnSync } from "node:child_process";

/** An AWS account in memory, in a process of its own. */
export interface Moto {
  readonly endpoint: string;
  /** Empties the account. */
  reset(): Promise<void>;
  stop(): void;
}

const PROBE = "import flask, flask_cors, moto.server";

/**
 * A Python that has what tests/scripts/requirements.txt lists, or nothing. One that PYTHON names must have it, so that with
 * PYTHON no test can be left out.
 */
export function findPython(): string | undefined {
  const given = process.env.PYTHON;
  const names = given ? [given] : ["python3", "python3.11", "python3.12", "python3.13", "python3.14"];
  const found = names.find((name) => spawnSync(name, ["-c", PROBE]).status === 0);
  if (found === undefined && given)
    throw new Error(`PYTHON ${given} lacks moto's server: install tests/scripts/requirements.txt`);
  return found;
}

/** On a port that is free. */
export async function startMoto(python: string): Promise<Moto> {
  const server = spawn(python, ["-m", "moto.server", "--port", "0"], { stdio: ["ignore", "ignore", "pipe"] });
  const endpoint = await new Promise<string>((resolve, reject) => {
    let said = "";
    server.stderr.on("data", (data: Buffer) => {
      said += data.toString();
      // What the server says first is where it listens.
      const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? [];
      if (address !== undefined) resolve(address);
    });
    server.on("error", reject);
    server.on("exit", () => reject(new Error(`moto's server ended: ${said}`)));
  });
  return {
    endpoint,
    reset: async () => {
      const { ok, status } = await fetch(`${endpoint}/moto-api/reset`, { method: "POST" });
      if (!ok) throw new Error(`moto was not reset: ${status}`);
    },
    stop: () => server.kill(),
  };
}
