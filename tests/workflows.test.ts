import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { runInNewContext } from "node:vm";
import { expect } from "chai";
import * as yaml from "js-yaml";
import { AmiRefresh } from "../components";
import { underMocks } from "./mocks";

const ROOT = path.join(__dirname, "..");
const GITHUB = path.join(ROOT, ".github");

interface Step {
  id?: string;
  if?: string;
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
  "aws:scheduler/scheduleGroup:ScheduleGroup": [
    "scheduler:GetScheduleGroup",
    "scheduler:ListTagsForResource",
  ],
  "aws:scheduler/schedule:Schedule": ["scheduler:GetSchedule"],
  "aws:sqs/queue:Queue": ["sqs:GetQueueAttributes", "sqs:ListQueueTags"],
  "aws:sqs/queuePolicy:QueuePolicy": ["sqs:GetQueueAttributes"],
  "aws:sns/topic:Topic": ["sns:GetTopicAttributes", "sns:ListTagsForResource"],
  "aws:sns/topicPolicy:TopicPolicy": ["sns:GetTopicAttributes"],
  "aws:sns/topicSubscription:TopicSubscription": ["sns:GetSubscriptionAttributes"],
  "aws:cloudwatch/metricAlarm:MetricAlarm": ["cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource"],
  "aws:cloudwatch/dashboard:Dashboard": ["cloudwatch:GetDashboard"],
};

