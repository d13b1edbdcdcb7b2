/** Why a look-up gave no answer. */
export interface LookUpFailure {
  /** AWS was asked, and has no such thing. */
  readonly notFound: boolean;
  /** In the provider's own words, on one line. */
  readonly reason: string;
}

/** The sentence for a look-up that was denied or did not come through. */
export function explainDeniedLookUp(what: string, reason: string, permissions: string): string {
  return (
    `${what} cannot be looked up (${reason}): allow the deployer ${permissions}, or give both launchTemplateIds and ` +
    `instanceProfileRoleArns, and nothing is looked up.`
  );
}

/** Why a call was denied stands at the end of AWS's sentence, which has some hundreds of characters. */
const LONGEST = 2000;

/** Thousands of characters that only AWS can read. */
const ENCODED = /\.?\s*Encoded authorization failure message: [\w+/=-]+/g;

/**
 * How the AWS provider words that something does not exist. Everything else (a denial, no credentials, a network that
 * is down) says nothing about whether it exists.
 */
const NOT_FOUND =
  /empty result|couldn't find resource|no matching [\w ]+ found|returned no results|NoSuchEntity|Invalid\w+\.(NotFound|Malformed)/;

/** What the engine and the provider put before the reason itself. */
const PREFACES = [
  /^Error: /,
  /^invocation of \S+ returned an error: /,
  /^invoking \S+: /,
  /^\d+ errors? occurred:\s*\* /,
];

export function readFailure(error: unknown): LookUpFailure {
  const message = error instanceof Error ? error.message : String(error);
  const bare = PREFACES.reduce((text, preface) => text.replace(preface, ""), message.trim());
  const lines = bare.replace(ENCODED, "").split("\n");
  const told = lines.map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("at "));
  const reason = told.join(" ").replace(/\.$/, "");
  return {
    notFound: NOT_FOUND.test(message),
    reason: reason.length > LONGEST ? `${reason.slice(0, LONGEST)}…` : reason,
  };
}
