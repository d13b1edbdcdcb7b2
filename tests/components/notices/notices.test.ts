import { expect } from "chai";
import { AmiRefresh, type AmiRefreshArgs } from "../../../components";
import { failurePattern } from "../../../components/notices/failures";
import { BEIJING, type MockOptions, PLACES, TOKYO, underMocks, valueOf } from "../../mocks";

const ARGS: AmiRefreshArgs = {
  instanceId: "i-0123456789abcdef0",
  autoScalingGroupName: "web-group",
  prefix: "web",
  cron: "30 5 * * ? *",
};
const EMAILS = { notifications: { emails: ["team@example.com", "on-call@example.com"] } };
const TOPIC = "arn:aws:sns:ap-northeast-1:123456789012:operations";
const HERE = "ap-northeast-1:123456789012";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

async function made(args: Partial<AmiRefreshArgs>, options: MockOptions = {}) {
  const { resources, value, remarks, rejections } = await underMocks(
    () => new AmiRefresh("web", { ...ARGS, ...args }),
    options,
  );
  expect(rejections).to.deep.equal([]);
  const one = (name: string, type = "") => {
    const found = resources.filter((resource) => resource.name === name && resource.type.includes(type));
    expect(
      found.map(({ type }) => type),
      name,
    ).to.have.length(1);
    return found[0];
  };
  const names = (type: string) =>
    resources
      .filter((resource) => resource.type === type)
      .map(({ name }) => name)
      .sort();
  return { value, remarks, names, inputs: (name: string, type = "") => one(name, type).inputs, one };
}

describe("without notifications", () => {
  it("starts that are refused are kept and counted, and nobody is told", async () => {
    const { names, inputs } = await made({});
    expect(names("aws:sns/topic:Topic")).to.deep.equal([]);
    expect(names("ami-refresh:index:Runbook")).to.not.include("web-watch");
    expect(names(ALARM)).to.deep.equal(["web-dead-letters-alarm", "web-lost-dead-letters-alarm"]);
    expect(inputs("web-dead-letters-alarm")).to.not.have.any.keys("alarmActions", "okActions");
  });

  it("one line in the preview says so, and none elsewhere", async () => {
    const line = "Without notifications nobody is told of runs that fail or do not start";
    expect((await made({}, { preview: true })).remarks.filter((one) => one.startsWith(line))).to.have.length(
      1,
    );
    expect((await made({})).remarks).to.deep.equal([]);
    expect((await made(EMAILS, { preview: true })).remarks).to.deep.equal([]);
  });
});

describe("with e-mail addresses", () => {
  it("there is a topic, with a subscription for each, named by the address", async () => {
    const { inputs, names } = await made({ ...EMAILS, tags: { Team: "web" } });
    expect(inputs("web-topic", "Topic")).to.deep.equal({ tags: { Team: "web" } });
    const subscriptions = ["web-email-on-call@example.com", "web-email-team@example.com"];
    expect(names("aws:sns/topicSubscription:TopicSubscription")).to.deep.equal(subscriptions);
    expect(inputs("web-email-team@example.com")).to.deep.equal({
      topic: (await made(EMAILS)).one("web-topic").state.arn,
      protocol: "email",
      endpoint: "team@example.com",
    });
  });

  it("the key encrypts the topic", async () => {
    const kmsKeyArn = `arn:aws:kms:${HERE}:key/00000000-0000-0000-0000-000000000001`;
    const { inputs } = await made({ notifications: { emails: ["a@b.example"], kmsKeyArn } });
    expect(inputs("web-topic")).to.deep.equal({ kmsMasterKeyId: kmsKeyArn });
  });

  it("EventBridge may publish without a condition, and CloudWatch for these alarms alone", async () => {
    const { inputs, one, names } = await made({ ...EMAILS, maxImageAgeDays: 7 });
    const topicArn = one("web-topic").state.arn;
    const policy = JSON.parse(String(inputs("web-topic-policy").policy)) as unknown;
    expect(inputs("web-topic-policy").arn).to.equal(topicArn);
    expect(policy).to.deep.equal({
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
          Condition: {
            ArnEquals: {
              "aws:SourceArn": [
                "dead-letters",
                "lost-dead-letters",
                "missing-success",
                "silent-watch",
                "image-age",
              ].map((alarm) => one(`web-${alarm}-alarm`).state.arn),
            },
          },
        },
      ],
    });
    expect(names(ALARM)).to.have.length(5);
  });
});

