import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { expect } from "chai";
import { ProjectCopy } from "./project";

interface Outcome {
  status: number | null;
  out: string;
  err: string;
}

describe("npm run rehearse", () => {
  let project: ProjectCopy;
  before(() => (project = new ProjectCopy()));
  after(() => project.remove());

  const rehearse = (...args: string[]): Outcome => {
    const { status, stdout, stderr } = spawnSync("npm", ["run", "--silent", "rehearse", "--", ...args], {
      cwd: project.folder,
      encoding: "utf8",
    });
    const err = stderr.split("\n").filter((line) => line !== "" && !line.startsWith("npm warn"));
    return { status, out: stdout, err: err.join("\n") };
  };

  it("shows what is registered, each step and the verification, exits 0 and writes the record", () => {
    const file = project.path("record.json");
    const { status, out, err } = rehearse("--from", "2026-11-23T00:00:00Z", "--nights", "2", "--json", file);
    expect(err).to.equal("");
    expect(status, out).to.equal(0);
    expect(out).to.not.contain("\u001b");
    for (const part of [
      "Stack dev registers, in ap-northeast-1 (aws, account 123456789012):",
      "SSMRoleForUpdateAutoScalingGroupAMI",
      "\nGroup web launches from launch configuration web-initial.\n",
      "Night 1 of 2, 2026-11-23T05:30:00.000Z",
      "Night 2 of 2, 2026-11-24T05:30:00.000Z",
      "  create-image ami-refresh-create-image-",
      "      roll-out ami-refresh-roll-out-",
      "  retire ami-refresh-retire-",
      "yes  image i-0123456789abcdef0_2026-11-23 is available",
      "yes  launch configuration web_2026-11-24 names it",
      "yes  group web refers to web_2026-11-24",
      "yes  what it launches is otherwise as the golden instance (t3.small)",
      "yes  its tag ami-refresh:rolled-out has the time of its roll-out (2026-11-24T05:35:",
      "yes  its tag ami-refresh:previous-image names what the group launched before (ami-",
      "yes  group web is otherwise as it was",
      "yes  nothing that another group launches has changed (other-team, other-team-batch)",
      "yes  every step succeeded",
      "yes  the program registers the same after the nights",
      "yes  nothing was deleted that is not the runbooks' own, or that something uses (",
      " checks hold.",
    ]) {
      expect(out).to.contain(part);
    }
    expect(out).to.match(/Rule \S+ starts \S+ and \S+ at cron\(30 5 \* \* \? \*\), UTC\./);
    expect(out).to.match(/ok +\dm \d+s {2}waitForImage/);
    expect(out).to.match(/\n {6}ok +\d+s {2}UpdateAutoScalingGroup/);

    const record = JSON.parse(fs.readFileSync(file, "utf8"));
    expect(Object.keys(record)).to.deep.equal([
      "resources",
      "runs",
      "messages",
      "fleet",
      "verification",
      "account",
    ]);
    expect(record.resources).to.have.length(25);
    expect(Object.keys(record.resources[0])).to.deep.equal(["type", "name", "inputs"]);
    const started = record.runs.map(({ runbook, startedAt }: Record<string, string>) => [
      runbook,
      startedAt.slice(0, 16),
    ]);
    expect(started).to.deep.equal(
      ["2026-11-23", "2026-11-24"].flatMap((day) => [
        ["create-image", `${day}T05:30`],
        ["retire", `${day}T05:30`],
        ["roll-out", `${day}T05:35`],
      ]),
    );
    expect(record.runs[2].parent).to.equal(record.runs[0].executionId);
    const [run] = record.runs;
    expect(run).to.include({ status: "Success" });
    expect(run.executionId).to.have.length(36);
    expect(Object.keys(run.steps[0])).to.include.members([
      "name",
      "action",
      "status",
      "startedAt",
      "endedAt",
      "attempts",
      "outputs",
    ]);
    expect(Object.keys(run.calls[0])).to.deep.equal(["step", "service", "api", "params", "response"]);
    expect(record.verification.every(({ ok }: { ok: boolean }) => ok)).to.equal(true);
    expect(Object.keys(record.account)).to.deep.equal([
      "images",
      "snapshots",
      "launchConfigurations",
      "launchTemplates",
      "groups",
      "instances",
    ]);
  });

  it("lets the group launch from something else, and says from what", () => {
    const file = project.path("mixed.json");
    const { status, out, err } = rehearse("--launch-source", "mixed", "--json", file);
    expect(err).to.equal("");
    expect(status, out).to.equal(0);
    for (const part of [
      "Group web launches from a mixed instances policy: launch template web, version 2; of 5 overrides, ",
      "yes  group web refers to its launch templates as before (the group to version 4 of lt-",
      "yes  what it launches has the image (override 0 (t3.small), ",
      "yes  what it launches is otherwise as it was (override 0 (t3.small), ",
      "yes  what it launches of another architecture is as it was (override 3 (t4g.small))",
      " checks hold.",
    ]) {
      expect(out).to.contain(part);
    }
    const { groups, launchTemplates } = JSON.parse(fs.readFileSync(file, "utf8")).account;
    expect(groups[0].MixedInstancesPolicy.LaunchTemplate.Overrides).to.have.length(5);
    const names = launchTemplates.map((one: { LaunchTemplateName: string }) => one.LaunchTemplateName);
    expect(names).to.include.members(["web", "web-large", "web-arm64", "other-team-batch"]);
  });

  it("exits 1 where something does not hold, and says what", () => {
    const { status, out } = rehearse("--fault", "autoscaling:UpdateAutoScalingGroup:denied");
    expect(status).to.equal(1);
    expect(out).to.match(/failed +\d+s {2}UpdateAutoScalingGroup\n.*AccessDenied/);
    expect(out).to.match(/no {3}group web refers to web_.*it refers to web-initial/);
    expect(out).to.contain("Not everything holds.");
  });

  it("has a help text", () => {
    const { status, out } = rehearse("--help");
    expect(status).to.equal(0);
    const options = [
      "--stack",
      "--from",
      "--nights",
      "--launch-source",
      "--crowded",
      "--fault",
      "--only",
      "--roll-back",
      "--json",
      "--help",
    ];
    for (const option of options) {
      expect(out).to.contain(option);
    }
  });

  describe("exits 2 with one sentence and no stack trace", () => {
    for (const [what, args, sentence] of [
      ["for an unknown option", ["--night", "2"], /^Unknown option '--night'.*--help\.$/],
      ["for a stray word", ["dev"], /^Unexpected argument 'dev'.*--help\.$/],
      ["for no number of nights", ["--nights", "0"], /^--nights 0: write a whole number/],
      [
        "for an unknown launch source",
        ["--launch-source", "fleet"],
        /^--launch-source fleet: write one of configuration, template, /,
      ],
      ["for a date that is none", ["--from", "yesterday"], /^--from yesterday: write a date/],
      [
        "for an unknown API",
        ["--fault", "ec2:CreateImages"],
        /^--fault ec2:CreateImages: the account has no API/,
      ],
      [
        "for a missing stack",
        ["--stack", "prod"],
        /^--stack prod: there is no Pulumi\.prod\.yaml in .*name one of dev/,
      ],
      [
        "for a file that cannot be written",
        ["--json", "/nowhere/record.json"],
        /^--json \/nowhere\/record\.json: the file cannot be written/,
      ],
    ] as const) {
      it(what, () => {
        const { status, out, err } = rehearse(...args);
        expect(err).to.match(sentence);
        expect(err).to.not.contain("\n");
        expect([status, out]).to.deep.equal([2, ""]);
      });
    }

    it("for an unreadable runbook", () => {
      const broken = new ProjectCopy();
      try {
        broken.write("documents/create-image.yaml", "a: [");
        const { status, stderr } = spawnSync("npm", ["run", "--silent", "rehearse"], {
          cwd: broken.folder,
          encoding: "utf8",
        });
        const lines = stderr.split("\n").filter((line) => line !== "" && !line.startsWith("npm warn"));
        expect(lines).to.have.length(1);
        expect(lines[0]).to.match(
          /^The program failed: AmiRefresh "ami-refresh": the runbook ".*create-image\.yaml" cannot be read/,
        );
        expect(status).to.equal(2);
      } finally {
        broken.remove();
      }
    });
  });
});
