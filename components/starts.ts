import * as pulumi from "@pulumi/pulumi";
import { CheckedInputs } from "./inputs/checkInputs";
import { StartMetrics } from "./notices/startMetrics";
import { Statement } from "./permissions/policy";
import { Place } from "./place";
import { Runbook } from "./runbook";

// What starts runbooks at their times: a rule of EventBridge in UTC, or schedules of EventBridge Scheduler in a time zone.

/** EventBridge gives up after this: a run that starts hours late would be a surprise. */
export const RETRY_POLICY = { maximumRetryAttempts: 20, maximumEventAgeInSeconds: 3600 };

/** What every kind of schedule is made from. */
export interface StartsArgs {
  /** What the names of its children begin with. */
  readonly prefix: string;
  readonly inputs: CheckedInputs;
  readonly place: pulumi.Output<Place>;
  readonly description: string;
  readonly expression: pulumi.Input<string>;
  readonly enabled: pulumi.Input<boolean>;
  /** The runbooks that it starts, by what their targets are called. */
  readonly targets: Readonly<Record<string, Started>>;
  /** Known when every input has passed its check. */
  readonly passed: pulumi.Output<unknown>;
  /** What must be there before anything fires. A roll-out names the schedule, so that the schedule cannot wait for these. */
  readonly after: pulumi.Resource[];
}

/** A runbook, and the parameters that it is started with; everything else is a default in the document. */
export interface Started {
  readonly runbook: Runbook;
  readonly parameters: Readonly<Record<string, pulumi.Input<string>>>;
}

/** The schedule of the refresh, as the rest of the component sees it. */
export interface Starts {
  /** Nothing where Scheduler starts the runbooks. */
  readonly ruleName: pulumi.Output<string> | undefined;
  /** Nothing where a rule starts them. */
  readonly scheduleGroupName: pulumi.Output<string> | undefined;
  /** The role with which EventBridge starts them. */
  readonly roleArn: pulumi.Output<string>;
  /** What a roll-out switches off, so that no new image is made: a rule's name, or a schedule's as group/name. */
  readonly paused: pulumi.Output<string>;
  /** What its role needs for that. */
  readonly pauseStatements: pulumi.Output<Statement[]>;
  /** Where CloudWatch counts the starts. */
  readonly metrics: pulumi.Output<StartMetrics>;
}

/** The parameters of a start. Automation takes every one as a list of strings. */
export function startParameters({ runbook, parameters }: Started): Record<string, pulumi.Input<string>[]> {
  const given = { AutomationAssumeRole: runbook.roleArn, ...parameters };
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, [value]]));
}
