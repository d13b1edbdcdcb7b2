import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import {
  CreateAutoScalingGroupCommand,
  DeleteAutoScalingGroupCommand,
  DeleteLaunchConfigurationCommand,
  UpdateAutoScalingGroupCommand,
} from "@aws-sdk/client-auto-scaling";
import { DeleteAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import {
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  CreateTagsCommand,
  DeregisterImageCommand,
} from "@aws-sdk/client-ec2";
import {
  DeleteRuleCommand,
  DisableRuleCommand,
  PutRuleCommand,
  RemoveTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import {
  CreateScheduleCommand,
  CreateScheduleGroupCommand,
  DeleteScheduleCommand,
} from "@aws-sdk/client-scheduler";
import { DeleteTopicCommand, ListSubscriptionsByTopicCommand, UnsubscribeCommand } from "@aws-sdk/client-sns";
import { DeleteQueueCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { DeleteDocumentCommand } from "@aws-sdk/client-ssm";
import { expect } from "chai";
import { type Clients, createClients } from "../../status/clients";
import type { FindingKind } from "../../status/judge";
import { type Report, report } from "../../status/report";
import { readStatus } from "../../status/status";
import { DAY, deploy, type Deployed, makeConfiguration, makeImage, REGION, run, setAlarm } from "./account";
import { type Edge, openEdge } from "./edge";
import { findPython, type Moto, startMoto } from "./moto";
import { permissions } from "./policy";

const ROOT = path.join(__dirname, "..", "..");
const NOW = new Date();
const CREDENTIALS = { AWS_ACCESS_KEY_ID: "testing", AWS_SECRET_ACCESS_KEY: "testing" };

interface World extends Deployed {
  clients: Clients;
  edge: Edge;
}

/** A way of being unhealthy: what happens in the account, and what is found then. */
interface Way {
  of: string;
  happen: (world: World) => Promise<unknown> | void;
  found: FindingKind[];
  saying: RegExp;
}

const FAILED_STEPS = [
  { StepName: "createImage", StepStatus: "Success" },
  {
    StepName: "rollOut",
    StepStatus: "Failed",
    FailureMessage: "Step fails when it is Execute/Cancelling action. The execution ended Failed.",
  },
  {
    StepName: "rollOutFailed",
    StepStatus: "Failed",
    FailureMessage:
      'Step fails when it is Poll action status for completion. Traceback (most recent call last):\n  File "/tmp/x/customer_script.py", line 9, in explain\n    raise Exception(\n\nException - Group web has no launch configuration.. Please refer to Automation Service Troubleshooting Guide for more diagnosis details.',
  },
];

const WAYS: Way[] = [
  {
    of: "a run whose roll-out failed, in the roll-out's own sentence",
    happen: ({ edge }) => {
      edge.runs.push({ ...run(11, "web-create", "Failed", NOW), steps: FAILED_STEPS });
    },
    found: ["run-failed"],
    saying:
      /create-image, \S+0011 of .+, ended Failed in step rollOut: Group web has no launch configuration; when/,
  },
  {
    of: "a failed run before one that yielded",
    happen: ({ edge, names }) => {
      const yields = { EarlierRun: [run(11, "", "", NOW).id] };
      edge.runs.push(
        { ...run(11, names.documentName, "TimedOut", new Date(NOW.getTime() - 60_000)), steps: [] },
        run(12, names.documentName, "Success", NOW, yields),
      );
    },
    found: ["run-failed"],
    saying: /0011 .+ ended TimedOut: AWS does not say why/,
  },
  {
    of: "a retire that failed",
    happen: ({ edge }) => {
      edge.runs.push(run(11, "web-retire", "Cancelled", NOW));
    },
    found: ["run-failed"],
    saying: /last run of retire, .+ ended Cancelled/,
  },
  {
    of: "a runbook that is gone",
    happen: ({ clients }) => clients.ssm.send(new DeleteDocumentCommand({ Name: "web-roll-out" })),
    found: ["runbook-missing"],
    saying: /Runbook web-roll-out does not exist/,
  },
  {
    of: "a rule that is disabled",
    happen: ({ clients }) => clients.eventBridge.send(new DisableRuleCommand({ Name: "web-rule" })),
    found: ["rule-disabled"],
    saying: /Rule web-rule is disabled/,
  },
  {
    of: "a rule that is gone",
    happen: async ({ clients }) => {
      const input = { Rule: "web-rule", Ids: ["web-create", "web-retire"] };
      await clients.eventBridge.send(new RemoveTargetsCommand(input));
      await clients.eventBridge.send(new DeleteRuleCommand({ Name: "web-rule" }));
    },
    found: ["rule-missing"],
    saying: /Rule web-rule does not exist/,
  },
  {
    of: "a rule without a target",
    happen: ({ clients }) =>
      clients.eventBridge.send(new RemoveTargetsCommand({ Rule: "web-rule", Ids: ["web-create"] })),
    found: ["target-missing"],
    saying: /Rule web-rule does not start runbook web-create/,
  },
  {
    of: "a schedule that is over",
    happen: ({ clients }) => {
      const past = { Name: "web-rule", ScheduleExpression: "cron(30 5 * * ? 2020)" };
      return clients.eventBridge.send(new PutRuleCommand(past));
    },
    found: ["schedule-over"],
    saying: /does not fire any more/,
  },
  {
    of: "a start that was not delivered",
    happen: ({ clients, names }) =>
      clients.sqs.send(new SendMessageCommand({ QueueUrl: names.deadLetterQueueUrl, MessageBody: "{}" })),
    found: ["dead-letters"],
    saying: /has 1 start that EventBridge could not deliver/,
  },
  {
    of: "a queue that is gone",
    happen: ({ clients, names }) =>
      clients.sqs.send(new DeleteQueueCommand({ QueueUrl: names.deadLetterQueueUrl })),
    found: ["queue-missing"],
    saying: /web-dead-letters does not exist/,
  },
  {
    of: "a subscription that nobody confirmed",
    happen: ({ edge }) => {
      edge.pending.add("ops@example.com");
    },
    found: ["subscription-pending"],
    saying: /The subscription of ops@example\.com .+ is not confirmed/,
  },
  {
    of: "a topic to which nobody subscribed",
    happen: async ({ clients, names }) => {
      const input = { TopicArn: names.topicArn };
      const { Subscriptions: all = [] } = await clients.sns.send(new ListSubscriptionsByTopicCommand(input));
      const { SubscriptionArn: arn } = all[0];
      await clients.sns.send(new UnsubscribeCommand({ SubscriptionArn: arn }));
    },
    found: ["no-subscription"],
    saying: /Nobody has subscribed to topic/,
  },
  {
    of: "a topic that is gone",
    happen: ({ clients, names }) => clients.sns.send(new DeleteTopicCommand({ TopicArn: names.topicArn })),
    found: ["topic-missing"],
    saying: /web-topic does not exist/,
  },
  {
    of: "an alarm",
    happen: ({ clients }) => setAlarm(clients, "ALARM"),
    found: ["alarm"],
    saying: /web-dead-letters-alarm is in ALARM since .+: Look at the queue\./,
  },
  {
    of: "an alarm that is gone",
    happen: ({ clients, names }) =>
      clients.cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: [names.alarmNames[1]] })),
    found: ["alarm-missing"],
    saying: /web-lost-dead-letters-alarm does not exist/,
  },
  {
    of: "a group that is gone",
    happen: ({ clients }) =>
      clients.autoScaling.send(
        new DeleteAutoScalingGroupCommand({ AutoScalingGroupName: "web", ForceDelete: true }),
      ),
    found: ["group-missing"],
    saying: /Auto Scaling group web does not exist/,
  },
  {
    of: "an image that is gone",
    happen: ({ clients, imageId }) => clients.ec2.send(new DeregisterImageCommand({ ImageId: imageId })),
    found: ["image-missing"],
    saying: /launch configuration web-lc_\S+ with image ami-\w+, which does not exist/,
  },
  {
    of: "a launch configuration that is gone",
    happen: ({ clients, dated }) =>
      clients.autoScaling.send(
        new DeleteLaunchConfigurationCommand({ LaunchConfigurationName: dated("web-lc") }),
      ),
    found: ["image-missing"],
    saying: /which does not exist or names no image/,
  },
  {
    of: "an image of somebody else",
    happen: async ({ clients }) => {
      await makeConfiguration(clients, "by-hand", "ami-12c6146b");
      await update(clients, { LaunchConfigurationName: "by-hand" });
    },
    found: ["image-not-ours"],
    saying: /launch configuration by-hand with image ami-12c6146b .+ did not make/,
  },
  {
    of: "an image that was copied with its tags",
    happen: ({ clients, imageId }) =>
      clients.ec2.send(
        new CreateTagsCommand({
          Resources: [imageId],
          Tags: [{ Key: "ami-refresh:auto-scaling-group", Value: "another" }],
        }),
      ),
    found: ["image-not-ours"],
    saying: /did not make for this group/,
  },
  {
    of: "a group that was rolled back",
    happen: async ({ clients, edge, names }) => {
      const newer = await makeImage(clients, names.instanceId, `${names.instanceId}_2026-01-02`);
      // Before it the group launched what it launches again.
      const made = { ImageId: [newer], EarlierRun: ["none"] };
      edge.runs.push(run(11, "web-create", "Success", new Date(Date.now() + 60_000), made));
    },
    found: ["image-not-the-last"],
    saying:
      /launches image ami-\w+ \(i-\S+\) and not ami-\w+ \(i-\w+_2026-01-02\), which was rolled out last/,
  },
];

