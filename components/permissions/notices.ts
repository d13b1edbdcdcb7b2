import { Condition } from "./policy";

// Who may put messages into the dead-letter queue and publish to the topic: AWS's services, as which no role stands.

export interface ResourcePolicy {
  readonly Version: "2012-10-17";
  readonly Statement: {
    readonly Sid: string;
    readonly Effect: "Allow";
    readonly Principal: { readonly Service: string };
    readonly Action: string;
    readonly Resource: string;
    readonly Condition?: Condition;
  }[];
}

// What a service tells of itself is its ARN, in which the account stands. Whether it tells the account by itself too is not
// documented for all of them, and a condition on a key that is not given denies everything.

/** Only EventBridge may put messages into the queue, and only for this rule. */
export function queuePolicy(queueArn: string, ruleArn: string): ResourcePolicy {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "StartsOfThisRule",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: queueArn,
        Condition: { ArnEquals: { "aws:SourceArn": ruleArn } },
      },
    ],
  };
}

/**
 * EventBridge may publish without any condition: it gives none of the keys, and with a condition every notice is dropped.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
 * CloudWatch may for these alarms.
 */
export function topicPolicy(topicArn: string, alarmArns: string[]): ResourcePolicy {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "NoticesOfEventBridge",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sns:Publish",
        Resource: topicArn,
      },
      {
        Sid: "TheseAlarms",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: "sns:Publish",
        Resource: topicArn,
        Condition: { ArnEquals: { "aws:SourceArn": alarmArns } },
      },
    ],
  };
}
