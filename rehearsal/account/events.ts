import { NotModelled } from "../errors";
import type { AccountState } from "./state";
import { AwsError } from "./errors";
import type { Rule } from "./events/rule";
import { firings } from "./schedule";
import type { Accepted, Ssm } from "./ssm";

export type { Rule } from "./events/rule";

/** What a rule starts: an Automation document. */
export interface Target {
  targetId: string;
  arn: string;
  roleArn: string;
  input: string;
  /** The queue for starts that come to nothing. */
  deadLetterArn?: string;
}

/** EventBridge's limit for Target.Input, in characters. */
const INPUT_MAX = 8192;

/** The times at which a rule fires that was made at `from`. */
export function ruleFirings(rule: Rule, from: Date): Generator<Date> {
  const [, days] = /^rate\((1 day|[2-9] days)\)$/.exec(rule.scheduleExpression) ?? [];
  return days === undefined ? firings(rule.scheduleExpression, from) : every(parseInt(days, 10), from);
}

/** EventBridge counts from the moment at which the rule is made. */
function* every(days: number, from: Date): Generator<Date> {
  for (let at = from; ;) {
    at = new Date(at.getTime() + days * 24 * 60 * 60 * 1000);
    yield at;
  }
}

/**
 * Delivers one event to a target: EventBridge takes on the target's role and starts the document with the target's
 * input. An AwsError is a delivery that fails.
 */
export function deliver(account: AccountState, ssm: Ssm, rule: Rule, target: Target): Accepted {
  const { accountId } = account.place;
  const events = account.iam.assume(target.roleArn, "events.amazonaws.com", {
    "aws:SourceAccount": accountId,
    "aws:SourceArn": rule.arn,
  });
  return ssm.start({ ...targetDocument(account, target), parameters: parametersOf(target) }, events);
}

/** The document in a target's ARN. Any other form means another service, or starts nothing. */
export function targetDocument(
  { place }: AccountState,
  { arn }: Target,
): { documentName: string; documentVersion: string } {
  const { partition, region, accountId } = place;
  const automation = `arn:${partition}:ssm:${region}:${accountId}:automation-definition/`;
  const [documentName, documentVersion] = arn.slice(automation.length).split(":");
  if (!arn.startsWith(automation) || !documentVersion) {
    throw new NotModelled(
      `The rehearsal does not model the target ${arn}: an Automation document of this account and Region is ` +
        `${automation}NAME:VERSION.`,
    );
  }
  return { documentName, documentVersion };
}

/** Automation takes a map of lists of strings. */
function parametersOf({ input }: Target): Record<string, string[]> {
  const parameters = parse(input);
  if (input.length > INPUT_MAX || !isMapOfLists(parameters)) {
    throw new AwsError(
      "ValidationException",
      `The target's Input is not an object of lists of strings of at most ${INPUT_MAX} characters: ${input.slice(0, 200)}`,
    );
  }
  return parameters;
}

function parse(input: string): unknown {
  try {
    return JSON.parse(input);
  } catch (error) {
    throw new AwsError("ValidationException", `The target's Input is not JSON: ${String(error)}`);
  }
}

function isMapOfLists(value: unknown): value is Record<string, string[]> {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.values(value).every((list) => Array.isArray(list) && list.every((one) => typeof one === "string"))
  );
}
