import { NotModelled } from "../errors";
import type { AccountState } from "./state";
import { AwsError } from "./errors";
import type { Rule, Target } from "./events/rule";
import { keepDeadLetter } from "./events/deadLetter";
import type { Accepted } from "./ssm";
import type { Timer } from "./timer";

export type { Rule, Target } from "./events/rule";

/** EventBridge's limit for Target.Input, in characters. */
const INPUT_MAX = 8192;

/** The rule, with its targets, as what starts runbooks. */
export function ruleTimer(account: AccountState, rule: Rule, targets: Target[]): Timer {
  return {
    title: `Rule ${rule.name}`,
    scheduleExpression: rule.scheduleExpression,
    starts: targets.map((target) => ({
      documentName: targetDocument(account, target).documentName,
      // Somebody may have switched it off since it was made.
      isEnabled: () => rule.enabled,
      start: () => deliver(account, rule, target),
      keep: (error) => keepDeadLetter(account, { rule, target }, error),
    })),
  };
}

/**
 * Delivers one event to a target: EventBridge takes on the target's role and starts the document with the target's
 * input. An AwsError is a delivery that fails.
 */
function deliver(account: AccountState, rule: Rule, target: Target): Accepted {
  const { accountId } = account.place;
  const events = account.iam.assume(target.roleArn, "events.amazonaws.com", {
    "aws:SourceAccount": accountId,
    "aws:SourceArn": rule.arn,
  });
  return account.ssm.start({ ...targetDocument(account, target), parameters: parametersOf(target) }, events);
}

/** The document in a target's ARN. Any other form means another service, or starts nothing. */
function targetDocument(
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
