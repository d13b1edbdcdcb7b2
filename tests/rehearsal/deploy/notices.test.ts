import { expect } from "chai";
import type { Account } from "../../../rehearsal/account/account";
import { statusEvent } from "../../../rehearsal/account/events/statusEvent";
import type { Registered } from "../../../rehearsal/deploy/program";
import { provision } from "../../../rehearsal/deploy/provision";
import { Provider } from "../../../rehearsal/deploy/provider";
import { NotModelled, RehearsalError } from "../../../rehearsal/errors";
import { messageOf } from "../../mocks";
import { furnished, place } from "../account/support";

const { region, accountId } = place;
const arnOf = (service: string, resource: string) => `arn:aws:${service}:${region}:${accountId}:${resource}`;
const QUEUE = arnOf("sqs", "letters");
const TOPIC = arnOf("sns", "people");

const content = `
schemaVersion: "0.3"
mainSteps:
  - { name: look, action: aws:executeAwsApi, inputs: { Service: ec2, Api: DescribeImages, Owners: [self] } }
`;
const lets = (service: string, Action: string, Resource: string, Condition?: object) =>
  JSON.stringify({
    Statement: { Effect: "Allow", Principal: { Service: service }, Action, Resource, Condition },
  });

/** Everything that tells people, as the AWS provider takes it. */
const usual: Record<string, [type: string, inputs: Registered["inputs"]]> = {
  document: [
    "aws:ssm/document:Document",
    { name: "doc", content, documentType: "Automation", documentFormat: "YAML" },
  ],
  rule: [
    "aws:cloudwatch/eventRule:EventRule",
    { name: "nightly", scheduleExpression: "cron(0 5 * * ? *)", state: "ENABLED" },
  ],
  target: [
    "aws:cloudwatch/eventTarget:EventTarget",
    {
      rule: "nightly",
      targetId: "doc",
      arn: arnOf("ssm", "automation-definition/doc:$DEFAULT"),
      roleArn: "arn:aws:iam::111122223333:role/none",
      input: "{}",
      deadLetterConfig: { arn: QUEUE },
      retryPolicy: { maximumRetryAttempts: 20, maximumEventAgeInSeconds: 3600 },
    },
  ],
  queue: ["aws:sqs/queue:Queue", { name: "letters", sqsManagedSseEnabled: true }],
  topic: ["aws:sns/topic:Topic", { name: "people" }],
  topicPolicy: [
    "aws:sns/topicPolicy:TopicPolicy",
    { arn: TOPIC, policy: lets("events.amazonaws.com", "sns:Publish", TOPIC) },
  ],
  email: [
    "aws:sns/topicSubscription:TopicSubscription",
    { topic: TOPIC, protocol: "email", endpoint: "a@example.com" },
  ],
  failures: [
    "aws:cloudwatch/eventRule:EventRule",
    {
      name: "failures",
      eventPattern: JSON.stringify({
        source: ["aws.ssm"],
        detail: { Status: ["Failed"], Definition: ["doc"] },
      }),
    },
  ],
  failuresTarget: [
    "aws:cloudwatch/eventTarget:EventTarget",
    {
      rule: "failures",
      targetId: "topic",
      arn: TOPIC,
      inputTransformer: {
        inputPaths: { id: "$.detail.ExecutionId", by: "$.detail.ExecutedBy" },
        inputTemplate: '"Run <id> of <by> \\"failed\\"."',
      },
    },
  ],
  alarm: [
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    {
      name: "letters",
      alarmDescription: "Starts were lost.",
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: "letters" },
      statistic: "Maximum",
      period: 300,
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      alarmActions: [TOPIC],
    },
  ],
  dashboard: [
    "aws:cloudwatch/dashboard:Dashboard",
    { dashboardName: "web", dashboardBody: JSON.stringify({ widgets: [] }) },
  ],
};

type Changes = Record<string, object>;

function provisioned(changes: Changes = {}): Account {
  const { account } = furnished();
  const provider = new Provider(account);
  const registered = Object.entries(usual).map(([name, [type, inputs]]) => {
    const given = { ...inputs, ...changes[name] };
    return { type, name, inputs: given, custom: true, state: provider.create(type, name, given).state };
  });
  provision(account, registered);
  return account;
}

const ended = (account: Account, status: string) =>
  statusEvent(
    place,
    account.ids,
    {
      AutomationExecutionId: "e-1",
      DocumentName: "doc",
      DocumentVersion: "1",
      AutomationExecutionStatus: status,
      ExecutionStartTime: new Date("2026-11-24T17:30:00Z"),
      ExecutedBy: "arn:aws:sts::111122223333:assumed-role/events/events",
      Parameters: {},
    },
    new Date("2026-11-25T00:05:09.300Z"),
  );

