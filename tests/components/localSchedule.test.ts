import { expect } from "chai";
import { AmiRefresh, type AmiRefreshArgs } from "../../components";
import { RETRY_POLICY } from "../../components/starts";
import { TOKYO, underMocks } from "../mocks";

const ARGS: AmiRefreshArgs = {
  instanceId: "i-0123456789abcdef0",
  autoScalingGroupName: "web-group",
  prefix: "web",
  cron: "30 14 * * ? *",
  names: {
    automationRole: "CreateImageRole",
    document: "RefreshWeb",
    rollOutDocument: "RollOutWeb",
    retireRole: "RetireRole",
    retireDocument: "RetireWeb",
    schedulerRole: "SchedulerRole",
    schedulerPolicy: "SchedulerPolicy",
    scheduleGroup: "EveryNight",
    deadLetterQueue: "NotStarted",
    pausePolicy: "PausePolicy",
  },
};
const ZONE = { timeZone: "Asia/Tokyo" };
const ACCOUNT = "123456789012";
const REGION = TOKYO.region;
const GROUP_ARN = `arn:aws:scheduler:${REGION}:${ACCOUNT}:schedule-group/EveryNight`;
const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/SchedulerRole`;
const QUEUE_ARN = `arn:aws:sqs:${REGION}:${ACCOUNT}:NotStarted`;

async function register(more: Partial<AmiRefreshArgs> = {}) {
  const { resources, value } = await underMocks(() => new AmiRefresh("web", { ...ARGS, ...more }));
  const inputs = new Map(resources.map(({ type, name, inputs }) => [`${type} ${name}`, inputs]));
  return {
    value,
    keys: [...inputs.keys()].filter((key) => key.startsWith("aws:")).sort(),
    input: (type: string, name: string): Record<string, unknown> => inputs.get(`${type} ${name}`) ?? {},
  };
}

const SCHEDULE = "aws:scheduler/schedule:Schedule";
const POLICY = "aws:iam/rolePolicy:RolePolicy";
const common = {
  InstanceId: ["i-0123456789abcdef0"],
  LaunchConfigPrefix: ["web"],
  AutoScalingGroupName: ["web-group"],
};

function expected(target: string, document: string, role: string): Record<string, unknown> {
  return {
    name: target,
    groupName: "EveryNight",
    description: "Starts the ami-refresh runbooks",
    scheduleExpression: "cron(30 14 * * ? *)",
    scheduleExpressionTimezone: "Asia/Tokyo",
    flexibleTimeWindow: { mode: "OFF" },
    state: "ENABLED",
    target: {
      arn: "arn:aws:scheduler:::aws-sdk:ssm:startAutomationExecution",
      roleArn: ROLE_ARN,
      input: JSON.stringify({
        DocumentName: document,
        DocumentVersion: "$DEFAULT",
        Parameters: { AutomationAssumeRole: [`arn:aws:iam::${ACCOUNT}:role/${role}`], ...common },
      }),
      retryPolicy: RETRY_POLICY,
      deadLetterConfig: { arn: QUEUE_ARN },
    },
  };
}

describe("a schedule in a time zone", () => {
  it("is two schedules in a group of their own, and a role that they alone use", async () => {
    const { input } = await register(ZONE);
    expect(input(SCHEDULE, "web-create-image-schedule")).to.deep.equal(
      expected("create-image", "RefreshWeb", "CreateImageRole"),
    );
    expect(input(SCHEDULE, "web-retire-schedule")).to.deep.equal(
      expected("retire", "RetireWeb", "RetireRole"),
    );
    expect(input("aws:scheduler/scheduleGroup:ScheduleGroup", "web-schedule-group")).to.deep.equal({
      name: "EveryNight",
    });
    const { assumeRolePolicy } = input("aws:iam/role:Role", "web-scheduler-role");
    expect(JSON.parse(String(assumeRolePolicy))).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "scheduler.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: { "aws:SourceAccount": ACCOUNT },
            ArnEquals: { "aws:SourceArn": GROUP_ARN },
          },
        },
      ],
    });
  });

  it("lets the role start the runbooks and fill the queue, and nothing else", async () => {
    const { input } = await register(ZONE);
    const { policy } = input(POLICY, "web-scheduler-policy");
    const ssm = `arn:aws:ssm:${REGION}:${ACCOUNT}`;
    expect(JSON.parse(String(policy))).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "StartTheRunbooks",
          Effect: "Allow",
          Action: "ssm:StartAutomationExecution",
          Resource: [
            `${ssm}:automation-definition/RefreshWeb:*`,
            `${ssm}:document/RefreshWeb`,
            `${ssm}:automation-definition/RetireWeb:*`,
            `${ssm}:document/RetireWeb`,
            `${ssm}:automation-execution/*`,
          ],
        },
        {
          Sid: "PassTheirRoles",
          Effect: "Allow",
          Action: "iam:PassRole",
          Resource: [
            `arn:aws:iam::${ACCOUNT}:role/CreateImageRole`,
            `arn:aws:iam::${ACCOUNT}:role/RetireRole`,
          ],
          Condition: { StringEquals: { "iam:PassedToService": ["ssm.amazonaws.com"] } },
        },
        { Sid: "KeepWhatDidNotStart", Effect: "Allow", Action: "sqs:SendMessage", Resource: QUEUE_ARN },
      ],
    });
  });

  it("lets a roll-out switch the schedule of create-image off, and nothing else", async () => {
    const { input } = await register(ZONE);
    expect(JSON.parse(String(input(POLICY, "web-roll-out-pause-policy").policy))).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "SwitchTheScheduleOff",
          Effect: "Allow",
          Action: ["scheduler:GetSchedule", "scheduler:UpdateSchedule"],
          Resource: `arn:aws:scheduler:${REGION}:${ACCOUNT}:schedule/EveryNight/create-image`,
        },
        {
          Sid: "WithItsRole",
          Effect: "Allow",
          Action: "iam:PassRole",
          Resource: ROLE_ARN,
          Condition: { StringEquals: { "iam:PassedToService": ["scheduler.amazonaws.com"] } },
        },
      ],
    });
  });

  it("takes the place of the rule, its targets, its role and the queue's policy, and of nothing else", async () => {
    const [inUtc, inJapan] = [await register(), await register(ZONE)];
    expect(inUtc.keys.filter((key) => !inJapan.keys.includes(key))).to.deep.equal([
      "aws:cloudwatch/eventRule:EventRule web-schedule",
      "aws:cloudwatch/eventTarget:EventTarget web-create-image-target",
      "aws:cloudwatch/eventTarget:EventTarget web-retire-target",
      "aws:iam/role:Role web-events-role",
      "aws:iam/rolePolicy:RolePolicy web-events-policy",
      "aws:sqs/queuePolicy:QueuePolicy web-dead-letters-policy",
    ]);
    expect(inJapan.keys.filter((key) => !inUtc.keys.includes(key))).to.deep.equal([
      "aws:iam/role:Role web-scheduler-role",
      "aws:iam/rolePolicy:RolePolicy web-scheduler-policy",
      "aws:scheduler/schedule:Schedule web-create-image-schedule",
      "aws:scheduler/schedule:Schedule web-retire-schedule",
      "aws:scheduler/scheduleGroup:ScheduleGroup web-schedule-group",
    ]);
    const changed = inUtc.keys
      .filter((key) => inJapan.keys.includes(key))
      .filter((key) => {
        const [type, name] = key.split(" ");
        return JSON.stringify(inUtc.input(type, name)) !== JSON.stringify(inJapan.input(type, name));
      });
    // docs/time-zone.md shows this preview.
    expect(changed).to.deep.equal([
      "aws:cloudwatch/metricAlarm:MetricAlarm web-lost-dead-letters-alarm",
      "aws:iam/rolePolicy:RolePolicy web-roll-out-pause-policy",
      "aws:ssm/document:Document web-roll-out",
    ]);
  });

  it("has no schedule of retire where nothing is retired", async () => {
    const { keys } = await register({ ...ZONE, retire: false });
    expect(keys.filter((key) => key.startsWith(SCHEDULE))).to.deep.equal([
      `${SCHEDULE} web-create-image-schedule`,
    ]);
  });

  it("is off with enabled false, and has a window where one is wanted", async () => {
    const { input } = await register({ ...ZONE, enabled: false, flexibleWindowMinutes: 15 });
    for (const target of ["create-image", "retire"]) {
      expect(input(SCHEDULE, `web-${target}-schedule`)).to.deep.include({
        state: "DISABLED",
        flexibleTimeWindow: { mode: "FLEXIBLE", maximumWindowInMinutes: 15 },
      });
    }
  });

  it("is what the alarms and the dashboard look at", async () => {
    const { input } = await register({
      ...ZONE,
      cron: "30 2 * * ? *",
      timeZone: "Europe/Berlin",
      flexibleWindowMinutes: 90,
      notifications: { emails: ["team@example.com"] },
      dashboard: true,
    });
    const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
    expect(input(ALARM, "web-lost-dead-letters-alarm")).to.deep.include({
      namespace: "AWS/Scheduler",
      metricName: "InvocationsFailedToBeSentToDeadLetterCount",
      dimensions: { ScheduleGroup: "EveryNight" },
    });
    // A night that is skipped, clocks that are set back, the window, and the longest run.
    expect(input(ALARM, "web-missing-success-alarm").threshold).to.equal(51 + 14);
    const { widgets } = JSON.parse(
      String(input("aws:cloudwatch/dashboard:Dashboard", "web-dashboard").dashboardBody),
    ) as { widgets: { properties: { metrics?: unknown[][] } }[] };
    expect(widgets[3].properties.metrics?.slice(0, 2)).to.deep.equal([
      ["AWS/Scheduler", "InvocationAttemptCount", "ScheduleGroup", "EveryNight", { label: "started" }],
      [
        "AWS/Scheduler",
        "InvocationDroppedCount",
        "ScheduleGroup",
        "EveryNight",
        { label: "could not be started" },
      ],
    ]);
  });

  it("fires nothing before what it starts may do its work", async () => {
    for (const policy of ["web-create-image-policy", "web-roll-out-policy", "web-scheduler-policy"]) {
      const { resources } = await underMocks(() => new AmiRefresh("web", { ...ARGS, ...ZONE }), {
        takes: { [policy]: 300 },
      });
      const order = resources.map(({ name }) => name);
      expect(order.indexOf("web-create-image-schedule"), policy).to.be.greaterThan(order.indexOf(policy));
    }
  });

  for (const [what, wrong, sentence] of [
    [
      "has no window in UTC",
      { flexibleWindowMinutes: 15 },
      /flexibleWindowMinutes cannot be had without timeZone, because only EventBridge Scheduler has windows: give timeZone too/,
    ],
    [
      "has a window of a day at most",
      { ...ZONE, flexibleWindowMinutes: 1441 },
      /flexibleWindowMinutes 1441 cannot be used: it is a whole number from 1 to 1440/,
    ],
    [
      "is in a zone that there is",
      { timeZone: "Asia/Tokio" },
      /timeZone "Asia\/Tokio" is no time zone: .* such as Asia\/Tokyo/,
    ],
  ] as const) {
    it(what, async () => {
      const said = await underMocks(() => {
        try {
          new AmiRefresh("web", { ...ARGS, ...wrong });
        } catch (error) {
          return (error as Error).message;
        }
        return "nothing";
      });
      expect(said.value).to.match(sentence);
    });
  }
});
