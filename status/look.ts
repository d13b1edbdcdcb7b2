import { StatusError } from "./errors";

/** One thing that AWS is asked. */
export interface Question {
  /** What is looked at, as a sentence begins. */
  readonly what: string;
  /** The permission that it takes. */
  readonly permission: string;
}

/**
 * AWS's answer.
 *
 * @throws StatusError where there is none: what could not be looked at, why, and what to do
 */
export async function look<T>({ what, permission }: Question, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    // A mistake in this program, which is nobody's to mend but ours.
    if (error instanceof TypeError) throw error;
    const { name, reason } = describe(error);
    throw new StatusError(`${what} could not be looked at (${reason}): ${repairOf(name, permission)}.`);
  }
}

/** The same of something that may not exist: AWS then answers with an error of such a name. */
export function lookFor<T>(
  question: Question,
  missing: RegExp,
  ask: () => Promise<T>,
): Promise<T | undefined> {
  return look<T | undefined>(question, async () => {
    try {
      return await ask();
    } catch (error) {
      if (missing.test(describe(error).name)) return undefined;
      throw error;
    }
  });
}

const POLICY = "status/policy.json has all that is needed";
const REPAIRS: [RegExp, (permission: string) => string][] = [
  [
    /AccessDenied|Unauthorized|AuthorizationError|NotAuthorized/,
    (permission) => `allow ${permission}; ${POLICY}`,
  ],
  [
    /CredentialsProvider|Expired|InvalidClientTokenId|UnrecognizedClient|InvalidSignature|SignatureDoesNotMatch|AuthFailure|TokenProvider/,
    () => "log in to AWS, or set AWS_PROFILE to a profile that is",
  ],
  [/Throttl|RequestLimitExceeded|TooManyRequests/, () => "AWS was asked too often, try again in a minute"],
  [
    /^E[A-Z_]+$|Timeout/,
    () => "see whether AWS can be reached from here, and that the Region and --endpoint-url are right",
  ],
];

function repairOf(name: string, permission: string): string {
  const repair = REPAIRS.find(([names]) => names.test(name))?.[1];
  return repair?.(permission) ?? `try again, and see that ${permission} is allowed`;
}

/** What only AWS can read, and thousands of characters of it. */
const ENCODED = /\.?\s*Encoded authorization failure message: [\w+/=-]+/g;

function describe(error: unknown): { name: string; reason: string } {
  if (!(error instanceof Error)) return { name: "", reason: String(error) };
  // A connection that is refused on several addresses is one error of several, without a text.
  const cause = error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0] : error;
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
  const name = code !== undefined && /^E[A-Z_]+$/.test(code) ? code : cause.name;
  const said = cause.message.replace(ENCODED, "").split(/\s+/).join(" ").trim().replace(/\.$/, "");
  return { name, reason: said === "" ? name : said.includes(name) ? said : `${name}: ${said}` };
}
