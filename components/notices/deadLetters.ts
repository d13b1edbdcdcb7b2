import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as sqs from "@pulumi/aws/sqs";
import * as pulumi from "@pulumi/pulumi";
import { CheckedInputs } from "../inputs/checkInputs";
import { queuePolicy } from "../permissions/notices";

/** As long as SQS keeps anything. */
const FOURTEEN_DAYS = 14 * 24 * 60 * 60;

/** The queue for starts of the runbooks that were refused or could not be delivered. */
export function createDeadLetterQueue(
  name: string,
  { names, tags }: CheckedInputs,
  opts: pulumi.CustomResourceOptions,
): sqs.Queue {
  return new sqs.Queue(
    `${name}-dead-letters`,
    {
      name: names.deadLetterQueue,
      messageRetentionSeconds: FOURTEEN_DAYS,
      sqsManagedSseEnabled: true,
      tags,
    },
    opts,
  );
}

/** Lets the rule, and nothing else, put starts into the queue. */
export function letRuleSend(
  name: string,
  { queue, rule }: { queue: sqs.Queue; rule: cloudwatch.EventRule },
  opts: pulumi.CustomResourceOptions,
): sqs.QueuePolicy {
  const policy = pulumi
    .all([queue.arn, rule.arn])
    .apply(([queueArn, ruleArn]) => queuePolicy(queueArn, ruleArn));
  return new sqs.QueuePolicy(
    `${name}-dead-letters-policy`,
    { queueUrl: queue.url, policy: pulumi.jsonStringify(policy) },
    opts,
  );
}
