import * as fs from "node:fs";
import { expect } from "chai";
import { readStack } from "../../rehearsal/deploy/stack";
import { Fault } from "../../rehearsal/faults";
import { rehearse } from "../../rehearsal/rehearse";
import { RecordWriter } from "../../rehearsal/report/record";
import { TerminalReporter } from "../../rehearsal/report/terminal";
import { ProjectCopy } from "./project";
import { sharedPython } from "./python";

const ROLE = "arn:aws:iam::123456789012:role/all";

/** One step with a script, and the parameters that it has. */
function document(handler: string[], more: object = {}): object {
  const Script = ["import boto3", "def handler(events, context):", ...handler.map((line) => `    ${line}`)];
  const inputs = { Runtime: "python3.11", Handler: "handler", Script: `${Script.join("\n")}\n` };
  return {
    schemaVersion: "0.3",
    assumeRole: ROLE,
    mainSteps: [{ name: "work", action: "aws:executeScript", inputs }],
    ...more,
  };
}

const group = [`autoscaling = boto3.client("autoscaling")`];
const change = (configuration: string) =>
  `autoscaling.update_auto_scaling_group(AutoScalingGroupName="web", LaunchConfigurationName="${configuration}")`;

/** Three jobs: the first gives the group another image, the second goes back to the image before, the third only looks. */
const JOBS = {
  "create-image": document(
    [
      ...group,
      `found = boto3.client("ec2").describe_instances(InstanceIds=["i-0123456789abcdef0"])`,
      `image = found["Reservations"][0]["Instances"][0]["ImageId"]`,
      `if not autoscaling.describe_launch_configurations(LaunchConfigurationNames=["next"])["LaunchConfigurations"]:`,
      `    autoscaling.create_launch_configuration(LaunchConfigurationName="next", ImageId=image, InstanceType="t3.small")`,
      change("next"),
    ],
    { parameters: { AutoScalingGroupName: { type: "String", default: "web" } } },
  ),
  "roll-out": document([...group, change("web-initial")], {
    parameters: { ImageId: { type: "String", allowedValues: ["previous"] } },
  }),
  retire: document([`boto3.client("ec2").describe_images(Owners=["self"])`]),
};

/** The rule starts the first job and the last one. */
const PROGRAM = `
  import { EventRule, EventTarget } from "@pulumi/aws/cloudwatch";
  import { Role, RolePolicy } from "@pulumi/aws/iam";
  import { Rule } from "@pulumi/aws/rbin";
  import { Document } from "@pulumi/aws/ssm";
  const trusted = { Effect: "Allow", Principal: { Service: ["ssm.amazonaws.com", "events.amazonaws.com"] }, Action: "sts:AssumeRole" };
  const role = new Role("role", { name: "all", assumeRolePolicy: JSON.stringify({ Statement: trusted }) });
  const all = { Effect: "Allow", Action: "*", Resource: "*" };
  new RolePolicy("policy", { name: "all", role: role.name, policy: JSON.stringify({ Statement: all }) });
  // YAML takes JSON too, and in JSON AWS documents no scripts.
  const jobs: Record<string, object> = ${JSON.stringify(JOBS)};
  for (const [name, content] of Object.entries(jobs)) {
    new Document(name, { name: "web-" + name, documentType: "Automation", documentFormat: "YAML", content: JSON.stringify(content) });
  }
  const rule = new EventRule("rule", { name: "rule", scheduleExpression: "cron(30 5 * * ? *)", state: "ENABLED" });
  for (const name of ["retire", "create-image"]) {
    const arn = "arn:aws:ssm:ap-northeast-1:123456789012:automation-definition/web-" + name + ":$DEFAULT";
    new EventTarget(name, { rule: rule.name, targetId: name, arn, roleArn: role.arn, input: "{}" });
  }
  new Rule("bin", {
    resourceType: "EC2_IMAGE",
    resourceTags: [{ resourceTagKey: "ours" }],
    retentionPeriod: { retentionPeriodValue: 7, retentionPeriodUnit: "DAYS" },
  });
`;

