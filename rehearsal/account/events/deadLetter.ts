import type { Clock } from "../clock";
import type { CloudWatch } from "../cloudwatch";
import type { AwsError } from "../errors";
import type { Sqs } from "../sqs";
import type { Rule, Target } from "./rule";

/**
 * What EventBridge does with a start that was refused, or whose retries have come to nothing: to the target's queue where its
 * policy lets the rule, else it only counts it. Source:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export function keepDeadLetter(
  { clock, sqs, cloudwatch }: { clock: Clock; sqs: Sqs; cloudwatch: CloudWatch },
  { rule, target }: { rule: Rule; target: Target },
  error: AwsError,
): void {
  if (target.deadLetterArn === undefined) {
    return;
  }
  const sender = {
    service: "events.amazonaws.com",
    // It tells no more of itself.
    context: { "aws:SourceArn": rule.arn },
  };
  const attributes = {
    RULE_ARN: rule.arn,
    TARGET_ARN: target.arn,
    ERROR_CODE: /Denied/.test(error.code) ? "NO_PERMISSIONS" : "SDK_CLIENT_ERROR",
    ERROR_MESSAGE: error.message,
  };
  const message = { sentAt: clock.now(), body: target.input, attributes };
  if (!sqs.send(target.deadLetterArn, sender, message)) {
    const metric = {
      namespace: "AWS/Events",
      name: "InvocationsFailedToBeSentToDlq",
      dimensions: { RuleName: rule.name },
    };
    cloudwatch.put(metric, clock.now(), 1);
  }
}
