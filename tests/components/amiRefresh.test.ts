import * as aws from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { AmiRefresh, type AmiRefreshArgs } from "../../components";
import { fillIn } from "../../components/document/fillIn";
import { loadRunbook } from "../../components/document/load";
import { createImageStatements } from "../../components/permissions/createImage";
import { queuePolicy } from "../../components/permissions/notices";
import { writePolicy } from "../../components/permissions/policy";
import { retireStatements } from "../../components/permissions/retire";
import { rollOutStatements } from "../../components/permissions/rollOut";
import { startStatements } from "../../components/permissions/start";
import { trustAutomation, trustRule } from "../../components/permissions/trust";
import { childName, NAMED } from "../../components/inputs/physicalNames";
import { BEIJING, messageOf, PLACES, type Recorded, underMocks, valueOf } from "../mocks";

const ARGS: AmiRefreshArgs = {
  instanceId: "i-0123456789abcdef0",
  autoScalingGroupName: "web-group",
  prefix: "web",
  cron: "30 5 * * ? *",
};

const NAMES = {
  automationRole: "SSMRoleForUpdateAutoScalingGroupAMI",
  automationPolicy: "PolicyForUpdateAutoScalingGroupAMI",
  document: "RefreshWeb",
  patchRole: "SSMRoleForPatches",
  patchPolicy: "PolicyForPatches",
  patchDocument: "PatchGoldenInstance",
  rollOutRole: "RollOutRole",
  rollOutPolicy: "RollOutPolicy",
  rollOutDocument: "RollOutWeb",
  pausePolicy: "PausePolicy",
  prepareRole: "PrepareRole",
  preparePolicy: "PreparePolicy",
  prepareDocument: "PrepareWeb",
  refreshRole: "RefreshRole",
  refreshPolicy: "RefreshPolicy",
  refreshDocument: "RefreshInstancesWeb",
  retireRole: "RetireRole",
  retirePolicy: "RetirePolicy",
  retireDocument: "RetireWeb",
  eventsRole: "EventsRoleForExecSSMAutomation",
  eventsPolicy: "PolicyForExecSSMAutomation",
  rule: "EveryNight",
  schedulerRole: "SchedulerRole",
  schedulerPolicy: "SchedulerPolicy",
  scheduleGroup: "EveryNightInJapan",
  deadLetterQueue: "NotStarted",
  deadLettersAlarm: "Not started",
  lostDeadLettersAlarm: "Not started and not kept",
  topic: "Operations",
  failureRule: "Failures",
  watchRole: "WatchRole",
  watchPolicy: "WatchPolicy",
  watchDocument: "WatchWeb",
  watchEventsRole: "WatchEventsRole",
  watchEventsPolicy: "WatchEventsPolicy",
  watchRule: "EveryDay",
  missingSuccessAlarm: "No success",
  silentWatchAlarm: "No measures",
  imageAgeAlarm: "Old image",
  dashboard: "Web",
};

const COMPONENT = "ami-refresh:index:AmiRefresh";
const RUNBOOK = "ami-refresh:index:Runbook";
const SCHEDULE = "ami-refresh:index:Schedule";
const ROLE = "aws:iam/role:Role";
const POLICY = "aws:iam/rolePolicy:RolePolicy";
const DOCUMENT = "aws:ssm/document:Document";
const RULE = "aws:cloudwatch/eventRule:EventRule";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";
const BIN = "aws:rbin/rule:Rule";
const LOCAL = "aws:scheduler/schedule:Schedule";
const NOTICES = "ami-refresh:index:Notices";
const QUEUE = "aws:sqs/queue:Queue";
const QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