describe("with a topic of one's own", () => {
  it("nothing of a topic is made, and all that speaks speaks there", async () => {
    const { names, inputs, value } = await made({ notifications: { topicArn: TOPIC }, maxImageAgeDays: 30 });
    for (const type of ["topic:Topic", "topicPolicy:TopicPolicy", "topicSubscription:TopicSubscription"]) {
      expect(names(`aws:sns/${type}`)).to.deep.equal([]);
    }
    for (const alarm of names(ALARM)) {
      expect(inputs(alarm).alarmActions, alarm).to.deep.equal([TOPIC]);
      expect(inputs(alarm).okActions, alarm).to.deep.equal([TOPIC]);
    }
    expect(inputs("web-failures-target").arn).to.equal(TOPIC);
    expect(await valueOf(value.topicArn)).to.equal(TOPIC);
  });
});

describe("the notice of a run that failed", () => {
  it("is of these documents, of these ends, and of a roll-out that create-image started only once", async () => {
    const { inputs, one } = await made({
      ...EMAILS,
      names: { automationRole: "CreateImage" },
      rolePath: "/x/",
    });
    const documents = ["create-image", "roll-out", "retire", "watch"].map(
      (job) => one(`web-${job}`, "aws:ssm/document:Document").state.name,
    );
    expect(JSON.parse(String(inputs("web-failures", "EventRule").eventPattern))).to.deep.equal({
      source: ["aws.ssm"],
      "detail-type": ["EC2 Automation Execution Status-change Notification"],
      detail: {
        Definition: documents,
        Status: ["Failed", "TimedOut", "Cancelled"],
        ExecutedBy: [
          { exists: false },
          // A session's ARN has no path.
          { "anything-but": { prefix: "arn:aws:sts::123456789012:assumed-role/CreateImage/" } },
        ],
      },
    });
    expect(failurePattern(BEIJING, [], "x").detail).to.deep.include({
      ExecutedBy: [
        { exists: false },
        { "anything-but": { prefix: "arn:aws-cn:sts::210987654321:assumed-role/x/" } },
      ],
    });
  });

  for (const place of PLACES) {
    it(`says what a person needs, and its target has no role, in ${place.partition}`, async () => {
      const { inputs } = await made(EMAILS, { place });
      const target = inputs("web-failures-target");
      expect(target).to.have.all.keys("rule", "targetId", "arn", "inputTransformer");
      const { inputPaths, inputTemplate } = target.inputTransformer as Record<string, never>;
      expect(inputPaths).to.deep.equal({
        document: "$.detail.Definition",
        execution: "$.detail.ExecutionId",
        status: "$.detail.Status",
        time: "$.time",
      });
      const text = JSON.parse(inputTemplate) as string;
      const hasConsole = !place.partition.startsWith("aws-iso");
      expect(text).to.match(
        /^ami-refresh, Auto Scaling group web-group: run <execution> of runbook <document> ended <status> at <time>\. Look first at its failed step/,
      );
      expect(text).to.match(
        hasConsole
          ? new RegExp(
              `: https://${place.region}\\.\\S+/systems-manager/automation/execution/<execution>\\?region=${place.region}$`,
            )
          : /: aws ssm get-automation-execution --region \S+ --automation-execution-id <execution>$/,
      );
    });
  }
});

