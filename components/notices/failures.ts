import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import { executionUrl } from "../console";
import { CheckedInputs } from "../inputs/checkInputs";
import { Place } from "../place";

/** What a notice of a failed run is about. */
export interface WatchedRuns {
  readonly place: pulumi.Output<Place>;
  readonly inputs: CheckedInputs;
  /** The documents that the schedule and people start; a runbook that another one starts fails with that one. */
  readonly documentNames: pulumi.Output<string[]>;
  /** The name of create-image's role, with which it starts the roll-out. */
  readonly createImageRoleName: pulumi.Output<string>;
}

/** Has EventBridge tell the topic of each run that ends otherwise than Success. */
export function tellOfFailures(
  name: string,
  runs: WatchedRuns,
  topicArn: pulumi.Output<string>,
  opts: pulumi.CustomResourceOptions,
): cloudwatch.EventRule {
  const { place, inputs, documentNames, createImageRoleName } = runs;
  const pattern = pulumi
    .all([place, documentNames, createImageRoleName])
    .apply(([place, documents, roleName]) => failurePattern(place, documents, roleName));
  const rule = new cloudwatch.EventRule(
    `${name}-failures`,
    {
      name: inputs.names.failureRule,
      description: "Tells of ami-refresh runs that ended otherwise than Success",
      eventPattern: pulumi.jsonStringify(pattern),
      tags: inputs.tags,
    },
    opts,
  );
  new cloudwatch.EventTarget(
    `${name}-failures-target`,
    {
      rule: rule.name,
      targetId: "topic",
      // A topic lets EventBridge publish by its own policy: a role here would be refused.
      arn: topicArn,
      inputTransformer: {
        inputPaths: {
          document: "$.detail.Definition",
          execution: "$.detail.ExecutionId",
          status: "$.detail.Status",
          time: "$.time",
        },
        inputTemplate: pulumi
          .all([place, inputs.autoScalingGroupName])
          .apply(([place, groupName]) => JSON.stringify(failureText(place, groupName))),
      },
    },
    opts,
  );
  return rule;
}

/**
 * The event that Automation sends when a run ends. It does not carry why. A roll-out that create-image started is left out:
 * create-image fails with its sentence, and that is one message. Whoever AWS names otherwise gets two, and never none.
 */
export function failurePattern(
  { partition, accountId }: Place,
  documentNames: string[],
  createImageRoleName: string,
): Record<string, unknown> {
  const byCreateImage = `arn:${partition}:sts::${accountId}:assumed-role/${createImageRoleName}/`;
  return {
    source: ["aws.ssm"],
    "detail-type": ["EC2 Automation Execution Status-change Notification"],
    detail: {
      Definition: documentNames,
      Status: ["Failed", "TimedOut", "Cancelled"],
      ExecutedBy: [{ exists: false }, { "anything-but": { prefix: byCreateImage } }],
    },
  };
}

/** What a person reads; EventBridge puts the event's own values in for the names in angle brackets. */
export function failureText(place: Place, groupName: string): string {
  const url = executionUrl(place, "<execution>");
  const look =
    url === undefined
      ? `aws ssm get-automation-execution --region ${place.region} --automation-execution-id <execution>`
      : url;
  return (
    `ami-refresh, Auto Scaling group ${groupName}: run <execution> of runbook <document> ended <status> at <time>. ` +
    `Look first at its failed step, which says in one sentence what went wrong, what became of the group, and what to do: ${look}`
  );
}