/** What the component makes, each as `TYPE::NAME` with what it stands under. */
const TREE: Record<string, string> = {
  [`${COMPONENT}::web`]: COMPONENT,
  ...Object.fromEntries(
    ["create-image", "roll-out", "retire"].flatMap((job) => [
      [`${RUNBOOK}::web-${job}`, `${COMPONENT}$${RUNBOOK}`],
      [`${ROLE}::web-${job}-role`, `${COMPONENT}$${RUNBOOK}$${ROLE}`],
      [`${POLICY}::web-${job}-policy`, `${COMPONENT}$${RUNBOOK}$${POLICY}`],
      [`${DOCUMENT}::web-${job}`, `${COMPONENT}$${RUNBOOK}$${DOCUMENT}`],
    ]),
  ),
  [`${POLICY}::web-roll-out-pause-policy`]: `${COMPONENT}$${POLICY}`,
  [`${SCHEDULE}::web-schedule`]: `${COMPONENT}$${SCHEDULE}`,
  [`${RULE}::web-schedule`]: `${COMPONENT}$${SCHEDULE}$${RULE}`,
  [`${ROLE}::web-events-role`]: `${COMPONENT}$${SCHEDULE}$${ROLE}`,
  [`${POLICY}::web-events-policy`]: `${COMPONENT}$${SCHEDULE}$${POLICY}`,
  [`${TARGET}::web-create-image-target`]: `${COMPONENT}$${SCHEDULE}$${TARGET}`,
  [`${TARGET}::web-retire-target`]: `${COMPONENT}$${SCHEDULE}$${TARGET}`,
  [`${QUEUE}::web-dead-letters`]: `${COMPONENT}$${QUEUE}`,
  [`${QUEUE_POLICY}::web-dead-letters-policy`]: `${COMPONENT}$${QUEUE_POLICY}`,
  [`${NOTICES}::web-notices`]: `${COMPONENT}$${NOTICES}`,
  [`${ALARM}::web-dead-letters-alarm`]: `${COMPONENT}$${NOTICES}$${ALARM}`,
  [`${ALARM}::web-lost-dead-letters-alarm`]: `${COMPONENT}$${NOTICES}$${ALARM}`,
};

const isRetire = (key: string) => key.includes("::web-retire");

