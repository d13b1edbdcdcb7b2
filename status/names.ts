import { StatusError } from "./errors";

/** What has to be known to look: the outputs of a stack of ami-refresh, under their own names. */
export interface Names {
  readonly region: string;
  readonly instanceId: string;
  readonly autoScalingGroupName: string;
  readonly prefix: string;
  /** The runbook create-image. */
  readonly documentName: string;
  readonly rollOutDocumentName: string;
  /** Nothing where the stack does not retire. */
  readonly retireDocumentName?: string;
  /** Nothing where the stack has no watch. */
  readonly watchDocumentName?: string;
  /** The EventBridge rule that starts create-image and retire; nothing where schedules do. */
  readonly ruleName?: string;
  /** The group of the schedules that start them; nothing where a rule does. */
  readonly scheduleGroupName?: string;
  readonly deadLetterQueueUrl: string;
  /** Where notices are sent; nothing where they are sent to nobody. */
  readonly topicArn?: string;
  readonly alarmNames: readonly string[];
}

const REPAIR = "export it from the program, as index.ts does, and run pulumi up";

/**
 * The names among a stack's outputs.
 *
 * @param outputs what `pulumi stack output --json` says
 * @param source whose outputs these are, as a sentence begins, such as `Stack dev`
 * @throws StatusError with one sentence where one is missing or is of another form
 */
export function readNames(outputs: unknown, source: string): Names {
  if (typeof outputs !== "object" || outputs === null || Array.isArray(outputs))
    throw new StatusError(
      `${source} is not an object of outputs: give what pulumi stack output --json writes.`,
    );
  const all = new Map<string, unknown>(Object.entries(outputs));
  const optional = (name: string) => readText(all.get(name) ?? undefined, name, source);
  const required = (name: string) => {
    const text = optional(name);
    if (text === undefined) throw new StatusError(`${source} has no output ${name}: ${REPAIR}.`);
    return text;
  };
  return {
    region: required("region"),
    instanceId: required("instanceId"),
    autoScalingGroupName: required("autoScalingGroupName"),
    prefix: required("prefix"),
    documentName: required("documentName"),
    rollOutDocumentName: required("rollOutDocumentName"),
    retireDocumentName: optional("retireDocumentName"),
    watchDocumentName: optional("watchDocumentName"),
    ...readStarter(optional("scheduleGroupName"), () => required("ruleName")),
    deadLetterQueueUrl: required("deadLetterQueueUrl"),
    topicArn: optional("topicArn"),
    alarmNames: readTexts(all.get("alarmNames") ?? [], "alarmNames", source),
  };
}

/** What starts the runbooks: one of the two. */
function readStarter(
  group: string | undefined,
  rule: () => string,
): Pick<Names, "ruleName" | "scheduleGroupName"> {
  return group === undefined ? { ruleName: rule() } : { scheduleGroupName: group };
}

/** The rule, or the group of schedules, as a sentence begins. */
export function titleOfSchedule({ ruleName, scheduleGroupName }: Names): string {
  return scheduleGroupName === undefined ? `Rule ${ruleName}` : `Schedule group ${scheduleGroupName}`;
}

function readTexts(value: unknown, name: string, source: string): string[] {
  if (!Array.isArray(value))
    throw new StatusError(`Output ${name} of ${lower(source)} is not a list of names: ${REPAIR}.`);
  return value.map((one) => readText(one ?? "", name, source) ?? "");
}

function readText(value: unknown, name: string, source: string): string | undefined {
  if (value === undefined) return undefined;
  if (value === "[secret]")
    throw new StatusError(
      `Output ${name} of ${lower(source)} is a secret: write the outputs with pulumi stack output --json --show-secrets into a file, and give it as --outputs.`,
    );
  if (typeof value !== "string" || value === "")
    throw new StatusError(`Output ${name} of ${lower(source)} is not a name: ${REPAIR}.`);
  return value;
}

function lower(source: string): string {
  return source.charAt(0).toLowerCase() + source.slice(1);
}
