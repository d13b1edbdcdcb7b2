import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { expect } from "chai";
import * as yaml from "js-yaml";
import { AmiRefresh } from "../components";
import { underMocks } from "./mocks";

const ROOT = path.join(__dirname, "..");
const GITHUB = path.join(ROOT, ".github");

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
  env?: Record<string, string>;
}

interface Job {
  if?: string;
  needs?: string;
  permissions?: Record<string, string>;
  "timeout-minutes": number;
  strategy?: { matrix: Record<string, unknown> };
  steps: Step[];
}

interface Workflow {
  text: string;
  on: Record<string, unknown>;
  permissions: Record<string, string>;
  jobs: Record<string, Job>;
}

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: string;
}

/** What the AWS provider calls for each look-up of the component. Recorded: provider 5.100 against an emulator. */
const CALLS_OF_LOOK_UPS: Record<string, string[]> = {
  "aws:autoscaling/getGroup:getGroup": ["autoscaling:DescribeAutoScalingGroups"],
  "aws:ec2/getInstance:getInstance": [
    "ec2:DescribeInstanceAttribute",
    "ec2:DescribeInstanceCreditSpecifications",
    "ec2:DescribeInstanceTypes",
    "ec2:DescribeInstances",
    "ec2:DescribeVolumes",
    "ec2:DescribeVpcs",
  ],
  "aws:ec2/getInstances:getInstances": ["ec2:DescribeInstances"],
  "aws:ec2/getLaunchConfiguration:getLaunchConfiguration": [
    "autoscaling:DescribeLaunchConfigurations",
    "ec2:DescribeImages",
  ],
  "aws:ec2/getLaunchTemplate:getLaunchTemplate": [
    "ec2:DescribeLaunchTemplateVersions",
    "ec2:DescribeLaunchTemplates",
  ],
  "aws:iam/getInstanceProfile:getInstanceProfile": ["iam:GetInstanceProfile"],
  // No permission is needed to ask who one is, and nothing is called for the other two.
  "aws:index/getCallerIdentity:getCallerIdentity": [],
  "aws:index/getPartition:getPartition": [],
  "aws:index/getRegion:getRegion": [],
};

/** And what it calls to read each resource again. */
const CALLS_OF_REFRESH: Record<string, string[]> = {
  "aws:iam/role:Role": [
    "iam:GetRole",
    "iam:GetRolePolicy",
    "iam:ListAttachedRolePolicies",
    "iam:ListRolePolicies",
  ],
  "aws:iam/rolePolicy:RolePolicy": ["iam:GetRolePolicy"],
  "aws:ssm/document:Document": ["ssm:DescribeDocument", "ssm:DescribeDocumentPermission", "ssm:GetDocument"],
  "aws:cloudwatch/eventRule:EventRule": ["events:DescribeRule", "events:ListTagsForResource"],
  "aws:cloudwatch/eventTarget:EventTarget": ["events:ListTargetsByRule"],
};