describe("AmiRefresh", () => {
  for (const place of PLACES) {
    it(`registers exactly these resources with exactly these inputs in ${place.partition}`, async () => {
      const { partition, region, accountId } = place;
      const { resources } = await underMocks(
        () =>
          new AmiRefresh("web", {
            ...ARGS,
            cron: "cron(30 5 ? * mon-fri *)",
            enabled: false,
            reboot: true,
            launchConfigurationFrom: "group",
            allowSharedTemplate: true,
            customerKeyReady: true,
            retire: true,
            recycleBinDays: 30,
            retainImages: 30,
            retainLaunchConfigurations: 4,
            names: NAMES,
            permissionsBoundaryArn: `arn:${partition}:iam::${accountId}:policy/boundary`,
            rolePath: "/automation/",
            tags: { Team: "web" },
          }),
        { place },
      );

      const roleArn = (name: string) => `arn:${partition}:iam::${accountId}:role/automation/${name}`;
      const ruleArn = `arn:${partition}:events:${region}:${accountId}:rule/${NAMES.rule}`;
      const scope = {
        ...place,
        instanceId: "i-0123456789abcdef0",
        autoScalingGroupName: "web-group",
        prefix: "web",
        launchConfigurationFrom: "group" as const,
        launch: {
          kind: "configuration" as const,
          templates: [],
          roleArns: [`arn:${partition}:iam::${accountId}:role/web-server`],
          taggedTypes: [],
          usedTypes: [],
          namedArns: [],
          keyArns: [],
        },
      };
      const madeFor = "0 launch templates and 1 roles";
      const rollOut = { documentName: "RollOutWeb", roleArn: roleArn("RollOutRole") };
      const tags = { Team: "web" };
      const role = (name: string, description: string, trust: object) => ({
        name,
        description,
        path: "/automation/",
        permissionsBoundary: `arn:${partition}:iam::${accountId}:policy/boundary`,
        assumeRolePolicy: JSON.stringify(trust),
        tags,
      });
      const document = (name: string, content: string) => ({
        name,
        documentType: "Automation",
        documentFormat: "YAML",
        content,
        tags,
      });
      const target = (runbook: string, role: string) => ({
        rule: NAMES.rule,
        arn: `arn:${partition}:ssm:${region}:${accountId}:automation-definition/${runbook}:$DEFAULT`,
        roleArn: roleArn(NAMES.eventsRole),
        input: JSON.stringify({
          AutomationAssumeRole: [roleArn(role)],
          InstanceId: ["i-0123456789abcdef0"],
          LaunchConfigPrefix: ["web"],
          AutoScalingGroupName: ["web-group"],
        }),
        retryPolicy: { maximumRetryAttempts: 20, maximumEventAgeInSeconds: 3600 },
        deadLetterConfig: { arn: queueArn },
      });
      const queueArn = `arn:${partition}:sqs:${region}:${accountId}:NotStarted`;
      const alarm = (name: string, settings: object) => ({
        name,
        comparisonOperator: "GreaterThanThreshold",
        threshold: 0,
        period: 300,
        evaluationPeriods: 1,
        treatMissingData: "notBreaching",
        tags,
        ...settings,
      });
      const kept = (description: string, resourceType: string) => ({
        description,
        resourceType,
        resourceTags: [{ resourceTagKey: "ami-refresh:auto-scaling-group", resourceTagValue: "web-group" }],
        retentionPeriod: { retentionPeriodValue: 30, retentionPeriodUnit: "DAYS" },
        tags,
      });
      const common = {
        InstanceId: "i-0123456789abcdef0",
        LaunchConfigPrefix: "web",
        AutoScalingGroupName: "web-group",
      };
      expect(children(resources)).to.deep.equal({
        [`${RUNBOOK}::web-create-image`]: {},
        [`${ROLE}::web-create-image-role`]: role(
          NAMES.automationRole,
          "The ami-refresh runbook create-image images the golden instance and starts the roll-out",
          trustAutomation(place),
        ),
        [`${POLICY}::web-create-image-policy`]: {
          name: NAMES.automationPolicy,
          role: NAMES.automationRole,
          policy: writePolicy("create-image", madeFor, createImageStatements(scope, [rollOut])),
        },
        [`${DOCUMENT}::web-create-image`]: document(
          "RefreshWeb",
          fillIn("create-image", loadRunbook("create-image"), {
            ...common,
            AutomationAssumeRole: roleArn(NAMES.automationRole),
            RollOutDocumentName: "RollOutWeb",
            Reboot: true,
            Tags: ["Team=web"],
          }),
        ),
        [`${RUNBOOK}::web-roll-out`]: {},
        [`${ROLE}::web-roll-out-role`]: role(
          "RollOutRole",
          "The ami-refresh runbook roll-out changes what the Auto Scaling group launches",
          trustAutomation(place),
        ),
        [`${POLICY}::web-roll-out-policy`]: {
          name: "RollOutPolicy",
          role: "RollOutRole",
          policy: writePolicy("roll-out", madeFor, rollOutStatements(scope)),
        },
        [`${DOCUMENT}::web-roll-out`]: document(
          "RollOutWeb",
          fillIn("roll-out", loadRunbook("roll-out-launch-configuration"), {
            ...common,
            AutomationAssumeRole: roleArn("RollOutRole"),
            LaunchConfigurationFrom: "group",
            CustomerKeyReady: true,
            RuleName: NAMES.rule,
          }),
        ),
        [`${POLICY}::web-roll-out-pause-policy`]: {
          name: "PausePolicy",
          role: "RollOutRole",
          policy: writePolicy("roll-out", "the schedule", [
            {
              Sid: "SwitchTheScheduleOff",
              Effect: "Allow",
              Action: "events:DisableRule",
              Resource: ruleArn,
            },
          ]),
        },
        [`${RUNBOOK}::web-retire`]: {},
        [`${ROLE}::web-retire-role`]: role(
          "RetireRole",
          "The ami-refresh runbook retire deletes images that earlier runs made and nothing uses",
          trustAutomation(place),
        ),
        [`${POLICY}::web-retire-policy`]: {
          name: "RetirePolicy",
          role: "RetireRole",
          policy: writePolicy("retire", madeFor, retireStatements(scope)),
        },
        [`${DOCUMENT}::web-retire`]: document(
          "RetireWeb",
          fillIn("retire", loadRunbook("retire-images"), {
            ...common,
            AutomationAssumeRole: roleArn("RetireRole"),
            RollOutDocumentName: "RollOutWeb",
            RetainImages: 30,
            RetainLaunchConfigurations: 4,
          }),
        ),
        [`${SCHEDULE}::web-schedule`]: {},
        [`${RULE}::web-schedule`]: {
          name: NAMES.rule,
          description: "Starts the ami-refresh runbooks",
          scheduleExpression: "cron(30 5 ? * MON-FRI *)",
          state: "DISABLED",
          tags,
        },
        [`${ROLE}::web-events-role`]: role(
          NAMES.eventsRole,
          "EventBridge starts the ami-refresh runbooks with it",
          trustRule(accountId, ruleArn),
        ),
        [`${POLICY}::web-events-policy`]: {
          name: NAMES.eventsPolicy,
          role: NAMES.eventsRole,
          policy: writePolicy(
            "events",
            "them",
            startStatements(place, [
              { documentName: "RefreshWeb", roleArn: roleArn(NAMES.automationRole) },
              { documentName: "RetireWeb", roleArn: roleArn("RetireRole") },
            ]),
          ),
        },
        [`${TARGET}::web-create-image-target`]: {
          targetId: "create-image",
          ...target("RefreshWeb", NAMES.automationRole),
        },
        [`${TARGET}::web-retire-target`]: { targetId: "retire", ...target("RetireWeb", "RetireRole") },
        [`${QUEUE}::web-dead-letters`]: {
          name: "NotStarted",
          messageRetentionSeconds: 1209600,
          sqsManagedSseEnabled: true,
          tags,
        },
        [`${QUEUE_POLICY}::web-dead-letters-policy`]: {
          queueUrl: `https://sqs.${region}.amazonaws.com/${accountId}/NotStarted`,
          policy: JSON.stringify(queuePolicy(queueArn, ruleArn)),
        },
        [`${NOTICES}::web-notices`]: {},
        [`${ALARM}::web-dead-letters-alarm`]: alarm("Not started", {
          alarmDescription:
            "Auto Scaling group web-group: EventBridge could not start an ami-refresh runbook, and the start is in queue " +
            "NotStarted. Look first at the ERROR_CODE among the message's attributes; mend the cause, start the runbook, " +
            "and purge the queue.",
          namespace: "AWS/SQS",
          metricName: "ApproximateNumberOfMessagesVisible",
          dimensions: { QueueName: "NotStarted" },
          statistic: "Maximum",
        }),
        [`${ALARM}::web-lost-dead-letters-alarm`]: alarm("Not started and not kept", {
          alarmDescription:
            "Auto Scaling group web-group: EventBridge could neither start an ami-refresh runbook nor put the start into " +
            "queue NotStarted. Look first at the queue's policy, which has to let rule EveryNight send; then start the " +
            "runbook.",
          namespace: "AWS/Events",
          metricName: "InvocationsFailedToBeSentToDlq",
          dimensions: { RuleName: "EveryNight" },
          statistic: "Sum",
        }),
        [`${BIN}::web-keep-deleted-images`]: kept("Keeps deleted images that ami-refresh made", "EC2_IMAGE"),
        [`${BIN}::web-keep-deleted-snapshots`]: kept(
          "Keeps deleted snapshots that ami-refresh made",
          "EBS_SNAPSHOT",
        ),
      });
    });
  }

  it("leaves names, boundary and tags out where none are given, and the rule enabled", async () => {
    const { resources } = await underMocks(() => new AmiRefresh("web", ARGS));
    const made = children(resources);
    expect(Object.keys(made[`${ROLE}::web-roll-out-role`]).sort()).to.deep.equal([
      "assumeRolePolicy",
      "description",
      "path",
    ]);
    expect(made[`${ROLE}::web-roll-out-role`].path).to.equal("/");
    expect(made[`${RULE}::web-schedule`]).to.deep.equal({
      description: "Starts the ami-refresh runbooks",
      scheduleExpression: "cron(30 5 * * ? *)",
      state: "ENABLED",
    });
    expect(Object.keys(made[`${DOCUMENT}::web-create-image`]).sort()).to.deep.equal([
      "content",
      "documentFormat",
      "documentType",
    ]);
  });

  it("has its children under itself, a runbook's and the schedule's under these", async () => {
    const { urns } = await underMocks(() => new AmiRefresh("web", ARGS));
    expect(Object.fromEntries(urns)).to.deep.equal(TREE);
  });

  it("leaves everything of retire out where it is false", async () => {
    const { urns, resources } = await underMocks(() => new AmiRefresh("web", { ...ARGS, retire: false }));
    expect(Object.fromEntries(urns)).to.deep.equal(
      Object.fromEntries(Object.entries(TREE).filter(([key]) => !isRetire(key))),
    );
    expect(children(resources)[`${POLICY}::web-events-policy`].policy).to.not.contain("retire");
  });

  it("names its children as the rules for their names have it", async () => {
    const notifications = { emails: ["team@example.com"] };
    const more = { maxImageAgeDays: 7, dashboard: true, instanceRefresh: {}, patch: {} };
    const everything = { ...ARGS, ...more, notifications, names: NAMES };
    const inUtc = await underMocks(() => new AmiRefresh("web", everything));
    const inJapan = await underMocks(() => new AmiRefresh("web", { ...everything, timeZone: "Asia/Tokyo" }));
    const named = [...inUtc.resources, ...inJapan.resources].filter(
      // A schedule is named in its group.
      ({ custom, type, inputs }) =>
        custom && type !== LOCAL && (inputs.name ?? inputs.dashboardName) !== undefined,
    );
    expect(
      Object.fromEntries(named.map(({ name, inputs }) => [name, inputs.name ?? inputs.dashboardName])),
    ).to.deep.equal(Object.fromEntries(NAMED.map((one) => [childName("web", one), NAMES[one]])));
  });

  for (const policy of ["web-create-image-policy", "web-roll-out-policy", "web-retire-policy"]) {
    it(`makes nothing that fires before ${policy}, however long it takes`, async () => {
      const { resources } = await underMocks(() => new AmiRefresh("web", ARGS), { takes: { [policy]: 300 } });
      const order = resources.map(({ type, name }) => `${type}::${name}`);
      // The rule alone starts nothing.
      expect(order.indexOf(`${TARGET}::web-create-image-target`)).to.be.greaterThan(
        order.indexOf(`${POLICY}::${policy}`),
      );
    });
  }

  it("makes no watch that fires before it may do anything", async () => {
    const watched = () => new AmiRefresh("web", { ...ARGS, maxImageAgeDays: 7 });
    const { resources } = await underMocks(watched, { takes: { "web-watch-policy": 300 } });
    const order = resources.map(({ type, name }) => `${type}::${name}`);
    const target = order.indexOf(`${TARGET}::web-watch-measure-target`);
    expect(target).to.be.greaterThan(order.indexOf(`${POLICY}::web-watch-policy`));
  });

  for (const [what, type] of [
    ["web-events-policy", "the policy of the events role"],
    ["web-dead-letters-policy", "the policy of the queue"],
  ]) {
    it(`makes the targets last, however long ${type} takes`, async () => {
      const { resources } = await underMocks(() => new AmiRefresh("web", ARGS), { takes: { [what]: 300 } });
      expect(resources.slice(-2).map(({ type }) => type)).to.deep.equal([TARGET, TARGET]);
    });
  }

  it("passes its arguments to the engine, so that a preview shows them", async () => {
    const { resources } = await underMocks(() => new AmiRefresh("web", ARGS));
    expect(resources.find(({ name }) => name === "web")?.inputs).to.deep.equal(ARGS);
  });

  it("gives an explicit provider to every child", async () => {
    const { resources } = await underMocks(() => {
      const provider = new aws.Provider("elsewhere", { region: "eu-west-1" });
      return new AmiRefresh("web", ARGS, { provider });
    });
    const used = resources.filter(({ type }) => type.startsWith("aws:")).map(({ provider }) => provider);
    expect(used).to.have.length(19);
    used.forEach((provider) => expect(provider).to.contain("::elsewhere::"));
  });

  it("gives its outputs and registers exactly them", async () => {
    const { value } = await underMocks(() => new AmiRefresh("web", { ...ARGS, names: NAMES }), {
      place: BEIJING,
    });
    const outputs = {
      autoScalingGroupName: "web-group",
      instanceId: "i-0123456789abcdef0",
      prefix: "web",
      region: "cn-north-1",
      watchDocumentName: undefined,
      deadLetterQueueUrl: "https://sqs.cn-north-1.amazonaws.com/210987654321/NotStarted",
      topicArn: undefined,
      alarmNames: ["Not started", "Not started and not kept"],
      documentName: "RefreshWeb",
      automationRoleArn: `arn:aws-cn:iam::210987654321:role/${NAMES.automationRole}`,
      rollOutDocumentName: "RollOutWeb",
      retireDocumentName: "RetireWeb",
      eventsRoleArn: `arn:aws-cn:iam::210987654321:role/${NAMES.eventsRole}`,
      ruleName: "EveryNight",
      startCommand: "aws ssm start-automation-execution --region cn-north-1 --document-name RefreshWeb",
      rollBackCommand:
        "aws ssm start-automation-execution --region cn-north-1 --document-name RollOutWeb --parameters ImageId=previous",
      executionsUrl:
        "https://cn-north-1.console.amazonaws.cn/systems-manager/automation/executions?region=cn-north-1",
    };
    const known = Object.entries(outputs).filter(([, value]) => value !== undefined);
    expect(await registeredOutputs("web")).to.deep.equal(Object.fromEntries(known));
    for (const [name, expected] of Object.entries(outputs)) {
      const output: pulumi.Output<unknown> = value[name as keyof typeof outputs];
      expect(await valueOf(output), name).to.deep.equal(expected);
    }
  });

  it("has no name of a runbook that there is not", async () => {
    const { value } = await underMocks(() => new AmiRefresh("web", { ...ARGS, retire: false }));
    expect(await valueOf(value.retireDocumentName)).to.equal(undefined);
  });

  it("registers the same in a preview in which nothing is known yet", async () => {
    const everything = await underMocks(() => new AmiRefresh("web", ARGS));
    const { resources, rejections } = await underMocks(
      () => {
        const other = new pulumi.StackReference("later");
        const later = (name: string) => other.getOutput(name) as pulumi.Output<string>;
        return new AmiRefresh("web", {
          instanceId: later("instanceId"),
          autoScalingGroupName: later("group"),
          prefix: later("prefix"),
          cron: later("cron"),
          enabled: later("enabled").apply(Boolean),
          tags: { Team: later("team") },
          names: { document: later("document") },
          launchTemplateIds: [later("template")],
          instanceProfileRoleArns: [later("role")],
          allowSharedTemplate: later("shared").apply(Boolean),
        });
      },
      { preview: true },
    );
    expect(rejections).to.deep.equal([]);
    expect(Object.keys(children(resources)).sort()).to.deep.equal(
      Object.keys(children(everything.resources)).sort(),
    );
  });

  it("shows in a preview what depends on known values only", async () => {
    const { resources } = await underMocks(
      () => {
        const team = new pulumi.StackReference("later").getOutput("team") as pulumi.Output<string>;
        return new AmiRefresh("web", { ...ARGS, tags: { Team: team } });
      },
      { preview: true },
    );
    const made = children(resources);
    expect(made[`${POLICY}::web-create-image-policy`].policy).to.contain("i-0123456789abcdef0");
    expect(made[`${RULE}::web-schedule`].scheduleExpression).to.equal("cron(30 5 * * ? *)");
  });

  describe("values that are known only later", () => {
    const later = (value: unknown) => pulumi.output(Promise.resolve(value)) as pulumi.Output<never>;

    it("are used once they are known", async () => {
      const { resources } = await underMocks(
        () => new AmiRefresh("web", { ...ARGS, cron: later("0 1 * * ? *") }),
      );
      expect(children(resources)[`${RULE}::web-schedule`].scheduleExpression).to.equal("cron(0 1 * * ? *)");
    });

    for (const [input, value] of Object.entries({
      instanceId: "i-1",
      autoScalingGroupName: "a:b",
      prefix: "*",
      cron: "* * * * * *",
      enabled: "yes",
      reboot: "no",
      launchConfigurationFrom: "image",
      launchTemplateIds: ["x"],
      instanceProfileRoleArns: ["x"],
      allowSharedTemplate: "yes",
      customerKeyReady: "yes",
      permissionsBoundaryArn: "x",
      rolePath: "x",
      tags: { "aws:x": "y" },
    })) {
      it(`fail with one sentence, and neither the rule nor the target is made: ${input}`, async () => {
        const { resources, rejections } = await underMocks(
          () => new AmiRefresh("web", { ...ARGS, [input]: later(value) }),
        );
        expect(rejections.map((error) => (error as Error).message)).to.have.length(1);
        expect((rejections[0] as Error).message).to.match(
          new RegExp(`^AmiRefresh "web": ${input} [^\\n]*\\.$`),
        );
        expect((rejections[0] as Error).stack).to.equal(undefined);
        expect(pulumi.RunError.isInstance(rejections[0])).to.equal(true);
        expect(firing(resources)).to.deep.equal([]);
      });
    }

    it("are used when they come as promises", async () => {
      const { resources } = await underMocks(
        () => new AmiRefresh("web", { ...ARGS, cron: Promise.resolve("0 1 * * ? *") }),
      );
      expect(children(resources)[`${RULE}::web-schedule`].scheduleExpression).to.equal("cron(0 1 * * ? *)");
    });

    it("do not keep their neighbours from being checked at once", async () => {
      await underMocks(() => undefined);
      for (const [input, value] of Object.entries({
        tags: { a: later("x"), "aws:bad": "y" },
        launchTemplateIds: [later("x"), "nonsense"],
        instanceProfileRoleArns: [later("x"), "nonsense"],
      })) {
        expect(
          messageOf(() => new AmiRefresh("web", { ...ARGS, [input]: value })),
          input,
        ).to.contain(input);
      }
    });

    it("are not shown when they are secret", async () => {
      const { rejections } = await underMocks(
        () => new AmiRefresh("web", { ...ARGS, prefix: pulumi.secret("hunter 2") }),
      );
      expect((rejections[0] as Error).message).to.match(
        /^AmiRefresh "web": prefix "\[secret\]" cannot be used/,
      );
    });

    it("of the roles are checked against the account that the provider is in", async () => {
      const { rejections, resources } = await underMocks(
        () =>
          new AmiRefresh("web", { ...ARGS, instanceProfileRoleArns: ["arn:aws:iam::999999999999:role/x"] }),
      );
      expect((rejections[0] as Error).message).to.contain("is of another account or partition");
      expect(firing(resources)).to.deep.equal([]);
    });

    it("are found too large for the runbook in a preview, before anything is made that fires", async () => {
      const tags = Object.fromEntries(
        Array.from({ length: 40 }, (_, i) => [`${"日".repeat(120)}${i}`, "本".repeat(256)]),
      );
      const { rejections, resources } = await underMocks(() => new AmiRefresh("web", { ...ARGS, tags }), {
        preview: true,
      });
      expect((rejections[0] as Error).message).to.match(
        /^AmiRefresh "web": the runbook create-image with the values filled in has/,
      );
      expect(firing(resources)).to.deep.equal([]);
    });

    it("fail inside names too", async () => {
      const { rejections } = await underMocks(
        () => new AmiRefresh("web", { ...ARGS, names: { document: later("aws-x") } }),
      );
      expect((rejections[0] as Error).message).to.contain("names.document");
    });
  });

  describe("plain values fail in the constructor", () => {
    for (const [input, value] of Object.entries({
      instanceId: undefined,
      autoScalingGroupName: "",
      prefix: 7,
      cron: "rate(1 day)",
      enabled: "true",
      reboot: 1,
      launchConfigurationFrom: "instances",
      launchTemplateIds: "lt-0123456789abcdef0",
      instanceProfileRoleArns: "arn:aws:iam::123456789012:role/web",
      allowSharedTemplate: "no",
      customerKeyReady: 1,
      permissionsBoundaryArn: "boundary",
      rolePath: "no-slash",
      retire: "no",
      recycleBinDays: 366,
      tags: ["Team"],
      names: { roles: "x" },
      instanceProfileRoleArn: "arn:aws:iam::123456789012:role/web",
    })) {
      it(input, async () => {
        const message = await refusal(
          () => new AmiRefresh("web", { ...ARGS, [input]: value } as AmiRefreshArgs),
        );
        expect(message).to.match(new RegExp(`^AmiRefresh "web": ${input}[^\\n]*\\.$`));
      });
    }

    for (const input of ["retire", "recycleBinDays"]) {
      it(`${input} where it is known only later, because it decides which resources there are`, async () => {
        const given = () => ({ ...ARGS, [input]: pulumi.output(true) }) as AmiRefreshArgs;
        expect(await refusal(() => new AmiRefresh("web", given()))).to.match(
          new RegExp(`^AmiRefresh "web": ${input} is known only later, and it decides [^\\n]*\\.$`),
        );
      });
    }

    it("its own name", async () => {
      expect(await refusal(() => new AmiRefresh("aws-web", ARGS))).to.contain(
        'the component\'s name "aws-web"',
      );
    });

    it("one name for both roles", async () => {
      const names = { automationRole: "Same", eventsRole: "same" };
      expect(await refusal(() => new AmiRefresh("web", { ...ARGS, names }))).to.contain(
        'names.eventsRole "same" is what names.automationRole is too',
      );
    });

    it("names that are known only later as a whole, and arguments that are", async () => {
      const later = (value: unknown) => pulumi.output(value) as unknown;
      const names = () => later({}) as AmiRefreshArgs["names"];
      expect(await refusal(() => new AmiRefresh("web", { ...ARGS, names: names() }))).to.contain(
        "names is known only later as a whole",
      );
      expect(await refusal(() => new AmiRefresh("web", later(ARGS) as AmiRefreshArgs))).to.contain(
        "not a plain object",
      );
    });

    it("no arguments at all", async () => {
      expect(await refusal(() => new AmiRefresh("web", undefined as unknown as AmiRefreshArgs))).to.contain(
        "instanceId is missing",
      );
    });
  });
});