async function update(
  { autoScaling }: Clients,
  change: Omit<UpdateAutoScalingGroupCommand["input"], "AutoScalingGroupName">,
): Promise<void> {
  await autoScaling.send(new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: "web", ...change }));
}

/** Where the group launches from a launch template, the image stands in its version 2, which is the latest and not the default. */
async function useTemplate({ clients, imageId }: World, change: (id: string) => object): Promise<void> {
  const { ec2, autoScaling } = clients;
  const data = (ImageId: string) => ({ LaunchTemplateData: { ImageId, InstanceType: "t3.micro" as const } });
  const named = { LaunchTemplateName: "web-template" };
  const { LaunchTemplate: template } = await ec2.send(
    new CreateLaunchTemplateCommand({ ...named, ...data("ami-12c6146b") }),
  );
  await ec2.send(new CreateLaunchTemplateVersionCommand({ ...named, ...data(imageId) }));
  const group = { AutoScalingGroupName: "web" };
  await autoScaling.send(new DeleteAutoScalingGroupCommand({ ...group, ForceDelete: true }));
  await autoScaling.send(
    new CreateAutoScalingGroupCommand({
      ...group,
      MinSize: 0,
      MaxSize: 1,
      AvailabilityZones: [`${REGION}a`],
      ...change(template?.LaunchTemplateId ?? ""),
    }),
  );
}

