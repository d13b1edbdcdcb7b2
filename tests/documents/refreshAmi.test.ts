import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { Ajv } from "ajv";
import { expect } from "chai";
import * as yaml from "js-yaml";
import { automationPolicy } from "../../components/automationPolicy";
import type { LaunchFacts } from "../../components/launch/facts";
import { forKind } from "../../components/forKind";
import { fillIn, loadRunbook, runbookFile, written } from "../../components/runbook";
import { readRunbook } from "../../rehearsal/automation/reading/runbook";
import { TOKYO } from "../mocks";
import { SCHEMA_PATCH } from "./schemaPatch";

interface Step {
  name: string;
  action: string;
  description?: string;
  timeoutSeconds?: number;
  maxAttempts?: number;
  onFailure?: string;
  isCritical?: boolean;
  isEnd?: boolean;
  nextStep?: string;
  inputs: Record<string, unknown> & {
    Service?: string;
    Api?: string;
    Script?: string;
    Runtime?: string;
    Choices?: { NextStep: string }[];
    Default?: string;
  };
  outputs?: { Name: string }[];
}

interface Document {
  description: string;
  parameters: Record<
    string,
    { type: string; description: string; default?: unknown; allowedPattern?: string }
  >;
  mainSteps: Step[];
  outputs: string[];
}

const TEXT = fs.readFileSync(runbookFile(), "utf8");
const DOCUMENT = yaml.load(TEXT) as Document;
const STEPS = DOCUMENT.mainSteps;
const SCRIPTS = STEPS.filter(({ inputs }) => inputs.Script !== undefined);

/** Everything that the role may be asked for: a launch configuration from either source, and every way to use a template. */
const FACTS: LaunchFacts = {
  kind: "configuration",
  templates: [],
  profiles: ["web"],
  roleArns: ["arn:aws:iam::123456789012:role/web"],
  taggedTypes: ["instance"],
  namedArns: [],
  keyArns: ["arn:aws:kms:ap-northeast-1:123456789012:key/0123"],
};
const REFRESHED = {
  ...TOKYO,
  instanceId: "i-0123456789abcdef0",
  autoScalingGroupName: "web",
  prefix: "web",
  launchConfigurationFrom: "instance" as const,
  retire: true,
  launch: FACTS,
};
const POLICIES = [
  REFRESHED,
  { ...REFRESHED, launchConfigurationFrom: "group" as const },
  {
    ...REFRESHED,
    launch: {
      ...FACTS,
      kind: "mixed" as const,
      templates: [
        { id: "lt-0123456789abcdef0", refersBy: ["default" as const, "latest" as const, "number" as const] },
      ],
    },
  },
].map(automationPolicy);

/** What AWS does with the caller's rights when one of these is called; components/policies.ts names the sources. */
const ON_BEHALF: Record<string, string[]> = {
  "ec2:CreateImage": ["ec2:CreateTags"],
  "ec2:DescribeImageReferences": [
    "ec2:DescribeLaunchTemplates",
    "ec2:DescribeLaunchTemplateVersions",
    "imagebuilder:GetContainerRecipe",
    "imagebuilder:ListContainerRecipes",
    "imagebuilder:ListImageRecipes",
    "ssm:DescribeParameters",
    "ssm:GetParameters",
  ],
  "autoscaling:UpdateAutoScalingGroup": ["ec2:RunInstances", "ec2:CreateTags", "iam:PassRole"],
  "autoscaling:CreateLaunchConfiguration": [
    "ec2:DescribeImages",
    "ec2:DescribeInstances",
    "ec2:DescribeInstanceAttribute",
    "ec2:DescribeKeyPairs",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSpotInstanceRequests",
    "ec2:DescribeVpcClassicLink",
    "iam:PassRole",
  ],
};