describe("the alarm on the last success", () => {
  for (const [cron, hours] of [
    ["30 5 * * ? *", 24],
    ["0 5,17 * * ? *", 12],
    ["0 5 ? * MON-FRI *", 72],
    ["0 5 ? * SUN *", 168],
    ["0 5 1 * ? *", 744],
    ["0 5 1 1 ? *", 8784],
  ] as const) {
    it(`speaks after the longest gap and the longest run: ${cron}`, async () => {
      const { inputs } = await made({ ...EMAILS, cron });
      const { alarmDescription, alarmActions, okActions, ...settings } = inputs("web-missing-success-alarm");
      expect(settings).to.deep.equal({
        namespace: "AmiRefresh",
        metricName: "HoursSinceSuccess",
        dimensions: { AutoScalingGroupName: "web-group" },
        period: 86400,
        evaluationPeriods: 1,
        statistic: "Maximum",
        comparisonOperator: "GreaterThanThreshold",
        threshold: hours + 14,
        treatMissingData: "ignore",
        actionsEnabled: true,
      });
      expect(alarmDescription).to.match(
        /^Auto Scaling group web-group: no image was made and rolled out for/,
      );
      expect(alarmActions).to.deep.equal(okActions);
    });
  }

  it("says nothing while the schedule is off, and changes its state when it is on again", async () => {
    const { inputs } = await made({ ...EMAILS, enabled: false });
    expect(inputs("web-missing-success-alarm")).to.include({ actionsEnabled: false, threshold: 1e9 });
    expect(inputs("web-watch-schedule", "EventRule").state).to.equal("ENABLED");
  });
});

describe("the watch", () => {
  it("is heard of when it is silent for two days, and says how it begins", async () => {
    const { inputs } = await made(EMAILS);
    const { alarmDescription, alarmActions, okActions, ...settings } = inputs("web-silent-watch-alarm");
    expect(settings).to.deep.equal({
      namespace: "AmiRefresh",
      metricName: "HoursSinceSuccess",
      dimensions: { AutoScalingGroupName: "web-group" },
      period: 86400,
      evaluationPeriods: 2,
      statistic: "SampleCount",
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      treatMissingData: "breaching",
    });
    expect(alarmDescription).to.match(/this alarm is in ALARM until the first run of watch, within a day/);
    expect(alarmActions).to.deep.equal(okActions);
  });

  it("is started once a day, with a role of its own, whatever the schedule", async () => {
    const { inputs, one } = await made(EMAILS);
    expect(inputs("web-watch-schedule", "EventRule")).to.deep.equal({
      description: "Starts the ami-refresh runbook that measures",
      scheduleExpression: "rate(1 day)",
      state: "ENABLED",
    });
    const { input, ...target } = inputs("web-watch-measure-target");
    const document = String(one("web-watch", "Document").state.name);
    expect(target).to.deep.equal({
      rule: one("web-watch-schedule", "EventRule").state.name,
      targetId: "measure",
      arn: `arn:aws:ssm:${HERE}:automation-definition/${document}:$DEFAULT`,
      roleArn: one("web-watch-events-role").state.arn,
      retryPolicy: { maximumRetryAttempts: 20, maximumEventAgeInSeconds: 3600 },
    });
    expect(JSON.parse(String(input))).to.deep.equal({
      AutomationAssumeRole: [one("web-watch-role").state.arn],
      AutoScalingGroupName: ["web-group"],
    });
  });

  for (const [what, args] of Object.entries({
    "a limit for the age of the image": { maxImageAgeDays: 7 },
    "a dashboard": { dashboard: true },
    notifications: EMAILS,
  })) {
    it(`is there for ${what}`, async () => {
      expect((await made(args)).names("ami-refresh:index:Runbook")).to.include("web-watch");
    });
  }

  it("measures the age of the image for an alarm", async () => {
    const { inputs } = await made({ maxImageAgeDays: 7 });
    const { alarmDescription, ...settings } = inputs("web-image-age-alarm");
    expect(settings).to.deep.equal({
      namespace: "AmiRefresh",
      metricName: "ImageAgeDays",
      dimensions: { AutoScalingGroupName: "web-group" },
      period: 86400,
      evaluationPeriods: 1,
      statistic: "Maximum",
      comparisonOperator: "GreaterThanThreshold",
      threshold: 7,
      treatMissingData: "ignore",
    });
    expect(alarmDescription).to.match(/the image that it launches is older than 7 days/);
  });
});

it("has nothing that a night changes in what it registers", async () => {
  const { inputs } = await made({ ...EMAILS, dashboard: true, maxImageAgeDays: 7 }, { place: TOKYO });
  expect(inputs("web-dashboard").dashboardName).to.equal("web-project-stack");
});