/** Whether a preview is made, and what the summary says where it is not. */
const SITUATIONS = [
  { of: "the repository itself" },
  { of: "a repository that names no role", role: "", why: /^the variable PREVIEW_ROLE_ARN .+ names no role/ },
  { of: "a fork", head: "somebody/fork", why: /^the pull request comes from a fork/ },
  { of: "Dependabot", actor: "dependabot[bot]", why: /^the pull request comes from Dependabot/ },
];

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
      // There in an environment that is thrown away, here on a machine that is.
      const install = "-m pip install --quiet --requirement tests/scripts/requirements.txt";
      expect(own).to.contain(install);
      expect(test.steps.flatMap(({ run }) => run ?? [])).to.deep.equal([`python3 ${install}`, ...commands]);
      expect(own).to.match(/^export PYTHON=/m);
      expect(test.steps.find(({ run }) => run === "npm run test:all")?.env).to.deep.equal({
        PYTHON: "python3",
      });
      expect(test.strategy?.matrix).to.deep.equal({ node: ["20", "22", "24"] });
      expect(given(test, "actions/setup-node").with?.["node-version"]).to.equal("${{ matrix.node }}");
      expect(given(test, "actions/setup-python").with).to.deep.equal({ "python-version": "3.11" });
    });
  });

  describe("preview", () => {
    const { skipped, stacks, preview } = workflow("preview").jobs;

    for (const { of, why, ...situation } of SITUATIONS) {
      it(`is ${why === undefined ? "made" : "skipped, and says why,"} for a pull request of ${of}`, () => {
        const contexts = contextsOf(situation);
        expect(evaluated(stacks.if, contexts)).to.equal(why === undefined);
        expect(evaluated(skipped.if, contexts)).to.equal(why !== undefined);
        if (why !== undefined) {
          expect(evaluated(skipped.steps[0].env?.WHY, contexts)).to.match(why);
        }
      });
    }

    it("is skipped, and says why, where every stack is left out", () => {
      const say = stacks.steps.at(-1);
      for (const [left, some] of [
        ["[]", false],
        ['[{"stack":"dev","region":"eu-west-1"}]', true],
      ] as const) {
        const outputs = { stacks: { outputs: { stacks: left } } };
        expect(evaluated(preview.if, { needs: outputs }), left).to.equal(some);
        expect(evaluated(say?.if, { steps: outputs }), left).to.equal(!some);
      }
      expect(say?.env?.WHY).to.match(/^the variable PREVIEW_SKIPPED_STACKS .+ leaves out every stack$/);
      // A job whose needed job was skipped is skipped, unless its condition asks for a status, as always() does.
      expect(preview.needs).to.equal("stacks");
      expect(preview.if).to.not.contain("(");
    });

    it("says it in the summary of the run", () => {
      for (const { run } of [skipped.steps[0], stacks.steps[2]]) {
        expect(run).to.contain('"No preview was made: $WHY." >> "$GITHUB_STEP_SUMMARY"');
      }
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
      expect(stacks.steps[1]).to.deep.equal({
        id: "stacks",
        env: { PREVIEW_SKIPPED_STACKS: "${{ vars.PREVIEW_SKIPPED_STACKS }}" },
        run: 'node .github/preview/stacks.mjs >> "$GITHUB_OUTPUT"',
      });
      expect(matrixOf({ "Pulumi.yaml": "", "index.ts": "", ...stackFiles("prod", "dev") })).to.deep.equal({
        status: 0,
        out: `stacks=${JSON.stringify([
          { stack: "dev", region: "eu-west-1" },
          { stack: "prod", region: "eu-west-1" },
        ])}\n`,
        err: "",
      });
    });

    for (const [names, left] of [
      ["", ["a", "b", "c"]],
      ["b", ["a", "c"]],
      [" a,\tb ", ["c"]],
      ["c b\na", []],
    ] as const) {
      it(`leaves out the stacks of ${JSON.stringify(names)}`, () => {
        const { out, err } = matrixOf(stackFiles("a", "b", "c"), names);
        expect(err).to.equal("");
        expect(out).to.equal(
          `stacks=${JSON.stringify(left.map((stack) => ({ stack, region: "eu-west-1" })))}\n`,
        );
      });
    }

    it("asks nothing of a stack that is left out", () => {
      const files = { ...stackFiles("prod"), "Pulumi.pro.yaml": "config: {}" };
      expect(matrixOf(files, "pro")).to.deep.equal({
        status: 0,
        out: 'stacks=[{"stack":"prod","region":"eu-west-1"}]\n',
        err: "",
      });
    });

    it("finds the stack files of this repository", () => {
      // Whoever uses the repository has stack files of their own beside these.
      const own = ["Pulumi.yaml", "Pulumi.dev.yaml"];
      const files = Object.fromEntries(
        own.map((file) => [file, fs.readFileSync(path.join(ROOT, file), "utf8")]),
      );
      expect(matrixOf(files).out).to.equal('stacks=[{"stack":"dev","region":"ap-northeast-1"}]\n');
      expect(matrixOf(files, "dev")).to.deep.equal({ status: 0, out: "stacks=[]\n", err: "" });
    });

    for (const [what, files, sentence, names] of [
      [
        "no stack file",
        {},
        "There is no stack file Pulumi.STACK.yaml: make one with pulumi stack init STACK.",
        "",
      ],
      [
        "a stack file without a Region",
        { "Pulumi.dev.yaml": "config: {}" },
        "Pulumi.dev.yaml has no aws:region: set it with pulumi config set aws:region REGION.",
        "",
      ],
      [
        "two stacks whose comments would be taken for each other",
        stackFiles("prod", "prod-eu"),
        "The name of stack prod-eu begins with that of stack prod, and the preview of one would take the place of the " +
          "other's comment: rename one of them.",
        "",
      ],
      [
        "a name to leave out that is no stack's",
        stackFiles("dev"),
        "PREVIEW_SKIPPED_STACKS names staging, which has no stack file: take it out of that variable of the repository.",
        "dev staging",
      ],
    ] as const) {
      it(`fails with one sentence for ${what}`, () => {
        expect(matrixOf(files, names)).to.deep.equal({ status: 1, out: "", err: `::error::${sentence}\n` });
      });
    }
  });

  describe("the preview's role", () => {
    it("may read what the look-ups and a refresh read, and nothing else", async () => {
      const types: string[] = [];
      for (const timeZone of [undefined, "Asia/Tokyo"]) {
        const { resources } = await underMocks(
          () =>
            new AmiRefresh("web", {
              instanceId: "i-0123456789abcdef0",
              autoScalingGroupName: "web",
              prefix: "web",
              cron: "30 5 * * ? *",
              timeZone,
              notifications: { emails: ["team@example.com"] },
              dashboard: true,
            }),
        );
        types.push(...resources.filter(({ custom }) => custom).map(({ type }) => type));
      }
      expect([...new Set(types)].sort()).to.deep.equal(Object.keys(CALLS_OF_REFRESH).sort());
      expect(lookedUpByTheComponent()).to.deep.equal(Object.keys(CALLS_OF_LOOK_UPS).sort());
      const lookUps = Object.values(CALLS_OF_LOOK_UPS).flat();
      const refresh = Object.values(CALLS_OF_REFRESH).flat();
      // On everything only what has no resource level.
      const everything = /^(autoscaling|ec2):Describe(?!InstanceAttribute$)/;
      const inRegion = (service: string) => `arn:aws:${service}:ap-northeast-1:123456789012`;
      expect(statements("role-policy")).to.deep.equal([
        allowed("LookUps", lookUps, everything, "*"),
        allowed(
          "LookUpsOfTheGoldenInstance",
          lookUps,
          /^ec2:DescribeInstanceAttribute$/,
          `${inRegion("ec2")}:instance/*`,
        ),
        allowed(
          "LookUpsOfInstanceProfiles",
          lookUps,
          /^iam:/,
          "arn:aws:iam::123456789012:instance-profile/*",
        ),
        allowed("RefreshOfRoles", refresh, /^iam:/, "arn:aws:iam::123456789012:role/ami-refresh-*"),
        allowed("RefreshOfTheRunbook", refresh, /^ssm:/, `${inRegion("ssm")}:document/ami-refresh-*`),
        allowed("RefreshOfTheRules", refresh, /^events:/, `${inRegion("events")}:rule/ami-refresh-*`),
        allowed(
          "RefreshOfTheSchedules",
          refresh,
          /^scheduler:/,
          `${inRegion("scheduler")}:schedule-group/ami-refresh-*`,
          `${inRegion("scheduler")}:schedule/ami-refresh-*`,
        ),
        allowed("RefreshOfTheQueue", refresh, /^sqs:/, `${inRegion("sqs")}:ami-refresh-*`),
        allowed("RefreshOfTheTopic", refresh, /^sns:/, `${inRegion("sns")}:ami-refresh-*`),
        // AWS authorises DescribeAlarms on all alarms.
        allowed(
          "RefreshOfTheAlarms",
          refresh,
          /^cloudwatch:.*(Alarms|Tags)/,
          `${inRegion("cloudwatch")}:alarm:*`,
        ),
        allowed(
          "RefreshOfTheDashboard",
          refresh,
          /^cloudwatch:GetDashboard$/,
          "arn:aws:cloudwatch::123456789012:dashboard/ami-refresh-*",
        ),
      ]);
      const granted = statements("role-policy").flatMap(({ Action }) => Action);
      expect(granted.sort()).to.deep.equal([...new Set([...lookUps, ...refresh])].sort());
    });

    it("is taken by pull requests of one repository, in either form of the subject", () => {
      expect(statements("trust-policy")).to.deep.equal([
        {
          Sid: "PullRequestsOfThisRepository",
          Effect: "Allow",
          Principal: {
            Federated: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com",
          },
          Action: ["sts:AssumeRoleWithWebIdentity"],
          Condition: {
            StringEquals: {
              "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
              "token.actions.githubusercontent.com:sub": [
                "repo:OWNER/REPOSITORY:pull_request",
                "repo:OWNER@OWNER_ID/REPOSITORY@REPO_ID:pull_request",
              ],
            },
          },
        },
      ]);
    });

    it("reads the state of this project, and writes none", () => {
      const { name } = yaml.load(fs.readFileSync(path.join(ROOT, "Pulumi.yaml"), "utf8")) as { name: string };
      expect(statements("state-policy")).to.deep.equal([
        {
          Sid: "FindTheState",
          Effect: "Allow",
          Action: ["s3:ListBucket"],
          Resource: "arn:aws:s3:::BUCKET",
          // IfExists, because the backend also reads a file of tags that most stacks lack. S3 says that an object is missing
          // only to those who may list the bucket, and reading an object has no prefix; else it says "access denied".
          Condition: { StringLikeIfExists: { "s3:prefix": [".pulumi/stacks/", `.pulumi/stacks/${name}/*`] } },
        },
        {
          Sid: "ReadTheState",
          Effect: "Allow",
          Action: ["s3:GetObject"],
          Resource: ["arn:aws:s3:::BUCKET/.pulumi/meta.yaml", `arn:aws:s3:::BUCKET/.pulumi/stacks/${name}/*`],
        },
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

/** What an expression of a workflow can ask of the pull request that it runs for. */
function contextsOf({
  role = "arn:aws:iam::123456789012:role/preview",
  head = "owner/own",
  actor = "octocat",
}) {
  const event = { pull_request: { head: { repo: { full_name: head } } } };
  return { vars: { PREVIEW_ROLE_ARN: role }, github: { repository: "owner/own", actor, event } };
}

/** The operators of these expressions mean in JavaScript what they mean to GitHub. */
function evaluated(expression: string | undefined, contexts: object): unknown {
  return runInNewContext(expression?.replace(/^\$\{\{|\}\}$/g, "") ?? "", { ...contexts });
}

interface Matrix {
  status: number | null;
  out: string;
  err: string;
}

/** Runs the script that computes the matrix, in a folder with these files. */
function matrixOf(files: Record<string, string>, skipped?: string): Matrix {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "stacks-"));
  try {
    Object.entries(files).forEach(([name, text]) => fs.writeFileSync(path.join(folder, name), text));
    return matrixIn(folder, skipped);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** A variable that the repository lacks is an empty text in a workflow. */
function matrixIn(folder: string, skipped = ""): Matrix {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(GITHUB, "preview", "stacks.mjs")],
    { cwd: folder, encoding: "utf8", env: { ...process.env, PREVIEW_SKIPPED_STACKS: skipped } },
  );
  return { status, out: stdout, err: stderr };
}

/** The statements of a policy, each with its actions as a list. */
function statements(name: string): Statement[] {
  const text = fs.readFileSync(path.join(GITHUB, "preview", `${name}.json`), "utf8");
  const { Statement } = JSON.parse(text) as { Statement: Statement[] };
  return Statement.map((statement) => ({ ...statement, Action: [statement.Action].flat() }));
}

/** The statement that allows those of the calls that are of this kind. */
function allowed(sid: string, calls: string[], kind: RegExp, ...resources: string[]): object {
  const actions = [...new Set(calls)].filter((call) => kind.test(call)).sort();
  return {
    Sid: sid,
    Effect: "Allow",
    Action: actions,
    Resource: resources.length === 1 ? resources[0] : resources,
  };
}

/** The tokens of every look-up that the component's source imports, whether or not a group needs it. */
function lookedUpByTheComponent(): string[] {
  const folder = path.join(ROOT, "components");
  const files = fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"));
  const text = files.map((file) => fs.readFileSync(path.join(folder, file), "utf8")).join("\n");
  const imported = [
    ...text.matchAll(/import \{\s*get\w+Output\b[^}]*\} from "@pulumi\/aws\/(?:(\w+)\/)?(get\w+)"/g),
  ];
  return imported.map(([, module = "index", name]) => `aws:${module}/${name}:${name}`).sort();
}