describe("the workflows", () => {
  for (const name of ["ci", "preview"]) {
    describe(name, () => {
      const { text, on, permissions, jobs } = workflow(name);

      it("pins every action by its commit, with the version beside it", () => {
        const used = text.split("\n").filter((line) => /\buses:/.test(line));
        expect(used).to.have.length.greaterThan(0);
        for (const line of used) {
          expect(line).to.match(/^ +- uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
        }
        const steps = Object.values(jobs).flatMap((job) => job.steps);
        expect(steps.filter(({ uses }) => uses !== undefined)).to.have.length(used.length);
      });

      it("is not run with the rights of the base branch for what a pull request holds", () => {
        expect(Object.keys(on)).to.not.include.members(["pull_request_target"]);
        expect(Object.keys(on)).to.not.include.members(["workflow_run"]);
        expect(Object.keys(on)).to.include("pull_request");
      });

      it("has no right but to read, unless a job says for what", () => {
        expect(permissions).to.deep.equal(name === "ci" ? { contents: "read" } : {});
      });

      it("leaves no token behind, ends by itself and puts no text of a pull request into a script", () => {
        for (const [job, { steps, "timeout-minutes": minutes }] of Object.entries(jobs)) {
          expect(minutes, job).to.be.greaterThan(0);
          for (const { uses, run, with: inputs } of steps) {
            if (uses?.startsWith("actions/checkout@")) {
              expect(inputs).to.deep.equal({ "persist-credentials": false });
            }
            expect(run ?? "", job).to.not.contain("${{");
          }
        }
      });
    });
  }

  describe("ci", () => {
    const { test } = workflow("ci").jobs;

    it("does what .ci/run does, on every Node that is promised and with the Python of the scripts", () => {
      const own = fs.readFileSync(path.join(ROOT, ".ci", "run"), "utf8");
      const commands = own.split("\n").filter((line) => line.startsWith("npm "));
      expect(test.steps.flatMap(({ run }) => run ?? [])).to.deep.equal(commands);
      expect(test.strategy?.matrix).to.deep.equal({ node: ["20", "22", "24"] });
      expect(given(test, "actions/setup-node").with?.["node-version"]).to.equal("${{ matrix.node }}");
      expect(given(test, "actions/setup-python").with).to.deep.equal({ "python-version": "3.11" });
    });
  });

  describe("preview", () => {
    const { skipped, stacks, preview } = workflow("preview").jobs;
    const mayRun =
      "vars.PREVIEW_ROLE_ARN != '' && github.event.pull_request.head.repo.full_name == github.repository";

    it("is made only where there is a role, and never for a fork", () => {
      expect(stacks.if).to.equal(mayRun);
      // A job whose needed job was skipped is skipped, unless it has a condition of its own.
      expect(preview.needs).to.equal("stacks");
      expect(preview.if).to.equal(undefined);
    });

    it("says why where it is skipped", () => {
      expect(skipped.if).to.equal(
        mayRun
          .replace("!=", "==")
          .replace("&&", "||")
          .replace(/==(?= github)/, "!="),
      );
      const [{ run, env }] = skipped.steps;
      expect(run).to.contain('"No preview was made: $WHY." >> "$GITHUB_STEP_SUMMARY"');
      expect(env?.WHY).to.contain("names no role").and.to.contain("comes from a fork");
    });

    it("gives each job no more than it takes", () => {
      expect(skipped.permissions).to.deep.equal({});
      expect(stacks.permissions).to.deep.equal({ contents: "read" });
      expect(preview.permissions).to.deep.equal({
        contents: "read",
        "id-token": "write",
        "pull-requests": "write",
      });
    });

    it("hands the secrets to the one step that needs them", () => {
      const { text } = workflow("preview");
      expect(text.match(/secrets\.[A-Z]/g)).to.have.length(2);
      expect(given(preview, "pulumi/actions").env).to.deep.equal({
        PULUMI_CONFIG_PASSPHRASE: "${{ secrets.PULUMI_CONFIG_PASSPHRASE }}",
        PULUMI_ACCESS_TOKEN: "${{ secrets.PULUMI_ACCESS_TOKEN }}",
      });
    });

    it("previews, changes nothing, and edits its comment", () => {
      const { devDependencies } = JSON.parse(fs.readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
        devDependencies: Record<string, string>;
      };
      expect(given(preview, "pulumi/actions").with).to.include({
        command: "preview",
        "stack-name": "${{ matrix.stack }}",
        "cloud-url": "${{ vars.PULUMI_BACKEND_URL }}",
        "pulumi-version": devDependencies["@pulumi/pulumi"],
        diff: true,
        "comment-on-pr": true,
        "edit-pr-comment": true,
      });
      expect(given(preview, "pulumi/actions").with).to.not.have.property("upsert");
      expect(given(preview, "aws-actions/configure-aws-credentials").with).to.include({
        "role-to-assume": "${{ vars.PREVIEW_ROLE_ARN }}",
        "aws-region": "${{ matrix.region }}",
      });
    });

    it("covers every stack file: the matrix is computed", () => {
      expect(preview.strategy?.matrix).to.deep.equal({
        include: "${{ fromJSON(needs.stacks.outputs.stacks) }}",
      });
      expect(stacks.steps.at(-1)?.run).to.equal('node .github/preview/stacks.mjs >> "$GITHUB_OUTPUT"');
      expect(matrixOf({ "Pulumi.yaml": "", "index.ts": "", ...stackFiles("prod", "dev") })).to.deep.equal({
        status: 0,
        out: `stacks=${JSON.stringify([
          { stack: "dev", region: "eu-west-1" },
          { stack: "prod", region: "eu-west-1" },
        ])}\n`,
        err: "",
      });
    });

    it("finds the stack files of this repository", () => {
      const { stdout } = spawnSync(process.execPath, [path.join(GITHUB, "preview", "stacks.mjs")], {
        cwd: ROOT,
        encoding: "utf8",
      });
      expect(stdout).to.contain('{"stack":"dev","region":"ap-northeast-1"}');
    });

    for (const [what, files, sentence] of [
      [
        "no stack file",
        {},
        "There is no stack file Pulumi.STACK.yaml: make one with pulumi stack init STACK.",
      ],
      [
        "a stack file without a Region",
        { "Pulumi.dev.yaml": "config: {}" },
        "Pulumi.dev.yaml has no aws:region: set it with pulumi config set aws:region REGION.",
      ],
      [
        "two stacks whose comments would be taken for each other",
        stackFiles("prod", "prod-eu"),
        "The name of stack prod-eu begins with that of stack prod, and the preview of one would take the place of the " +
          "other's comment: rename one of them.",
      ],
    ] as const) {
      it(`fails with one sentence for ${what}`, () => {
        expect(matrixOf(files)).to.deep.equal({ status: 1, out: "", err: `::error::${sentence}\n` });
      });
    }
  });

  describe("the preview's role", () => {
    it("may read what the look-ups and a refresh read, and nothing else", async () => {
      const { resources } = await underMocks(
        () =>
          new AmiRefresh("web", {
            instanceId: "i-0123456789abcdef0",
            autoScalingGroupName: "web",
            prefix: "web",
            cron: "30 5 * * ? *",
          }),
      );
      const types = resources.filter(({ custom }) => custom).map(({ type }) => type);
      expect([...new Set(types)].sort()).to.deep.equal(Object.keys(CALLS_OF_REFRESH).sort());
      expect(lookedUpByTheComponent()).to.deep.equal(Object.keys(CALLS_OF_LOOK_UPS).sort());
      const called = [...Object.values(CALLS_OF_LOOK_UPS), ...Object.values(CALLS_OF_REFRESH)].flat();
      const allowed = statements("role-policy").flatMap(({ Action }) => Action);
      expect(allowed.sort()).to.deep.equal([...new Set(called)].sort());
    });

    it("may do on everything only what has no resource level", () => {
      for (const { Action, Resource } of statements("role-policy")) {
        if (Resource === "*") {
          [Action].flat().forEach((action) => expect(action).to.match(/^(autoscaling|ec2):Describe/));
          expect(Action).to.not.include("ec2:DescribeInstanceAttribute");
        }
      }
    });

    it("is taken by pull requests of one repository, and reads the state without writing it", () => {
      const [trust] = statements("trust-policy");
      expect(trust).to.deep.include({
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": "repo:OWNER/REPOSITORY:pull_request",
          },
        },
      });
      expect(statements("state-policy").map(({ Action }) => Action)).to.deep.equal([
        "s3:ListBucket",
        "s3:GetObject",
      ]);
    });
  });
});