describe("what tells people, as a program registers it", () => {
  it("stands in the account, with AWS's defaults", () => {
    const account = provisioned();
    expect(account.sqs.queues.get(QUEUE)?.retentionSeconds).to.equal(345600);
    expect(account.cloudwatch.alarms[0]).to.deep.include({
      missing: "missing",
      actionsEnabled: true,
      alarmActions: [TOPIC],
      okActions: [],
      state: "INSUFFICIENT_DATA",
    });
  });

  for (const [what, changes, words] of [
    [
      "another property of a queue",
      { queue: { fifoQueue: true } },
      "property fifoQueue of aws:sqs/queue:Queue",
    ],
    [
      "a retention that is a text",
      { queue: { messageRetentionSeconds: "60" } },
      "messageRetentionSeconds 60",
    ],
    ["another property of a topic", { topic: { fifoTopic: true } }, "property fifoTopic"],
    ["another protocol", { email: { protocol: "sms" } }, "protocol sms"],
    ["another property of an alarm", { alarm: { metricQueries: [] } }, "property metricQueries"],
    ["a percentile", { alarm: { statistic: "p90" } }, "statistic p90"],
    ["a threshold that is a text", { alarm: { threshold: "0" } }, "threshold 0"],
    ["actions that are no list", { alarm: { alarmActions: TOPIC } }, "alarmActions"],
    ["dimensions that are no texts", { alarm: { dimensions: { QueueName: 5 } } }, "dimensions"],
    [
      "another property of the dead letters",
      { target: { deadLetterConfig: { url: "x" } } },
      "property url of dead",
    ],
    [
      "another property of the retries",
      { target: { retryPolicy: { times: 2 } } },
      "property times of retryPolicy",
    ],
    ["a target that is no topic", { failuresTarget: { arn: QUEUE } }, `target ${QUEUE} of a rule on events`],
    ["a role for a topic", { failuresTarget: { roleArn: "x" } }, "property roleArn"],
    [
      "another part of a transformer",
      { failuresTarget: { inputTransformer: { x: 1 } } },
      "property x of inputTr",
    ],
    [
      "a pattern that no event reaches",
      { failures: { eventPattern: '{"source":["aws.ec2"],"detail":{"Status":[{"suffix":"ed"}]}}' } },
      '{"suffix":"ed"} in the event pattern failures.detail.Status',
    ],
  ] as [string, Changes, string][]) {
    it(`is not modelled with ${what}`, () => {
      expect(() => provisioned(changes)).to.throw(NotModelled, words);
    });
  }

  for (const [what, changes, words] of [
    [
      "a policy of another topic",
      { topicPolicy: { arn: "arn:x" } },
      /^topicPolicy is about topic arn:x, which/,
    ],
    ["a subscription to another topic", { email: { topic: "arn:x" } }, /^email is about topic arn:x, which/],
    [
      "a template that is no JSON",
      { failuresTarget: { inputTransformer: { inputTemplate: "It failed." } } },
      /transformer of failures has a template that is not JSON/,
    ],
    ["a dashboard that is not JSON", { dashboard: { dashboardBody: "{" } }, /dashboardBody that is not JSON/],
  ] as [string, Changes, RegExp][]) {
    it(`is refused with ${what}`, () => {
      expect(() => provisioned(changes)).to.throw(RehearsalError);
      expect(messageOf(() => provisioned(changes))).to.match(words);
    });
  }
});

describe("the end of a run", () => {
  it("is an event as Systems Manager words it", () => {
    const { id, ...event } = ended(provisioned(), "Failed");
    expect(id).to.match(/^[0-9a-f-]{36}$/);
    expect(event).to.deep.equal({
      version: "0",
      "detail-type": "EC2 Automation Execution Status-change Notification",
      source: "aws.ssm",
      account: accountId,
      time: "2026-11-25T00:05:09Z",
      region,
      resources: [arnOf("ssm", "automation-execution/e-1"), arnOf("ssm", "automation-definition/doc:1")],
      detail: {
        ExecutionId: "e-1",
        Definition: "doc",
        DefinitionVersion: 1,
        Status: "Failed",
        EndTime: "Nov 25, 2026 12:05:09 AM",
        StartTime: "Nov 24, 2026 5:30:00 PM",
        Time: 1795565109,
        ExecutedBy: "arn:aws:sts::111122223333:assumed-role/events/events",
      },
    });
  });

  it("is told to the topics of each rule that it fits, in the rule's words", () => {
    const account = provisioned();
    account.eventBus.emit(ended(account, "Success"));
    expect(account.sns.messages).to.deep.equal([]);
    account.eventBus.emit(ended(account, "Failed"));
    expect(account.sns.messages.map(({ text }) => text)).to.deep.equal([
      'Run e-1 of arn:aws:sts::111122223333:assumed-role/events/events "failed".',
    ]);
  });

  it("is told whole without a transformer", () => {
    const account = provisioned({ failuresTarget: { inputTransformer: undefined } as object });
    account.eventBus.emit(ended(account, "Failed"));
    expect(JSON.parse(account.sns.messages[0].text)).to.deep.include({ source: "aws.ssm" });
  });
});
