import {
  CreateAutoScalingGroupCommand,
  CreateLaunchConfigurationCommand,
} from "@aws-sdk/client-auto-scaling";
import { PutMetricAlarmCommand, SetAlarmStateCommand } from "@aws-sdk/client-cloudwatch";
import { CreateImageCommand, RunInstancesCommand } from "@aws-sdk/client-ec2";
import { PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateTopicCommand, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand } from "@aws-sdk/client-sqs";
import { CreateDocumentCommand } from "@aws-sdk/client-ssm";
import type { Clients } from "../../status/clients";
import type { Names } from "../../status/names";
import type { FakeRun } from "./edge";

export const REGION = "ap-northeast-1";
export const DAY = 86_400_000;
const BASE_IMAGE = "ami-12c6146b";

/** What a stack and its first night have made. */
export interface Deployed {
  readonly names: Names;
  readonly imageId: string;
  readonly imageName: string;
  /** A name with the date of the night. */
  readonly dated: (stem: string) => string;
}

/** Deploys a stack with a group that has a launch configuration; one run was an hour ago, and succeeded. */
export async function deploy(clients: Clients, runs: FakeRun[], now: Date): Promise<Deployed> {
  const instanceId = await launchGolden(clients);
  const dated = (stem: string) => `${stem}_${new Date(now.getTime() - DAY / 24).toISOString().slice(0, 10)}`;
  const imageId = await makeImage(clients, instanceId, dated(instanceId));
  await makeConfiguration(clients, dated("web-lc"), imageId);
  const group = { AutoScalingGroupName: "web", MinSize: 0, MaxSize: 2, DesiredCapacity: 2 };
  await clients.autoScaling.send(
    new CreateAutoScalingGroupCommand({
      ...group,
      AvailabilityZones: [`${REGION}a`],
      LaunchConfigurationName: dated("web-lc"),
    }),
  );
  for (const name of ["web-create", "web-roll-out", "web-retire"]) await makeDocument(clients, name);
  await makeRule(clients);
  const names = { ...(await makeNotices(clients)), ...NAMED, instanceId };
  runs.push(
    ...successes(imageId, dated(instanceId), new Date(now.getTime() - DAY / 24)),
    // The filter of names takes what a name begins with.
    run(9, "web-create-other", "Failed", now),
  );
  return { names, imageId, imageName: dated(instanceId), dated };
}

const NAMED = {
  region: REGION,
  autoScalingGroupName: "web",
  prefix: "web-lc",
  documentName: "web-create",
  rollOutDocumentName: "web-roll-out",
  retireDocumentName: "web-retire",
  ruleName: "web-rule",
};

/** A run of each runbook that succeeded. */
function successes(imageId: string, imageName: string, startedAt: Date): FakeRun[] {
  const made = {
    ImageId: [imageId],
    ImageName: [imageName],
    EarlierRun: ["none"],
    Summary: ["All was done."],
  };
  const kept = { Kept: ["image ami-0: used by instance i-1"], EarlierRun: ["none"], Summary: ["Retired."] };
  return [
    run(1, "web-create", "Success", startedAt, made),
    run(2, "web-roll-out", "Success", startedAt),
    run(3, "web-retire", "Success", startedAt, kept),
  ];
}

export function run(
  number: number,
  documentName: string,
  status: string,
  startedAt: Date,
  outputs: Record<string, string[]> = {},
): FakeRun {
  const reported = Object.entries(outputs).map(([name, values]) => [`report.${name}`, values]);
  const id = `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
  return { id, documentName, status, startedAt, outputs: Object.fromEntries(reported) };
}

async function launchGolden({ ec2 }: Clients): Promise<string> {
  const one = { MinCount: 1, MaxCount: 1, InstanceType: "t3.micro" as const };
  const { Instances: made } = await ec2.send(new RunInstancesCommand({ ImageId: BASE_IMAGE, ...one }));
  return made?.[0].InstanceId ?? "";
}

export async function makeImage({ ec2 }: Clients, instanceId: string, name: string): Promise<string> {
  const tags = [{ Key: "ami-refresh:auto-scaling-group", Value: "web" }];
  const { ImageId: id } = await ec2.send(
    new CreateImageCommand({
      InstanceId: instanceId,
      Name: name,
      TagSpecifications: [{ ResourceType: "image", Tags: tags }],
    }),
  );
  return id ?? "";
}

export async function makeConfiguration(
  { autoScaling }: Clients,
  name: string,
  imageId: string,
): Promise<void> {
  const input = { LaunchConfigurationName: name, ImageId: imageId, InstanceType: "t3.micro" };
  await autoScaling.send(new CreateLaunchConfigurationCommand(input));
}

async function makeDocument({ ssm }: Clients, name: string): Promise<void> {
  const step = { name: "wait", action: "aws:sleep", inputs: { Duration: "PT1S" } };
  const content = JSON.stringify({ schemaVersion: "0.3", mainSteps: [step] });
  await ssm.send(new CreateDocumentCommand({ Name: name, DocumentType: "Automation", Content: content }));
}

export async function makeRule(
  { eventBridge }: Clients,
  runbooks = ["web-create", "web-retire"],
): Promise<void> {
  await eventBridge.send(new PutRuleCommand({ Name: "web-rule", ScheduleExpression: "cron(30 5 * * ? *)" }));
  await eventBridge.send(
    new PutTargetsCommand({
      Rule: "web-rule",
      Targets: runbooks.map((name) => ({
        Id: name,
        Arn: `arn:aws:ssm:${REGION}:123456789012:automation-definition/${name}:$DEFAULT`,
      })),
    }),
  );
}

async function makeNotices(
  clients: Clients,
): Promise<Pick<Names, "deadLetterQueueUrl" | "topicArn" | "alarmNames">> {
  const { QueueUrl: url } = await clients.sqs.send(new CreateQueueCommand({ QueueName: "web-dead-letters" }));
  const { TopicArn: arn } = await clients.sns.send(new CreateTopicCommand({ Name: "web-topic" }));
  const subscription = { TopicArn: arn, Protocol: "email", Endpoint: "ops@example.com" };
  await clients.sns.send(new SubscribeCommand(subscription));
  for (const name of ALARMS) {
    await clients.cloudWatch.send(
      new PutMetricAlarmCommand({
        AlarmName: name,
        AlarmDescription: "Look at the queue.",
        Namespace: "AWS/SQS",
        MetricName: "ApproximateNumberOfMessagesVisible",
        Statistic: "Maximum",
        Period: 300,
        EvaluationPeriods: 1,
        Threshold: 0,
        ComparisonOperator: "GreaterThanThreshold",
      }),
    );
  }
  await setAlarm(clients, "OK");
  // Which is nothing bad.
  await setAlarm(clients, "INSUFFICIENT_DATA", ALARMS[1]);
  return { deadLetterQueueUrl: url ?? "", topicArn: arn ?? "", alarmNames: ALARMS };
}

const ALARMS = ["web-dead-letters-alarm", "web-lost-dead-letters-alarm"];

export async function setAlarm(
  { cloudWatch }: Clients,
  state: "OK" | "ALARM" | "INSUFFICIENT_DATA",
  name = ALARMS[0],
): Promise<void> {
  const input = { AlarmName: name, StateValue: state, StateReason: "The test says so." };
  await cloudWatch.send(new SetAlarmStateCommand(input));
}
