import {
  DescribeRuleCommand,
  type EventBridgeClient,
  ListTargetsByRuleCommand,
} from "@aws-sdk/client-eventbridge";
import { look, lookFor } from "../look";

/** What starts the runbooks: an EventBridge rule, or a group of EventBridge Scheduler's schedules. */
export interface Rule {
  readonly enabled: boolean;
  readonly scheduleExpression: string;
  /** The zone of the expression; UTC where there is none. */
  readonly timeZone?: string;
  /** The ARNs of what it starts, or the names of the runbooks. */
  readonly targets: readonly string[];
}

/** Nothing where the rule does not exist. */
export async function readRule(eventBridge: EventBridgeClient, name: string): Promise<Rule | undefined> {
  const rule = await lookFor(
    { what: `Rule ${name}`, permission: "events:DescribeRule" },
    /^ResourceNotFoundException$/,
    () => eventBridge.send(new DescribeRuleCommand({ Name: name })),
  );
  if (rule === undefined) return undefined;
  const question = { what: `The targets of rule ${name}`, permission: "events:ListTargetsByRule" };
  // A rule has five targets at most, and so one page.
  const answer = await look(question, () => eventBridge.send(new ListTargetsByRuleCommand({ Rule: name })));
  return {
    enabled: rule.State !== "DISABLED",
    scheduleExpression: rule.ScheduleExpression ?? "",
    targets: (answer.Targets ?? []).map(({ Arn: arn }) => arn ?? ""),
  };
}
