import { parseArgs } from "node:util";
import { StatusError } from "./errors";

export interface Options {
  /** The stack whose outputs are asked of Pulumi, or a file that has them. */
  readonly source: { readonly stack: string } | { readonly file: string };
  readonly json: boolean;
  readonly timeZone?: string;
  readonly endpointUrl?: string;
}

export const HELP = `Looks whether a stack of ami-refresh is healthy, and says what to do where it is not. It only reads.

usage: npm run status -- --stack NAME [options]

  --stack NAME         the stack, whose outputs Pulumi is asked for
  --outputs FILE       instead: a file that pulumi stack output --json wrote
  --json               writes everything that was seen as one JSON object
  --time-zone ZONE     shows when the schedule fires next in this time zone too, such as Asia/Tokyo
  --endpoint-url URL   asks this address instead of AWS, such as that of an emulator
  --help               this text

It asks with the credentials that the AWS SDK finds, in the stack's Region. status/policy.json has the permissions.

Exit status: 0 when healthy; 1 when not; 2 when it could not look, with one sentence that says why.
`;

/** What the command line asks for; nothing where it asks for help. */
export function readOptions(argv: string[]): Options | undefined {
  const values = parse(argv);
  if (values.help) return undefined;
  return {
    source: readSource(values),
    json: values.json ?? false,
    timeZone: readTimeZone(values["time-zone"]),
    endpointUrl: readEndpointUrl(values["endpoint-url"]),
  };
}

function parse(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      options: {
        stack: { type: "string" },
        outputs: { type: "string" },
        json: { type: "boolean" },
        "time-zone": { type: "string" },
        "endpoint-url": { type: "string" },
        help: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).split("\n")[0];
    throw new StatusError(`${reason.replace(/\.$/, "")}; see npm run status -- --help.`);
  }
}

function readSource({ stack, outputs }: { stack?: string; outputs?: string }): Options["source"] {
  if (stack !== undefined && outputs !== undefined)
    throw new StatusError("--stack and --outputs are given: give one of them.");
  if (outputs !== undefined) return { file: outputs };
  if (stack === undefined)
    throw new StatusError(
      "No stack is named: give --stack NAME, or --outputs FILE with what pulumi stack output --json wrote.",
    );
  // Pulumi's own form, with an organisation and a project in front where they are wanted.
  if (!/^([A-Za-z0-9_.-]{1,100}\/){0,2}[A-Za-z0-9_.-]{1,100}$/.test(stack) || stack.startsWith("-"))
    throw new StatusError(
      `--stack ${stack}: a stack's name has 1 to 100 letters, digits and _ . -; give such a name.`,
    );
  return { stack };
}

function readTimeZone(zone: string | undefined): string | undefined {
  if (zone === undefined) return undefined;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return zone;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new StatusError(`--time-zone ${zone}: write an IANA time zone, such as Asia/Tokyo.`);
  }
}

function readEndpointUrl(text: string | undefined): string | undefined {
  if (text !== undefined && !(URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)))
    throw new StatusError(
      `--endpoint-url ${text}: write an address with http:// or https://, such as http://127.0.0.1:5000.`,
    );
  return text;
}