describe("documents/refresh-ami.yaml", () => {
  describe("against AWS's schema", () => {
    const schema = JSON.parse(
      fs.readFileSync(require.resolve("aws-ssm-document-language-service/dist/schema.json"), "utf8"),
    ) as object;
    for (const { at, add } of SCHEMA_PATCH) {
      const list = at.reduce<unknown>(
        (value, key) => (value as Record<string, unknown>)[key],
        schema,
      ) as string[];
      list.push(add);
    }
    // The schema has a pattern with bare braces, which a regular expression in Unicode mode does not take.
    const validate = new Ajv({ strict: false, unicodeRegExp: false, allErrors: true }).compile(schema);

    it("is valid as it stands", () => {
      expect(validate(DOCUMENT), JSON.stringify(validate.errors)).to.equal(true);
    });

    it("is valid with values filled in", () => {
      const content = fillIn(
        loadRunbook(),
        {
          ...REFRESHED,
          allowSharedTemplate: false,
          customerKeyReady: false,
          reboot: false,
          retainImages: 14,
          retainLaunchConfigurations: 2,
          tags: { Team: "web" },
        },
        "arn:aws:iam::123456789012:role/automation",
      );
      expect(validate(yaml.load(content)), JSON.stringify(validate.errors)).to.equal(true);
      expect(readRunbook(content, "YAML").mainSteps).to.not.have.length(0);
    });

    it("would not be, were it wrong", () => {
      const wrong = {
        ...DOCUMENT,
        mainSteps: [{ ...STEPS[0], inputs: { ...STEPS[0].inputs, Runtime: "python3.8" } }],
      };
      expect(validate(wrong)).to.equal(false);
    });

    it("needs each line of the patch, and each has a source", () => {
      for (const { add, source } of SCHEMA_PATCH) {
        expect(TEXT).to.contain(add);
        expect(source).to.match(/^https:\/\/docs\.aws\.amazon\.com\//);
      }
    });
  });

  it("has these steps", () => {
    expect(STEPS.map(({ name }) => name)).to.deep.equal([
      "preflight",
      "launchSource",
      "retire",
      "chooseDryRun",
      "createImage",
      "waitForImage",
      "assertImageAvailable",
      "chooseLaunchSource",
      "CreateLaunchConfiguration",
      "UpdateAutoScalingGroup",
      "advanceLaunchTemplates",
      "report",
      "imageNotAvailable",
    ]);
  });

  it("is executed by the rehearsal for either kind: every construct, step and reference is known", () => {
    for (const kind of ["configuration", "templates"] as const) {
      const { mainSteps } = readRunbook(written(forKind(loadRunbook(), kind)), "YAML");
      expect(mainSteps.length, kind).to.be.greaterThan(5);
    }
  });

  it("has the article's parameters, and describes each parameter and each step", () => {
    expect(Object.keys(DOCUMENT.parameters)).to.include.members([
      "AutomationAssumeRole",
      "InstanceId",
      "LaunchConfigPrefix",
      "AutoScalingGroupName",
    ]);
    for (const [name, { description }] of Object.entries(DOCUMENT.parameters)) {
      expect(description, name).to.match(/^\((Required|Optional)\) .*\.$/);
    }
    for (const { name, description } of STEPS) {
      expect(description, name).to.match(/[.?]$/);
    }
  });

  it("can be pasted and run: what the component alone knows has a default that compares nothing", () => {
    const required = Object.entries(DOCUMENT.parameters).filter(([, one]) => one.default === undefined);
    expect(required.map(([name]) => name)).to.deep.equal([
      "AutomationAssumeRole",
      "InstanceId",
      "LaunchConfigPrefix",
      "AutoScalingGroupName",
    ]);
    expect(DOCUMENT.parameters.PermissionsMadeFor.default).to.deep.equal([]);
    expect(DOCUMENT.parameters.MayLaunch.default).to.deep.equal(["*"]);
  });

  describe("patterns", () => {
    for (const [parameter, value, ok] of [
      ["AutomationAssumeRole", "arn:aws:iam::123456789012:role/x", true],
      ["AutomationAssumeRole", "arn:aws-us-gov:iam::123456789012:role/path/x", true],
      ["AutomationAssumeRole", "x", false],
      ["InstanceId", "i-0123456789abcdef0", true],
      ["InstanceId", "i-12345678", true],
      ["InstanceId", "i-1234567", false],
      ["LaunchConfigPrefix", "x".repeat(235), true],
      ["LaunchConfigPrefix", "x".repeat(236), false],
      ["LaunchConfigPrefix", "a*", false],
      ["AutoScalingGroupName", "x".repeat(255), true],
      ["AutoScalingGroupName", "x".repeat(256), false],
      ["AutoScalingGroupName", "a:b", false],
      ["AutoScalingGroupName", "{a}", false],
    ] as const) {
      it(`${parameter} ${ok ? "takes" : "refuses"} ${value.slice(0, 30)}`, () => {
        expect(new RegExp(`^(?:${DOCUMENT.parameters[parameter].allowedPattern})$`).test(value)).to.equal(ok);
      });
    }
  });

  it("as `npm run runbook` prints it is no larger than AWS takes, the four parameters that must be given included", () => {
    for (const kind of ["configuration", "templates"] as const) {
      expect(Buffer.byteLength(written(forKind(loadRunbook(), kind))) + 1536).to.be.at.most(64 * 1024);
    }
  });

  it("takes every output of the document from the last step that a good run has", () => {
    const report = STEPS.find(({ isEnd }) => isEnd);
    expect(report?.name).to.equal("report");
    expect(DOCUMENT.outputs).to.deep.equal(report?.outputs?.map(({ Name }) => `report.${Name}`));
  });

  it("has explicit time-outs within AWS's limits", () => {
    const most: Record<string, number> = { "aws:executeScript": 600, "aws:executeAwsApi": 25 };
    // A branch decides at once, and takes no time-out.
    for (const { name, action, timeoutSeconds } of STEPS.filter((step) => step.action !== "aws:branch")) {
      expect(timeoutSeconds, name).to.be.greaterThan(0);
      expect(timeoutSeconds, name).to.be.at.most(most[action] ?? 43200);
    }
  });

  describe("failure edges", () => {
    const handlers = STEPS.filter(({ onFailure }) => onFailure?.startsWith("step:"));

    it("are written out at every step, and none goes on as if nothing had happened", () => {
      for (const { name, onFailure } of STEPS.filter((step) => step.action !== "aws:branch")) {
        expect(onFailure, name).to.match(/^(Abort|step:\w+)$/);
      }
    });

    it("leave the run failed: the step is critical where a handler follows", () => {
      expect(handlers.map(({ name }) => name)).to.deep.equal(["waitForImage", "assertImageAvailable"]);
      handlers.forEach(({ name, isCritical }) => expect(isCritical, name).to.equal(true));
    });

    it("end without a changed group", () => {
      for (const { name, onFailure } of handlers) {
        for (const step of reachable(onFailure?.slice("step:".length))) {
          expect(callsOf(step), `${name} leads to ${step.name}`).to.deep.equal(["ec2:DescribeImages"]);
        }
      }
    });

    it("cannot be fallen into from a good run", () => {
      const good = reachable("preflight").map(({ name }) => name);
      const behind = handlers.flatMap(({ onFailure }) => reachable(onFailure?.slice("step:".length)));
      behind.forEach(({ name, isEnd }) => {
        expect(good).to.not.include(name);
        expect(isEnd, name).to.equal(true);
      });
    });
  });

  describe("scripts", () => {
    it("are one a question, of python3.11, with no Automation reference inside", () => {
      expect(SCRIPTS.map(({ name }) => name)).to.deep.equal([
        "preflight",
        "launchSource",
        "retire",
        "createImage",
        "CreateLaunchConfiguration",
        "advanceLaunchTemplates",
        "report",
        "imageNotAvailable",
      ]);
      for (const { name, inputs } of SCRIPTS) {
        expect(inputs.Runtime, name).to.equal("python3.11");
        expect(inputs.Script, name).to.not.contain("{{");
      }
    });

    it("say the same where they have a function in common: one script cannot use another's", () => {
      const bodies = SCRIPTS.flatMap(({ name, inputs: { Script = "" } }) =>
        Script.split(/\n(?=\S)/)
          .map((block) => ({ step: name, fn: /^def (\w+)/.exec(block)?.[1], body: withoutDocstring(block) }))
          .filter(({ fn }) => fn !== undefined),
      );
      const common = ["is_dry", "is_true", "order", "pages", "read_run", "seen", "yield_to_earlier"];
      for (const fn of common) {
        const found = bodies.filter((one) => one.fn === fn);
        expect(found.length, fn).to.be.greaterThan(1);
        for (const { step, body } of found) {
          expect(body, `${fn} of ${step}`).to.equal(found[0].body);
        }
      }
    });

    it("swallow nothing: every except names what it expects, or raises the same again", () => {
      for (const { name, inputs } of SCRIPTS) {
        const script = inputs.Script?.replace(/except Exception as error:\n +put_back\(.*\)\n +raise\n/, "");
        expect(script, name).to.not.match(/except( Exception.*)?:|except .*:\s*pass/);
      }
    });

    it("wait for every state that an image stays in, so that a failed one ends the run at once", () => {
      const wait = STEPS.find(({ name }) => name === "waitForImage");
      // EC2's ImageState without pending and transient, which pass.
      const states = ["available", "failed", "error", "invalid", "deregistered", "disabled"];
      expect(wait?.inputs.DesiredValues).to.deep.equal(states);
      const assertion = STEPS.find(({ name }) => name === "assertImageAvailable");
      expect(assertion?.inputs.DesiredValues).to.deep.equal(["available"]);
    });

    it("wait 12 hours for the image, in all attempts together", () => {
      const wait = STEPS.find(({ name }) => name === "waitForImage");
      expect((wait?.timeoutSeconds ?? 0) * (wait?.maxAttempts ?? 1)).to.equal(12 * 3600);
    });

    it("ask CreateImage once, whatever happens to the answer", () => {
      const createImage = STEPS.find(({ name }) => name === "createImage");
      expect(createImage?.maxAttempts).to.equal(1);
      expect(createImage?.inputs.Script).to.contain("Config(retries=dict(total_max_attempts=1))");
      expect(createImage?.inputs.Script).to.match(/once\.create_image\(/);
    });

    it("compile with a real Python 3.11", function () {
      const version = spawnSync("python3", ["-c", "import sys; print(sys.version_info[:2] == (3, 11))"]);
      if (String(version.stdout).trim() !== "True") {
        // The rehearsal's own Python is newer and takes more; CI has a 3.11.
        this.skip();
      }
      for (const { name, inputs } of SCRIPTS) {
        const compiled = spawnSync(
          "python3",
          ["-c", "import sys; compile(sys.stdin.read(), 'script', 'exec')"],
          {
            input: inputs.Script,
          },
        );
        expect(compiled.status, `${name}: ${String(compiled.stderr)}`).to.equal(0);
      }
    });
  });

  describe("permissions", () => {
    const called = new Set(STEPS.flatMap(callsOf));
    const needed = new Set([...called].flatMap((action) => [action, ...(ON_BEHALF[action] ?? [])]));
    const permitted = new Set(POLICIES.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action)));

    it("hold every API that a step or a script calls", () => {
      expect([...needed].filter((action) => !permitted.has(action))).to.deep.equal([]);
    });

    it("hold nothing that no run uses", () => {
      expect([...permitted].filter((action) => !needed.has(action))).to.deep.equal([]);
    });
  });
});

