import { expect } from "chai";
import { Account } from "../../rehearsal/account/account";
import { Clock } from "../../rehearsal/account/clock";
import { runProgram } from "../../rehearsal/deploy/program";
import { Provider } from "../../rehearsal/deploy/provider";
import { readStack } from "../../rehearsal/deploy/stack";
import { Fault } from "../../rehearsal/faults";
import type { GoldenState } from "../../rehearsal/account/world";
import type { SourceKind } from "../../rehearsal/account/world/sourceKinds";
import { rehearse } from "../../rehearsal/rehearse";
import type { Mishaps } from "../../rehearsal/stage";
import { TerminalReporter } from "../../rehearsal/report/terminal";
import { ProjectCopy } from "./project";
import { sharedPython } from "./python";

describe("a rehearsal", function () {
  // A watch-dog, and no measurement: each rehearsal runs the program twice, in processes of their own.
  let project: ProjectCopy;
  before(async () => {
    project = new ProjectCopy();
    await sharedPython();
  });
  after(() => project.remove());

  async function run(
    values: Record<string, unknown>,
    {
      nights = 1,
      faults = [] as string[],
      from = "2026-11-23T00:00:00Z",
      colours = false,
      only = undefined as string | undefined,
      launchSource = undefined as SourceKind | undefined,
      golden = undefined as GoldenState | undefined,
      mishaps = undefined as Mishaps | undefined,
    } = {},
  ): Promise<{ ok: boolean; out: string }> {
    project.stack("test", values);
    let out = "";
    const ok = await rehearse({
      stack: readStack(project.folder, "test"),
      from: new Date(from),
      nights,
      faults: faults.map((text) => Fault.read(text)),
      only,
      launchSource,
      golden,
      mishaps,
      python: sharedPython(),
      reporter: new TerminalReporter({ write: (text) => (out += text), terminal: colours, colours }),
    });
    return { ok, out };
  }

  const failure = (...args: Parameters<typeof run>): Promise<string> =>
    run(...args).then(
      () => "nothing failed",
      (error: Error) => error.message,
    );

  it("starts the runs by hand where the rule is disabled, and says so", async () => {
    const { ok, out } = await run({ "ami-refresh:enabled": false });
    expect(ok).to.equal(true);
    expect(out).to.contain("is DISABLED: nothing starts by itself, so the runs are started by hand.");
    expect(out).to.contain("Night 1 of 1, 2026-11-23T05:30:00.000Z");
    expect(out).to.contain("No notifications are configured: failures are told to nobody.");
  });

  it("shows the messages that a person receives, and registers the same after the nights", async () => {
    const notifications = { emails: ["team@example.com"] };
    const { ok, out } = await run({
      "ami-refresh:notifications": notifications,
      "ami-refresh:dashboard": true,
      "ami-refresh:maxImageAgeDays": 30,
    });
    expect(ok, out).to.equal(true);
    expect(out).to.match(/message 2026-11-23T00:00:00\.000Z ALARM: "ami-refresh-silent-watch-alarm/);
    expect(out).to.not.contain("No notifications are configured");
  });

  for (const [region, partition] of [
    ["cn-north-1", "aws-cn"],
    ["us-gov-west-1", "aws-us-gov"],
    ["eusc-de-east-1", "aws-eusc"],
    ["us-isof-south-1", "aws-iso-f"],
  ]) {
    it(`holds in partition ${partition}`, async () => {
      const { ok, out } = await run({ "aws:region": region });
      expect(out).to.contain(`in ${region} (${partition}, account 123456789012)`);
      expect(ok, out).to.equal(true);
    });
  }

  it("holds with every option", async () => {
    const { ok, out } = await run({
      "ami-refresh:reboot": true,
      "ami-refresh:launchConfigurationFrom": "group",
      "ami-refresh:rolePath": "/automation/",
      "ami-refresh:instanceProfileRoleArns": ["arn:aws:iam::123456789012:role/web"],
      "ami-refresh:permissionsBoundaryArn": "arn:aws:iam::123456789012:policy/boundary",
      "ami-refresh:names": { document: "RefreshWeb", rule: "nightly" },
      "ami-refresh:tags": { Team: "web" },
    });
    expect(ok, out).to.equal(true);
    expect(out).to.contain("RefreshWeb");
  });

  it("starts a run that the one before it overlaps, and that leaves the group to it", async () => {
    const { out } = await run({ "ami-refresh:cron": "0 * * * ? *" }, { nights: 3, faults: ["image-slow@1"] });
    expect(out).to.contain("Night 3 of 3, 2026-11-23T02:00:00.000Z");
    expect(out).not.to.contain("The run is Failed");
    expect(out.match(/yes {2}image i-0123456789abcdef0_2026-11-23/g)).to.have.length(1);
  });

  it("checks that what runs keep is bounded, by what the stack says", async () => {
    const usual = await run({});
    expect(usual.ok, usual.out).to.equal(true);
    expect(usual.out).to.contain("yes  at most 15 images are the runbooks' (1 images)");
    expect(usual.out).to.contain("yes  at most 3 launch configurations are the runbooks'");
    const fewer = await run(
      { "ami-refresh:retainImages": 1, "ami-refresh:retainLaunchConfigurations": 1 },
      { nights: 4 },
    );
    expect(fewer.ok, fewer.out).to.equal(true);
    expect(fewer.out).to.contain(
      "yes  at most 2 images are the runbooks' (2 images, and beside these i-0123456789abcdef0_",
    );
    expect(fewer.out).to.contain("yes  at most 2 launch configurations are the runbooks'");
    const { out } = await run({ "ami-refresh:retire": false });
    expect(out).not.to.contain("are the runbooks' (");
  });

  it("compares what nights cost where there are enough of them", async () => {
    const { ok, out } = await run({}, { nights: 31 });
    expect(ok, out).to.equal(true);
    expect(out).to.match(
      /yes {2}night 31 made at most 1\.1 times the calls of night 30 \(\d+ calls, and \d+\)/,
    );
  });

  for (const [step, bounded] of [
    ["retire", true],
    ["look", false],
  ] as const) {
    it(`${bounded ? "checks" : "does not check"} bounds of a runbook whose step is ${step}`, async () => {
      const small = new ProjectCopy();
      try {
        small.write("index.ts", smallProgram(step));
        let out = "";
        await rehearse({
          stack: readStack(small.folder, "dev"),
          from: new Date(),
          nights: 1,
          faults: [],
          python: sharedPython(),
          reporter: new TerminalReporter({ write: (text) => (out += text), terminal: false, colours: false }),
        });
        expect(out.includes("at most 15 images are the runbooks'")).to.equal(bounded);
      } finally {
        small.remove();
      }
    });
  }

  it("fails where the program, run again, refuses what became of the account", async () => {
    const { ok, out } = await run({}, { faults: ["instance-terminated"] });
    expect(ok).to.equal(false);
    expect(out).to.match(
      /no {3}the program registers the same after the nights \(The program failed: .*instanceId "i-0123456789abcdef0" is terminated/,
    );
  });

  it("fails where the program, run again, registers something else", async () => {
    const restless = new ProjectCopy();
    try {
      restless.replace(
        "index.ts",
        "readArguments());",
        "{ ...readArguments(), tags: { At: String(process.hrtime()[1]) } });",
      );
      let out = "";
      const ok = await rehearse({
        stack: readStack(restless.folder, "dev"),
        from: new Date(),
        nights: 1,
        faults: [],
        python: sharedPython(),
        reporter: new TerminalReporter({ write: (text) => (out += text), terminal: false, colours: false }),
      });
      expect(ok).to.equal(false);
      expect(out).to.match(
        /no {3}the program registers the same after the nights \(.*ami-refresh-create-image.* changed\)/,
      );
    } finally {
      restless.remove();
    }
  });

  it("fails where a fault never happened", async () => {
    const { ok, out } = await run({}, { faults: ["ec2:DescribeInstances@7"] });
    expect(out).to.contain(
      "no   the fault ec2:DescribeInstances@7 happened (no call that it means was made)",
    );
    expect(ok).to.equal(false);
  });

  it("starts what only is to run, of the runbooks that there are", async () => {
    expect(await failure({}, { only: "retires" })).to.match(
      /^The program registers no runbook retires: name one of (roll-out|create-image|retire)(, \S+){2}\.$/,
    );
  });

  for (const launchSource of ["template", "template-default"] as const) {
    it(`shows how instances go back from a bad image, on ${launchSource}`, async () => {
      const { ok, out } = await run(
        { "ami-refresh:instanceRefresh": { minHealthyPercentage: 50 } },
        { nights: 3, launchSource, mishaps: { bad: 2 } },
      );
      expect(ok, out).to.equal(true);
      expect(out).to.match(/ {4}\d\d:\d\d:\d\d {2}2 on ami-\w+, 2 not healthy on ami-\w+\n/);
      expect(out).to.contain("yes  the night ended Failed, and says that the refresh did not succeed");
      // Where AWS cannot roll back those stay that are new, until Auto Scaling replaces what is not healthy.
      expect(out.includes("every instance runs what the group launched before")).to.equal(
        launchSource === "template",
      );
    });
  }

  it("refuses a bad image that nobody would notice", async () => {
    expect(await failure({}, { mishaps: { bad: 1 } })).to.equal(
      "--bad-image 1 would change nothing, because the roll-out of this program replaces no instances: set " +
        "instanceRefresh, or leave the option out.",
    );
  });

  it("refuses a failing patch where nothing is run, and shows one where something is", async () => {
    expect(await failure({}, { mishaps: { unpatched: 1 } })).to.equal(
      "--failing-patch 1 would change nothing, because this program runs no command on the golden instance: set patch, or " +
        "leave the option out.",
    );
    const keys = { "ami-refresh:patch": {}, "ami-refresh:startStopped": true };
    const shown = await run(keys, { nights: 2, golden: "stopped", mishaps: { unpatched: 2 } });
    expect(shown.ok, shown.out).to.equal(true);
    expect(shown.out).to.contain("yes  the golden instance was not patched, and no image was made of it");
    expect(shown.out).to.contain("(it was stopped, and is stopped)");
    const unmanaged = await run(keys, { golden: "unmanaged" });
    expect(unmanaged.ok, unmanaged.out).to.equal(true);
  });

  it("says which kind of group it assumes, and how to choose another", async () => {
    expect((await run({}, { only: "create-image" })).out).to.contain(
      "That kind of group (configuration) is assumed here, your own is not looked at; for another, --launch-source " +
        "template, template-default, template-latest, parameter, mixed.",
    );
  });

  it("shows colours and progress on a terminal", async () => {
    const { out } = await run({}, { colours: true });
    expect(out).to.contain("\u001b[32m");
    expect(out).to.contain("\r\u001b[2K\u001b[2mThe program runs …");
  });

  describe("cannot be made", () => {
    for (const [what, values, sentence] of [
      ["without a Region", { "aws:region": undefined }, /^Pulumi\.test\.yaml has no aws:region/],
      [
        "in a Region that no partition has",
        { "aws:region": "ap-notheast" },
        /^Pulumi\.test\.yaml has aws:region ap-notheast, which is a Region of no partition of AWS: correct it/,
      ],
      [
        "without a required key",
        { "ami-refresh:cron": undefined },
        /^Pulumi\.test\.yaml has no ami-refresh:cron, which Pulumi\.yaml requires/,
      ],
      [
        "with a value of another type",
        { "ami-refresh:enabled": "often" },
        /^Pulumi\.test\.yaml has "often" for ami-refresh:enabled, which Pulumi\.yaml declares as boolean/,
      ],
      [
        "with a secret",
        { "ami-refresh:prefix": { secure: "v1:x" } },
        /^ami-refresh:prefix is a secret \(secure:\)/,
      ],
      [
        "with a secret inside",
        { "ami-refresh:tags": { Team: { secure: "v1:x" } } },
        /^ami-refresh:tags\.Team is a secret/,
      ],
      [
        "with a value that the component refuses",
        { "ami-refresh:instanceId": "i-1" },
        /^The program failed: AmiRefresh "ami-refresh": instanceId "i-1"/,
      ],
      [
        "with a role that is no list",
        { "ami-refresh:instanceProfileRoleArns": "arn:aws:iam::123456789012:role/x" },
        /^The program failed: AmiRefresh "ami-refresh": instanceProfileRoleArns "arn:.*" is not a list/,
      ],
      [
        "with a list of no roles",
        { "ami-refresh:instanceProfileRoleArns": [5] },
        /^The program failed: AmiRefresh "ami-refresh": instanceProfileRoleArns\[0\] 5 is not a string/,
      ],
      [
        "with a misspelled key",
        { "ami-refresh:tag": {} },
        /^The program failed: configuration "ami-refresh:tag" is not known: .*; write tags, or remove it/,
      ],
    ] as const) {
      it(what, async () => {
        expect(await failure(values)).to.match(sentence);
      });
    }

    it("with a fault at a step that no runbook has", async () => {
      expect(await failure({}, { faults: ["group-deleted:advanceLaunchTemplates"] })).to.match(
        /^--fault group-deleted:advanceLaunchTemplates: no runbook has a step advanceLaunchTemplates; the steps are .*createImage,/,
      );
    });

    it("when the schedule fires fewer times than there are nights", async () => {
      const message = await failure({ "ami-refresh:cron": "0 5 1 1 ? 2027-2028" }, { nights: 3 });
      expect(message).to.match(
        /^The schedule cron\(0 5 1 1 \? 2027-2028\) of stack test fires 2 times from 2026-11-23/,
      );
      expect(await failure({ "ami-refresh:cron": "0 5 1 1 ? 2020" })).to.match(/fires 0 times/);
    });
  });

  describe("takes as a failure of the program", () => {
    const original = "index.ts";
    let broken: ProjectCopy;
    beforeEach(() => (broken = new ProjectCopy()));
    afterEach(() => broken.remove());

    const failing = (program: string): Promise<string> => {
      broken.write(original, program);
      return rehearse({
        stack: readStack(broken.folder, "dev"),
        from: new Date(),
        nights: 1,
        faults: [],
        python: sharedPython(),
        reporter: new TerminalReporter({ write: () => undefined, terminal: false, colours: false }),
      }).then(
        () => "nothing failed",
        (error: Error) => error.message,
      );
    };

    for (const [what, program, message] of [
      ["an exception", 'throw new Error("broken");', "The program failed: broken"],
      ["an unhandled rejection", 'void Promise.reject(new Error("late"));', "The program failed: late"],
      [
        "an Output that is rejected",
        'import * as pulumi from "@pulumi/pulumi"; import { AmiRefresh } from "./components";\n' +
          'new AmiRefresh("x", { instanceId: pulumi.output(Promise.resolve("i-1")), autoScalingGroupName: "web", prefix: "web", cron: "0 1 * * ? *" });',
        'The program failed: AmiRefresh "x": instanceId "i-1" is not an EC2 instance id',
      ],
      [
        "a look-up that finds nothing, which it hears of in the component's words",
        'import { AmiRefresh } from "./components";\n' +
          'new AmiRefresh("x", { instanceId: "i-12345678", autoScalingGroupName: "web", prefix: "web", cron: "0 1 * * ? *" });',
        'The program failed: AmiRefresh "x": instanceId "i-12345678" does not exist in the provider\'s account and Region',
      ],
      ["no resource at all", "export {};", "The program failed: it registered no resource."],
      ["an exit", "process.exit(3);", "The program failed: its process ended with status 3"],
      [
        "a resource that is not modelled",
        'import * as kinesis from "@pulumi/aws/kinesis"; new kinesis.Stream("s");',
        "The rehearsal does not model the resource type aws:kinesis/stream:Stream (s).",
      ],
      [
        "a look-up that is not modelled",
        'import { getRegionsOutput } from "@pulumi/aws/getRegions"; export const r = getRegionsOutput({});',
        "The rehearsal does not model the look-up aws:index/getRegions:getRegions",
      ],
      [
        "two schedules",
        'import { AmiRefresh } from "./components";\n' +
          'const args = { instanceId: "i-0123456789abcdef0", autoScalingGroupName: "web", prefix: "web", cron: "0 1 * * ? *" };\n' +
          'new AmiRefresh("a", args); new AmiRefresh("b", { ...args, autoScalingGroupName: "other-team", prefix: "b" });',
        "The program registers 2 resources of type aws:cloudwatch/eventRule:EventRule",
      ],
    ] as const) {
      it(what, async () => {
        expect(await failing(program)).to.contain(message);
      });
    }

    it("a value that never comes", async () => {
      broken.write(
        original,
        'import * as pulumi from "@pulumi/pulumi"; import * as iam from "@pulumi/aws/iam";\n' +
          "const never = pulumi.output(new Promise<string>(() => undefined));\n" +
          'new iam.Role("role", { assumeRolePolicy: never });',
      );
      const stack = readStack(broken.folder, "dev");
      const provider = new Provider(new Account(stack.place, new Clock(new Date())));
      const failure = await runProgram(stack, provider, 3).catch((error: Error) => error);
      expect((failure as Error).message).to.match(
        /^The program failed: it did not come to its end within 3 seconds/,
      );
    });
  });
});

/** Registers a runbook with one step that does nothing, started by hand. */
function smallProgram(step: string): string {
  const content = {
    schemaVersion: "0.3",
    mainSteps: [
      {
        name: step,
        action: "aws:executeScript",
        inputs: {
          Runtime: "python3.11",
          Handler: "handler",
          Script: "def handler(events, context):\n    return 1\n",
        },
      },
    ],
  };
  return `
    import { EventRule, EventTarget } from "@pulumi/aws/cloudwatch";
    import { Document } from "@pulumi/aws/ssm";
    new Document("d", { name: "d", documentType: "Automation", documentFormat: "YAML", content: ${JSON.stringify(JSON.stringify(content))} });
    const rule = new EventRule("r", { name: "r", scheduleExpression: "cron(30 5 * * ? *)", state: "DISABLED" });
    const arn = "arn:aws:ssm:ap-northeast-1:123456789012:automation-definition/d:$DEFAULT";
    new EventTarget("t", { rule: rule.name, targetId: "t", arn, roleArn: "arn:y", input: "{}" });
  `;
}