function workflow(name: string): Workflow {
  const text = fs.readFileSync(path.join(GITHUB, "workflows", `${name}.yml`), "utf8");
  return { ...(yaml.load(text) as Omit<Workflow, "text">), text };
}

/** The step of a job that uses an action. */
function given(job: Job, action: string): Step {
  const found = job.steps.filter(({ uses }) => uses?.startsWith(`${action}@`));
  expect(found, action).to.have.length(1);
  return found[0];
}

function stackFiles(...names: string[]): Record<string, string> {
  const text = "encryptionsalt: v1:x\nconfig:\n  aws:region: eu-west-1\n  ami-refresh:prefix: web\n";
  return Object.fromEntries(names.map((name) => [`Pulumi.${name}.yaml`, text]));
}

/** Runs the script that computes the matrix, in a folder with these files. */
function matrixOf(files: Record<string, string>): { status: number | null; out: string; err: string } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "stacks-"));
  try {
    Object.entries(files).forEach(([name, text]) => fs.writeFileSync(path.join(folder, name), text));
    const script = path.join(GITHUB, "preview", "stacks.mjs");
    const { status, stdout, stderr } = spawnSync(process.execPath, [script], {
      cwd: folder,
      encoding: "utf8",
    });
    return { status, out: stdout, err: stderr };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

function statements(name: string): Statement[] {
  const text = fs.readFileSync(path.join(GITHUB, "preview", `${name}.json`), "utf8");
  return (JSON.parse(text) as { Statement: Statement[] }).Statement;
}

/** The tokens of every look-up that the component's source imports, whether or not a group needs it. */
function lookedUpByTheComponent(): string[] {
  const folder = path.join(ROOT, "components");
  const files = fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"));
  const text = files.map((file) => fs.readFileSync(path.join(folder, file), "utf8")).join("\n");
  const imported = [...text.matchAll(/import \{ get\w+Output \} from "@pulumi\/aws\/(?:(\w+)\/)?(get\w+)"/g)];
  return imported.map(([, module = "index", name]) => `aws:${module}/${name}:${name}`).sort();
}