describe("a rehearsal of several jobs", function () {
  // A watch-dog, and no measurement: each rehearsal runs the program twice, in processes of their own.
  let project: ProjectCopy;
  before(async () => {
    project = new ProjectCopy();
    project.write("index.ts", PROGRAM);
    project.stack("test", {});
    await sharedPython();
  });
  after(() => project.remove());

  async function run(wanted: { nights?: number; only?: string; rollBack?: boolean; faults?: string[] }) {
    const file = project.path("record.json");
    let out = "";
    const ok = await rehearse({
      nights: 1,
      ...wanted,
      stack: readStack(project.folder, "test"),
      from: new Date("2026-11-23T00:00:00Z"),
      faults: (wanted.faults ?? []).map((text) => Fault.read(text)),
      python: sharedPython(),
      reporter: new TerminalReporter({
        write: (text) => (out += text),
        terminal: false,
        colours: false,
      }),
      record: new RecordWriter(file),
    });
    const record = JSON.parse(fs.readFileSync(file, "utf8"));
    const runs = record.runs.map(({ night, runbook, status }: Record<string, unknown>) => [
      night,
      runbook,
      status,
    ]);
    return { ok, out, runs, record };
  }

  it("starts all that the schedule starts, and rolls the group back in the end where that is asked for", async () => {
    const { out, runs, record } = await run({ rollBack: true });
    expect(out).to.contain("Rule rule starts web-create-image and web-retire at cron(30 5 * * ? *), UTC.");
    expect(out).to.match(
      /Night 1 of 1, .*\n {2}create-image web-create-image\n {2}ok .* work\n {2}The run is Success/,
    );
    expect(out).to.match(/\nRoll-back, 2026-11-23T06:30:0\d.*\n {2}roll-out web-roll-out\n/);
    expect(runs).to.deep.equal([
      [1, "create-image", "Success"],
      [1, "retire", "Success"],
      [2, "roll-out", "Success"],
    ]);
    expect(record.runs[0].startedAt).to.equal(record.runs[1].startedAt);
    expect(Object.keys(record)).to.deep.equal([
      "resources",
      "runs",
      "messages",
      "fleet",
      "verification",
      "account",
    ]);
    expect(Object.keys(record.runs[0])).to.deep.equal([
      "night",
      "runbook",
      "documentName",
      "startedAt",
      "endedAt",
      "executionId",
      "status",
      "outputs",
      "steps",
      "calls",
    ]);
    const rollBack = record.verification.filter(({ check }: { check: string }) =>
      check.startsWith("roll-back: "),
    );
    expect(rollBack).to.not.deep.equal([]);
    expect(record.account.groups[0].LaunchConfigurationName).to.equal("web-initial");
  });

  it("starts one of them only, by the schedule or by hand", async () => {
    const scheduled = await run({ only: "retire", nights: 2 });
    expect(scheduled.runs).to.deep.equal([
      [1, "retire", "Success"],
      [2, "retire", "Success"],
    ]);
    expect(scheduled.out).to.match(/yes {2}what group web launches is as it was/);
    expect(scheduled.ok, scheduled.out).to.equal(true);
    const byHand = await run({ only: "roll-out" });
    expect(byHand.runs).to.deep.equal([[1, "roll-out", "NotStarted"]]);
    expect(byHand.out).to.contain("The run was not started: Parameter ImageId is required");
    expect(byHand.ok).to.equal(false);
  });

  it("says whether the group is safe, apart from whether the night succeeded, where a fault was asked for", async () => {
    const refused = await run({ faults: ["autoscaling:UpdateAutoScalingGroup:denied"] });
    expect(refused.out).to.match(
      /\nThe group is safe: web launches only images that are available \(ami-\w+\)\.\nThe night did not succeed\.\n$/,
    );
    const gone = await run({ nights: 2, faults: ["group-deleted:autoscaling:UpdateAutoScalingGroup@2"] });
    expect(gone.out).to.match(
      /\nThe group is NOT safe, web: there is no such group\.\n2 of 2 nights did not succeed: 1, 2\.\n$/,
    );
  });

  it("refuses to start a runbook that the program does not register", async () => {
    const failure = await run({ only: "watch" }).catch((error: Error) => error);
    expect((failure as Error).message).to.match(/^The program registers no runbook watch: name one of/);
  });
});