const byVersion = (version: string | undefined) => (id: string) => ({
  LaunchTemplate: { LaunchTemplateId: id, Version: version },
});

/** The base says one version, an override the other. */
const mixed = (base: string, override: string) => (id: string) => ({
  MixedInstancesPolicy: {
    LaunchTemplate: {
      LaunchTemplateSpecification: { LaunchTemplateId: id, Version: base },
      Overrides: [
        { InstanceType: "t3.small" },
        {
          InstanceType: "t3.micro",
          LaunchTemplateSpecification: { LaunchTemplateId: id, Version: override },
        },
      ],
    },
  },
});

const SOURCES: { of: string; change: (id: string) => object; found: FindingKind[]; saying?: RegExp }[] = [
  { of: "its number", change: byVersion("2"), found: [] },
  { of: "$Latest", change: byVersion("$Latest"), found: [] },
  {
    of: "$Default",
    change: byVersion("$Default"),
    found: ["image-not-ours"],
    saying: /web-template \(lt-\w+\) version 1 by \$Default with image ami-12c6146b/,
  },
  { of: "a mixed instances policy", change: mixed("2", "$Latest"), found: [] },
  {
    of: "a mixed instances policy with an old override",
    change: mixed("2", "1"),
    found: ["image-not-ours"],
    saying: /version 1 with image/,
  },
  {
    of: "a mixed instances policy with an old base",
    change: mixed("1", "2"),
    found: ["image-not-ours"],
    saying: /version 1 with image/,
  },
];