function withoutDocstring(code: string): string {
  return code.replace(/\n\s*""".*"""/g, "").trim();
}

/** The steps that a run goes through from this one on, as long as all succeed. */
function reachable(name: string | undefined): Step[] {
  const step = STEPS.find((one) => one.name === name);
  expect(step, `step ${name}`).to.not.equal(undefined);
  if (step === undefined || step.isEnd) {
    return step === undefined ? [] : [step];
  }
  const { Choices = [], Default } = step.inputs;
  const branches = [...Choices.map(({ NextStep }) => NextStep), Default].filter((next) => next !== undefined);
  const following = branches.length > 0 ? branches : [step.nextStep ?? STEPS[STEPS.indexOf(step) + 1]?.name];
  return [step, ...following.flatMap(reachable)];
}

/** The APIs that a step calls, as IAM actions. */
function callsOf({ inputs }: Step): string[] {
  if (inputs.Service !== undefined) {
    return [`${inputs.Service}:${inputs.Api}`];
  }
  const script = inputs.Script ?? "";
  const clients = new Map(
    [...script.matchAll(/^(\w+) = boto3\.client\('(\w+)'/gm)].map(([, name, service]) => [name, service]),
  );
  const direct = [...script.matchAll(/boto3\.client\('(\w+)'\)\.(\w+)\(/g)].map(([, service, method]) =>
    action(service, method),
  );
  // Called, or handed on to be called.
  const named = [...script.matchAll(/\b(\w+)\.([a-z]+_[a-z_]+)\b/g)]
    .filter(([, name, method]) => clients.has(name) && method !== "get_paginator")
    .map(([, name, method]) => action(clients.get(name) ?? "", method));
  const paged = [...script.matchAll(/\b(\w+)\.get_paginator\('(\w+)'\)/g)].map(([, name, method]) =>
    action(clients.get(name) ?? "", method),
  );
  const pages = [...script.matchAll(/\bpages\(\s*(\w+), '(\w+)'/g)].map(([, name, method]) =>
    action(clients.get(name) ?? "", method),
  );
  const naming = [...script.matchAll(/\bnaming\([^']+'(describe_\w+)'/g)].map(([, method]) =>
    action("ec2", method),
  );
  return [...new Set([...direct, ...named, ...paged, ...pages, ...naming])].filter((called) =>
    called.includes(":"),
  );
}

/** boto3's method as an API name. */
function action(service: string, method: string): string {
  const api = method.split("_").map((word) => word[0].toUpperCase() + word.slice(1));
  return `${service}:${api.join("")}`;
}
