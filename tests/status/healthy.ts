import type { Names } from "../../status/names";
import type { Answers } from "./stub";

export const NOW = new Date("2026-11-26T06:30:00Z");
const STARTED = new Date("2026-11-26T05:30:00Z");
export const GOLDEN = "i-0123456789abcdef0";
export const IMAGE = "ami-1";
export const RUN = "11111111-1111-4111-8111-111111111111";

export const NAMES: Names = {
  region: "ap-northeast-1",
  instanceId: GOLDEN,
  autoScalingGroupName: "web",
  prefix: "web",
  documentName: "create",
  rollOutDocumentName: "roll-out",
  retireDocumentName: "retire",
  ruleName: "rule",
  deadLetterQueueUrl: "https://sqs.ap-northeast-1.amazonaws.com/123456789012/queue",
  topicArn: "arn:aws:sns:ap-northeast-1:123456789012:topic",
  alarmNames: ["alarm"],
};

export const OWN_IMAGE = {
  ImageId: IMAGE,
  Name: `${GOLDEN}_2026-11-26`,
  State: "available",
  Architecture: "x86_64",
  SourceInstanceId: GOLDEN,
  CreationDate: "2026-11-26T05:31:00.000Z",
  Tags: [{ Key: "ami-refresh:auto-scaling-group", Value: "web" }],
};

/** Of a stack whose runbooks start at a local time. */
export const LOCAL_NAMES: Names = { ...NAMES, ruleName: undefined, scheduleGroupName: "nightly" };

/** One execution, as Systems Manager lists it. */
export function execution(documentName: string, more: object = {}) {
  return {
    AutomationExecutionId: RUN,
    DocumentName: documentName,
    AutomationExecutionStatus: "Success",
    ExecutionStartTime: STARTED,
    Outputs: { "report.ImageId": [IMAGE], "report.EarlierRun": ["none"], "report.Kept": ["none"] },
    ...more,
  };
}

/** What AWS answers where all is well; with `changed` in the place of some of it. */
export function healthy(changed: Answers = {}): Answers {
  return {
    "ssm:DescribeDocument": { Document: { CreatedDate: new Date("2026-01-01T00:00:00Z") } },
    "ssm:DescribeAutomationExecutions": ({ Filters: filters }: { Filters: { Values: string[] }[] }) => ({
      AutomationExecutionMetadataList: [execution(filters[0].Values[0])],
    }),
    "autoscaling:DescribeAutoScalingGroups": {
      AutoScalingGroups: [{ AutoScalingGroupName: "web", LaunchConfigurationName: "web_2026-11-26" }],
    },
    "autoscaling:DescribeLaunchConfigurations": {
      LaunchConfigurations: [{ LaunchConfigurationName: "web_2026-11-26", ImageId: IMAGE }],
    },
    "ec2:DescribeImages": { Images: [OWN_IMAGE] },
    "ec2:DescribeInstances": { Reservations: [{ Instances: [{ ImageId: IMAGE }] }] },
    "events:DescribeRule": { State: "ENABLED", ScheduleExpression: "cron(30 5 * * ? *)" },
    "events:ListTargetsByRule": { Targets: [start("create"), start("retire")] },
    "scheduler:GetSchedule": ({ Name: name }: { Name: string }) => ({
      State: "ENABLED",
      ScheduleExpression: "cron(30 14 * * ? *)",
      ScheduleExpressionTimezone: "Asia/Tokyo",
      Target: { Input: JSON.stringify({ DocumentName: name === "retire" ? "retire" : "create" }) },
    }),
    "sqs:GetQueueAttributes": { Attributes: { ApproximateNumberOfMessages: "0" } },
    "sns:ListSubscriptionsByTopic": { Subscriptions: [{ SubscriptionArn: `${NAMES.topicArn}:1` }] },
    "cloudwatch:DescribeAlarms": { MetricAlarms: [{ AlarmName: "alarm", StateValue: "OK" }] },
    ...changed,
  };
}

function start(documentName: string) {
  return { Arn: `arn:aws:ssm:ap-northeast-1:123456789012:automation-definition/${documentName}:$DEFAULT` };
}