describe("npm run status, against moto", function () {
  let moto: Moto | undefined;
  let world: World;

  before(async function () {
    const python = findPython();
    if (python === undefined) {
      console.log("      left out: no Python here has what tests/scripts/requirements.txt lists");
      this.skip();
    }
    Object.assign(process.env, CREDENTIALS, { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" });
    moto = await startMoto(python);
  });

  beforeEach(async () => {
    if (moto === undefined) return;
    await moto.reset();
    const edge = await openEdge(moto.endpoint);
    const clients = createClients(REGION, moto.endpoint);
    world = { ...(await deploy(clients, edge.runs, NOW)), clients, edge };
  });

  afterEach(() => world.edge.close());
  after(() => moto?.stop());

  async function look(now = NOW): Promise<Report> {
    const clients = createClients(REGION, world.edge.endpoint);
    return report(await readStatus(world.names, { clients, now }));
  }

  it("is healthy where all is well, and sees all of it", async () => {
    const seen = await look();
    expect(seen.findings).to.deep.equal([]);
    expect(seen.healthy).to.equal(true);
    const { dated, imageId, imageName } = world;
    expect(seen.verification).to.deep.equal([
      { line: `image ${imageName} (${imageId}) is available`, holds: true },
      { line: `launch configuration ${dated("web-lc")} names it`, holds: true },
      { line: "Auto Scaling group web refers to it", holds: true },
      { line: `the last run of create-image, ${run(1, "", "", NOW).id}, is a success`, holds: true },
    ]);
    expect(seen.instances).to.deep.equal({ running: 2, older: 0, newer: 0 });
    expect(seen.runbooks.retire?.last?.outputs.Kept).to.deep.equal(["image ami-0: used by instance i-1"]);
    expect(seen.topic?.subscriptions).to.deep.equal({ confirmed: 1, pending: [] });
    expect(seen.alarms.map(({ state }) => state)).to.deep.equal(["OK", "INSUFFICIENT_DATA"]);
  });

  for (const { of, happen, found, saying } of WAYS)
    it(`is not healthy with ${of}`, async () => {
      await happen(world);
      const { healthy, findings } = await look();
      expect(findings.map(({ about }) => about)).to.deep.equal(found);
      expect(healthy).to.equal(false);
      expect(findings[0].sentence).to.match(saying);
    });

  for (const { of, change, found, saying } of SOURCES)
    it(`finds ${found.length === 0 ? "nothing" : found.join()} in a group that launches by ${of}`, async () => {
      await useTemplate(world, change);
      const { findings, verification } = await look();
      expect(findings.map(({ about }) => about)).to.deep.equal(found);
      if (saying !== undefined) expect(findings[0].sentence).to.match(saying);
      expect(verification[1].line).to.match(/^launch template .+ version 2( by \$Latest)? names it$/);
    });

  it("looks at schedules where they start the runbooks", async () => {
    const { scheduler } = world.clients;
    await scheduler.send(new CreateScheduleGroupCommand({ Name: "nightly" }));
    for (const [name, document] of [
      ["create-image", "web-create"],
      ["retire", "web-retire"],
    ])
      await scheduler.send(
        new CreateScheduleCommand({
          GroupName: "nightly",
          Name: name,
          ScheduleExpression: "cron(30 14 * * ? *)",
          ScheduleExpressionTimezone: "Asia/Tokyo",
          FlexibleTimeWindow: { Mode: "OFF" },
          Target: {
            Arn: "arn:aws:scheduler:::aws-sdk:ssm:startAutomationExecution",
            RoleArn: "arn:aws:iam::123456789012:role/scheduler",
            Input: JSON.stringify({ DocumentName: document }),
          },
        }),
      );
    world = { ...world, names: { ...world.names, ruleName: undefined, scheduleGroupName: "nightly" } };
    expect((await look()).findings).to.deep.equal([]);
    await scheduler.send(new DeleteScheduleCommand({ GroupName: "nightly", Name: "retire" }));
    expect((await look()).findings.map(({ about }) => about)).to.deep.equal(["target-missing"]);
    await scheduler.send(new DeleteScheduleCommand({ GroupName: "nightly", Name: "create-image" }));
    expect((await look()).findings.map(({ about }) => about)).to.deep.equal(["rule-missing"]);
  });

  it("is not healthy when no run was started for longer than the schedule's longest gap", async () => {
    const night = (days: number) => look(new Date(NOW.getTime() + days * DAY));
    expect((await night(1)).findings).to.deep.equal([]);
    const { findings } = await night(1.1);
    expect(findings.map(({ about }) => about)).to.deep.equal(["no-run"]);
    expect(findings[0].sentence).to.match(/has made nothing since .+ fires at least every 24 hours/);
  });

  it("is healthy before the first run is due, but for the image", async () => {
    world.edge.runs.length = 0;
    await world.clients.ec2.send(new DeregisterImageCommand({ ImageId: world.imageId }));
    await makeConfiguration(world.clients, "first", "ami-12c6146b");
    await update(world.clients, { LaunchConfigurationName: "first" });
    const { findings, verification } = await look();
    expect(findings.map(({ about }) => about)).to.deep.equal(["image-not-ours"]);
    expect(verification.map(({ holds }) => holds)).to.deep.equal([false, false, false, undefined]);
    const later = await look(new Date(NOW.getTime() + 2 * DAY));
    expect(later.findings[0].sentence).to.match(/^No run of create-image is known, although/);
  });

  it("counts the running instances of older images", async () => {
    const { clients, names, edge } = world;
    const newer = await makeImage(clients, names.instanceId, `${names.instanceId}_2199-01-01`);
    await makeConfiguration(clients, "web-lc_2199-01-01", newer);
    await update(clients, { LaunchConfigurationName: "web-lc_2199-01-01" });
    edge.runs.push(run(11, "web-create", "Success", NOW, { ImageId: [newer], EarlierRun: ["none"] }));
    const { findings, instances } = await look();
    expect(findings).to.deep.equal([]);
    expect(instances).to.deep.equal({ running: 2, older: 2, newer: 0 });
  });

  it("asks for nothing that the policy does not allow", async () => {
    world.edge.runs.push({ ...run(11, "web-create", "Failed", NOW), steps: FAILED_STEPS });
    await look();
    expect(permissions()).to.include.members([...world.edge.asked]);
  });

  describe("as a command", () => {
    let folder: string;
    beforeEach(() => {
      folder = fs.mkdtempSync(path.join(os.tmpdir(), "status-"));
      fs.writeFileSync(path.join(folder, "outputs.json"), JSON.stringify(world.names));
    });
    afterEach(() => fs.rmSync(folder, { recursive: true }));

    const command = (...args: string[]) =>
      runCommand([
        ...["--outputs", path.join(folder, "outputs.json"), "--endpoint-url", world.edge.endpoint],
        ...args,
      ]);

    it("says that all is well, and ends with 0", async () => {
      const { status, stdout, stderr } = await command("--time-zone", "Asia/Tokyo");
      expect([status, stderr]).to.deep.equal([0, ""]);
      expect(stdout).to.match(/^Auto Scaling group web in ap-northeast-1, .+ UTC: healthy\n/);
      expect(stdout).to.match(/the next time: \S+ 05:30 UTC, .+ \(here\), \S+ 14:30 Asia\/Tokyo\n/);
      expect(stdout).to.match(/yes {2}image i-\S+ \(ami-\w+\) is available\n/);
    });

    it("says what is the matter, and ends with 1", async () => {
      await setAlarm(world.clients, "ALARM");
      const { status, stdout } = await command();
      expect(status).to.equal(1);
      expect(stdout).to.match(/: not healthy\n\nWhat is the matter\n {2}- Alarm web-dead-letters-alarm/);
    });

    it("writes everything as JSON", async () => {
      await setAlarm(world.clients, "ALARM");
      const { status, stdout } = await command("--json");
      expect(status).to.equal(1);
      const seen = JSON.parse(stdout) as Report;
      expect(seen.findings.map(({ about }) => about)).to.deep.equal(["alarm"]);
      expect(seen.names).to.deep.equal(world.names);
    });

    it("says what it may not look at, and ends with 2", async () => {
      world.edge.denied.add("ssm:DescribeAutomationExecutions");
      const { status, stdout, stderr } = await command();
      expect([status, stdout]).to.deep.equal([2, ""]);
      expect(stderr).to.match(
        /^The runs of \S+ could not be looked at \(AccessDeniedException: .+\): allow ssm:DescribeAutomationExecutions; status\/policy\.json has all that is needed\.\n$/,
      );
    });
  });
});

interface Ran {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Not waited for by stopping everything: the edge, in this process, has to answer. */
function runCommand(args: string[]): Promise<Ran> {
  const main = ["-r", "ts-node/register/transpile-only", "status/main.ts"];
  const child = spawn(process.execPath, [...main, ...args], {
    cwd: ROOT,
    env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: undefined },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return new Promise((resolve, reject) => {
    const said = { stdout: "", stderr: "" };
    child.stdout.on("data", (data: Buffer) => (said.stdout += data.toString()));
    child.stderr.on("data", (data: Buffer) => (said.stderr += data.toString()));
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, ...said }));
  });
}
