import * as path from "node:path";
import { createClients } from "./clients";
import { StatusError } from "./errors";
import { HELP, readOptions } from "./options";
import { readNamesFrom, readStackNames } from "./outputs";
import { print } from "./print";
import { report } from "./report";
import { readStatus } from "./status";

/** The project's folder, where Pulumi finds the program. */
const PROJECT = path.join(__dirname, "..");

// The SDK says on stderr which Node its later versions will need; this one is pinned.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

async function main(argv: string[]): Promise<number> {
  const options = readOptions(argv);
  if (options === undefined) {
    process.stdout.write(HELP);
    return 0;
  }
  const { source, endpointUrl } = options;
  const names = "file" in source ? readNamesFrom(source.file) : readStackNames(source.stack, PROJECT);
  const clients = createClients(names.region, endpointUrl);
  const found = report(await readStatus(names, { clients }));
  const text = options.json ? `${JSON.stringify(found, undefined, 2)}\n` : print(found, options.timeZone);
  process.stdout.write(text);
  return found.healthy ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (status) => {
    // Whatever reads the output may be slower than this.
    process.exitCode = status;
  },
  (error: unknown) => {
    // What it says itself is one sentence; anything else is a mistake in it, and its stack is wanted.
    console.error(error instanceof StatusError ? error.message : error);
    process.exitCode = 2;
  },
);