/** The message of what a program throws, when nothing of it goes on any more. */
async function refusal(build: () => unknown): Promise<string> {
  let message = "";
  await underMocks(() => {
    message = messageOf(build);
  });
  return message;
}

/** The inputs of what stands under the component, by `TYPE::NAME`. */
function children(resources: Recorded[]): Record<string, Recorded["inputs"]> {
  const own = resources.filter(({ name }) => name.startsWith("web-"));
  expect(new Set(own.map(({ type, name }) => type + name)).size, "names are unique").to.equal(own.length);
  return Object.fromEntries(own.map(({ type, name, inputs }) => [`${type}::${name}`, inputs]));
}

/** What sets something off. */
function firing(resources: Recorded[]): string[] {
  return resources.filter(({ type }) => type === RULE || type === TARGET).map(({ name }) => name);
}

/** What a component handed to registerOutputs: the mocks keep it as a protobuf structure. */
async function registeredOutputs(name: string): Promise<unknown> {
  const monitor = pulumi.runtime.getMonitor() as unknown as {
    getRegisteredResources(): Map<string, { state: { toJavaScript?: () => unknown } }>;
  };
  const found = [...monitor.getRegisteredResources()].find(([urn]) => urn.endsWith(`::${name}`));
  return found?.[1].state.toJavaScript?.();
}
