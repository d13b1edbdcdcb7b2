import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { Ajv } from "ajv";
import { expect } from "chai";
import * as yaml from "js-yaml";
import { fillIn, writeDocument } from "../../components/document/fillIn";
import { loadRunbook, RUNBOOK_NAMES, type RunbookName } from "../../components/document/load";
import { assumeLaunch } from "../../components/launch/facts";
import { createImageStatements } from "../../components/permissions/createImage";
import { publishImage } from "../../components/permissions/parameter";
import { patchStatements } from "../../components/permissions/patch";
import type { Statement } from "../../components/permissions/policy";
import { refreshStatements } from "../../components/permissions/refresh";
import { retireStatements } from "../../components/permissions/retire";
import { watchStatements } from "../../components/permissions/watch";
import { rollOutStatements } from "../../components/permissions/rollOut";
import { rollOutWithRefreshStatements } from "../../components/permissions/rollOutWithRefresh";
import type { Scope } from "../../components/permissions/scope";
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
  outputs?: { Name: string; Type?: string }[];
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

const FOLDER = path.join(__dirname, "..", "..", "documents");
const ROLE = "arn:aws:iam::123456789012:role/web";

/** The longest that a file may be, so that a person reads it in five minutes. */
const LINES_MAX = 250;

/** What the article has, and whoever comes from it looks for: parameters of every start, and steps. */
const OF_THE_ARTICLE = {
  parameters: ["AutomationAssumeRole", "InstanceId", "LaunchConfigPrefix", "AutoScalingGroupName"],
  steps: ["createImage", "CreateLaunchConfiguration", "UpdateAutoScalingGroup"],
};

const PYTHON_3_11 = ["python3.11", "python3"].find((python) => {
  const { stdout } = spawnSync(python, ["-c", "import sys; print(sys.version_info[:2])"], {
    encoding: "utf8",
  });
  return stdout?.trim() === "(3, 11)";
});

const RETIRE = {
  steps: ["retire", "report"],
  handlers: [],
  required: [
    "AutomationAssumeRole",
    "InstanceId",
    "LaunchConfigPrefix",
    "AutoScalingGroupName",
    "RollOutDocumentName",
  ],
};

const WATCH = {
  steps: ["measure", "report"],
  handlers: [],
  required: ["AutomationAssumeRole", "AutoScalingGroupName"],
};

interface Expected {
  /** In their order; those behind a failure alone come last. */
  steps: string[];
  handlers: string[];
  /** Handlers that stand among the steps, because others follow that all runs take. */
  amongSteps?: string[];
  /** What a start by hand has to give where nothing is filled in. */
  required: string[];
}

const EXPECTED: Record<RunbookName, Expected> = {
  "create-image": {
    steps: [
      "yieldToEarlierRun",
      "chooseWhetherToGoOn",
      "checkGoldenInstance",
      "lookForChanges",
      "chooseWhetherToImage",
      "chooseWhetherToPatch",
      "patch",
      "createImage",
      "waitForImage",
      "assertImageAvailable",
      "rollOut",
      "report",
    ],
    handlers: ["imageNotAvailable", "patchFailed", "rollOutFailed"],
    required: [
      "AutomationAssumeRole",
      "InstanceId",
      "LaunchConfigPrefix",
      "AutoScalingGroupName",
      "RollOutDocumentName",
    ],
  },
  "patch-golden-instance": {
    steps: [
      "checkInstance",
      "chooseWhatToDo",
      "startInstance",
      "chooseWhetherItStarts",
      "waitForAgent",
      "sendCommand",
      "chooseWhetherToWait",
      "waitForCommand",
      "assertCommandSuccessful",
      "endCommand",
      "stopInstance",
      "report",
    ],
    // What follows a failure is that which follows success, too.
    handlers: ["endCommand", "stopInstance", "report", "stopInstanceOnCancel"],
    amongSteps: ["endCommand"],
    required: ["AutomationAssumeRole", "InstanceId"],
  },
  "roll-out-launch-configuration": {
    steps: [
      "checkGroup",
      "CreateLaunchConfiguration",
      "chooseWhetherToUpdate",
      "UpdateAutoScalingGroup",
      "chooseWhetherToPause",
      "pauseSchedule",
      "publishImage",
      "report",
    ],
    handlers: [],
    required: [
      "AutomationAssumeRole",
      "ImageId",
      "InstanceId",
      "LaunchConfigPrefix",
      "AutoScalingGroupName",
      "RuleName",
    ],
  },
  "roll-out-launch-template": {
    steps: [
      "checkGroup",
      "advanceLaunchTemplates",
      "chooseWhetherToPause",
      "pauseSchedule",
      "publishImage",
      "report",
    ],
    handlers: [],
    required: ["AutomationAssumeRole", "ImageId", "LaunchConfigPrefix", "AutoScalingGroupName", "RuleName"],
  },
  "roll-out-parameter": {
    steps: ["checkGroup", "putParameter", "chooseWhetherToPause", "pauseSchedule", "publishImage", "report"],
    handlers: [],
    required: ["AutomationAssumeRole", "ImageId", "AutoScalingGroupName", "RuleName"],
  },
  "roll-out-with-refresh": {
    steps: [
      "checkRefresh",
      "chooseWhetherToWait",
      "waitForStoppedRefresh",
      "chooseWhetherToWaitForItsRun",
      "waitForItsRun",
      "lookAtStoppedRefresh",
      "prepare",
      "readPrepared",
      "refreshInstances",
      "chooseWhetherToPause",
      "pauseSchedule",
      "publishImage",
      "report",
    ],
    handlers: ["explainFailedRun", "stopRefresh"],
    required: [
      "AutomationAssumeRole",
      "ImageId",
      "AutoScalingGroupName",
      "RuleName",
      "PrepareDocumentName",
      "RefreshDocumentName",
    ],
  },
  "refresh-instances-launch-configuration": {
    steps: [
      "startRefresh",
      "chooseWhetherToWait",
      "waitForRefresh",
      "assertRefreshSuccessful",
      "rollBack",
      "chooseWhetherItEnds",
      "waitForItsEnd",
      "goBack",
      "chooseWhetherToWaitForTheWayBack",
      "waitForTheWayBack",
      "report",
    ],
    // A refresh that could not begin leads to them too.
    handlers: ["rollBack", "waitForItsEnd", "goBack", "waitForTheWayBack", "report"],
    required: ["AutomationAssumeRole", "AutoScalingGroupName", "HandedOn"],
  },
  "refresh-instances-launch-template": {
    steps: [
      "startRefresh",
      "chooseWhetherToWait",
      "waitForRefresh",
      "assertRefreshSuccessful",
      "rollBack",
      "chooseWhetherItEnds",
      "waitForItsEnd",
      "report",
    ],
    handlers: ["rollBack", "waitForItsEnd", "report"],
    required: ["AutomationAssumeRole", "AutoScalingGroupName", "HandedOn"],
  },
  "retire-images": RETIRE,
  "retire-images-parameter": RETIRE,
  watch: WATCH,
  "watch-parameter": WATCH,
};

/** What a run that is cancelled puts out. */
const OF_CANCEL: Partial<Record<RunbookName, string[]>> = {
  "roll-out-with-refresh": ["stopRefresh.NewInstances"],
  "refresh-instances-launch-configuration": ["rollBack.NewInstances"],
  "refresh-instances-launch-template": ["rollBack.NewInstances"],
};

/** Of the handlers of these, which alone change anything, what puts back what the run changed. */
const PUTS_BACK: Partial<Record<RunbookName, string[]>> = {
  "patch-golden-instance": ["CancelCommand", "StopInstances"],
  "roll-out-with-refresh": [
    "CancelInstanceRefresh",
    "DeleteLaunchTemplateVersions",
    "RollbackInstanceRefresh",
  ],
  "refresh-instances-launch-configuration": [
    "CancelInstanceRefresh",
    "CreateTags",
    "StartInstanceRefresh",
    "UpdateAutoScalingGroup",
  ],
  "refresh-instances-launch-template": [
    "CancelInstanceRefresh",
    "CreateTags",
    "DeleteLaunchTemplateVersions",
    "ModifyLaunchTemplate",
    "RollbackInstanceRefresh",
    "UpdateAutoScalingGroup",
  ],
};

/** What a roll-out may beside, where it writes the image into a parameter. */
const PUBLISH = publishImage(TOKYO, "/web/ami");

/** What is made with the permissions of each runbook, in every way that a permission depends on. */
const STATEMENTS: Record<RunbookName, Statement[]> = {
  "create-image": (["configuration", "templates", "parameter"] as const).flatMap((kind) =>
    createImageStatements(scopeOf(kind), [{ documentName: "RollOut", roleArn: ROLE }], true),
  ),
  "patch-golden-instance": patchStatements(scopeOf("configuration"), "AWS-RunPatchBaseline", true),
  "roll-out-launch-configuration": [
    ...rollOutStatements(scopeOf("configuration")),
    ...rollOutStatements({ ...scopeOf("configuration"), launchConfigurationFrom: "group" }),
    ...PUBLISH,
  ],
  "roll-out-launch-template": [...rollOutStatements(scopeOf("templates")), ...PUBLISH],
  "roll-out-parameter": [...rollOutStatements(scopeOf("parameter")), ...PUBLISH],
  "roll-out-with-refresh": [
    ...(["configuration", "templates"] as const).flatMap((kind) =>
      rollOutWithRefreshStatements(
        scopeOf(kind),
        ["Alarms=errors"],
        [{ documentName: "Prepare", roleArn: ROLE }],
      ),
    ),
    ...PUBLISH,
  ],
  "refresh-instances-launch-configuration": refreshStatements(scopeOf("configuration"), []),
  "refresh-instances-launch-template": refreshStatements(scopeOf("templates"), []),
  "retire-images": retireStatements(scopeOf("templates")),
  "retire-images-parameter": retireStatements(scopeOf("parameter")),
  watch: (["configuration", "templates"] as const).flatMap((kind) =>
    watchStatements(scopeOf(kind), ROLE, true),
  ),
  "watch-parameter": watchStatements(scopeOf("parameter"), ROLE, true),
};

/** What AWS does with the caller's rights when one of these is called; components/permissions names the sources. */
const ON_BEHALF: Record<string, string[]> = {
  CreateImage: ["CreateTags"],
  CreateLaunchConfiguration: [
    "DescribeImages",
    "DescribeInstances",
    "DescribeInstanceAttribute",
    "DescribeKeyPairs",
    "DescribeSecurityGroups",
    "DescribeSpotInstanceRequests",
    "DescribeVpcClassicLink",
    "PassRole",
  ],
  DescribeImageReferences: [
    "DescribeLaunchTemplates",
    "DescribeLaunchTemplateVersions",
    "GetContainerRecipe",
    "ListContainerRecipes",
    "ListImageRecipes",
    "DescribeParameters",
    "GetParameters",
  ],
  StartAutomationExecution: ["PassRole"],
  // Of an instance with volumes that a customer managed key encrypts.
  StartInstances: ["CreateGrant"],
};

/** With a launch template, an update of the group launches on trial. */
const ON_BEHALF_OF_TEMPLATES = { UpdateAutoScalingGroup: ["RunInstances", "CreateTags", "PassRole"] };

/** What a policy of its own allows, because it names the schedule's rule. */
const OF_ANOTHER_POLICY = ["DisableRule", "GetSchedule", "UpdateSchedule"];

const validate = validator();

describe("the runbooks:", () => {
  for (const name of RUNBOOK_NAMES) {
    describe(name, () => {
      const document = loadRunbook(name) as unknown as Document;
      const steps = document.mainSteps;
      const { handlers, amongSteps = [], ...expected } = EXPECTED[name];

      it("is short enough to be read", () => {
        const text = fs.readFileSync(path.join(FOLDER, `${name}.yaml`), "utf8");
        expect(text.trimEnd().split("\n").length).to.be.lessThan(LINES_MAX);
      });

      it("is valid against AWS's schema, as it stands and with values filled in", () => {
        for (const text of [writeDocument(loadRunbook(name)), filledIn(name)]) {
          expect(validate(yaml.load(text)), JSON.stringify(validate.errors)).to.equal(true);
        }
        const [first, ...others] = steps;
        const wrong = { ...first, inputs: { ...first.inputs, Runtime: "python3.8" } };
        expect(validate({ ...document, mainSteps: [wrong, ...others] })).to.equal(false);
      });

      it("is executed by the rehearsal: every construct, step and reference is known", () => {
        expect(readRunbook(filledIn(name), "YAML").mainSteps).to.have.length(steps.length);
      });

      it("has these steps, and describes each of them and each parameter", () => {
        expect(steps.map((step) => step.name)).to.deep.equal([...new Set([...expected.steps, ...handlers])]);
        for (const step of steps) {
          expect(step.description, step.name).to.match(/[.?]$/);
        }
        for (const [parameter, { description }] of Object.entries(document.parameters)) {
          expect(description, parameter).to.match(/^[A-Z].*\.$/);
        }
      });

      it("can be pasted and run: what else the component fills in has a default", () => {
        const required = Object.entries(document.parameters).filter(([, one]) => one.default === undefined);
        expect(required.map(([parameter]) => parameter)).to.deep.equal(expected.required);
      });

      it("takes every output of the document from the last step that a good run has, each with its type", () => {
        const report = steps.find(({ isEnd }) => isEnd);
        expect(report?.name).to.equal("report");
        const ofReport = report?.outputs?.map(({ Name }) => `${report.name}.${Name}`) ?? [];
        // Who cancels a roll-out learns which instances stay new.
        expect(document.outputs).to.deep.equal([...ofReport, ...(OF_CANCEL[name] ?? [])]);
        for (const { Name, Type } of steps.flatMap(({ outputs = [] }) => outputs)) {
          expect(Type, Name).to.match(/^(String|StringList|StringMap)$/);
        }
      });

      it("has explicit time-outs within AWS's limits, and scripts of python3.11", () => {
        // A branch decides at once, and a script has ten minutes whatever is written.
        const itself = ["aws:branch", "aws:executeScript"];
        for (const step of steps) {
          if (itself.includes(step.action)) {
            expect(step.timeoutSeconds ?? 600, step.name).to.equal(600);
          } else {
            // A runbook that is started waits itself, and ends before.
            const most = step.action === "aws:executeAutomation" ? 86400 : 43200;
            if (step.action !== "aws:executeAwsApi") {
              expect(step.timeoutSeconds, step.name).to.be.within(1, most);
            }
          }
          expect(step.inputs.Runtime, step.name).to.equal(
            step.action === "aws:executeScript" ? "python3.11" : undefined,
          );
        }
      });

      it("has scripts that Python 3.11 compiles, and in which Automation replaces nothing", function () {
        const scripts = steps.flatMap(({ inputs: { Script } }) => Script ?? []);
        for (const script of scripts) {
          expect(script).to.not.contain("{{");
        }
        if (PYTHON_3_11 === undefined) {
          // The rehearsal's own Python is newer and takes more; CI has a 3.11.
          this.skip();
        }
        const compile = "import json, sys; [compile(one, 'script', 'exec') for one in json.load(sys.stdin)]";
        const { status, stderr } = spawnSync(PYTHON_3_11, ["-c", compile], {
          input: JSON.stringify(scripts),
          encoding: "utf8",
        });
        expect(status, stderr).to.equal(0);
      });

      it("goes on after no failure but to a step that says why, and changes nothing there", () => {
        for (const step of steps.filter(({ action }) => action !== "aws:branch")) {
          const [, handler] = /^step:(\w+)$/.exec(step.onFailure ?? "") ?? [];
          // Without a word a step that fails ends the run.
          expect(step.onFailure ?? "Abort", step.name).to.equal(
            handler === undefined ? "Abort" : `step:${handler}`,
          );
          if (handler !== undefined) {
            expect(handlers, step.name).to.include(handler);
            expect(step.isCritical, step.name).to.equal(true);
          }
        }
        const changes = steps
          .filter((step) => handlers.includes(step.name))
          .flatMap(callsOf)
          .filter((api) => !/^(Describe|Get|List)/.test(api));
        expect([...new Set(changes)].sort()).to.deep.equal(PUTS_BACK[name] ?? []);
        expect(steps.at(-1)?.isEnd, "the last handler").to.equal(
          handlers.length > 0 ? true : steps.at(-1)?.isEnd,
        );
        const good = reachable(steps, steps[0].name).map((step) => step.name);
        expect(new Set(good)).to.deep.equal(
          new Set(expected.steps.filter((one) => !amongSteps.includes(one))),
        );
      });

      describe("the permissions of its role", () => {
        const onBehalf: Record<string, string[]> =
          name === "roll-out-launch-template" || name === "refresh-instances-launch-template"
            ? { ...ON_BEHALF, ...ON_BEHALF_OF_TEMPLATES }
            : ON_BEHALF;
        const needed = new Set(steps.flatMap(callsOf).flatMap((api) => [api, ...(onBehalf[api] ?? [])]));
        OF_ANOTHER_POLICY.forEach((api) => needed.delete(api));
        const permitted = STATEMENTS[name]
          .flatMap(({ Action }) => Action)
          .map((action) => action.split(":")[1]);

        it("hold every API that a step or a script calls", () => {
          expect([...needed].filter((api) => !permitted.includes(api))).to.deep.equal([]);
        });

        it("hold nothing that no run uses", () => {
          expect(permitted.filter((api) => !needed.has(api))).to.deep.equal([]);
        });
      });
    });
  }

  it("have the names of the article: the parameters that the schedule gives, and the steps", () => {
    for (const name of ["create-image", "retire-images"] as const) {
      expect(Object.keys(loadRunbook(name).parameters)).to.include.members(OF_THE_ARTICLE.parameters);
    }
    const steps = RUNBOOK_NAMES.flatMap((name) => EXPECTED[name].steps);
    expect(steps).to.include.members(OF_THE_ARTICLE.steps);
  });

  it("need each line of the patch of AWS's schema, and each has a source", () => {
    const texts = RUNBOOK_NAMES.map((name) => writeDocument(loadRunbook(name))).join("");
    for (const { add, source } of SCHEMA_PATCH) {
      expect(texts).to.contain(add);
      expect(source).to.match(/^https:\/\/docs\.aws\.amazon\.com\//);
    }
  });

  describe("the patterns of their parameters, the same in each,", () => {
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
      ["ImageId", "previous", true],
      ["ImageId", "ami-0123456789abcdef0", true],
      ["ImageId", "ami-12345678", true],
      ["ImageId", "latest", false],
      ["RollOutDocumentName", "web-roll-out-1234567", true],
      ["RollOutDocumentName", "a b", false],
    ] as const) {
      it(`${ok ? "take" : "refuse"} ${parameter} ${value.slice(0, 30)}`, () => {
        const patterns = RUNBOOK_NAMES.map((name) => loadRunbook(name).parameters[parameter]?.allowedPattern);
        const given = patterns.filter((pattern) => pattern !== undefined);
        expect(given).to.not.have.length(0);
        for (const pattern of given) {
          expect(new RegExp(`^(?:${String(pattern)})$`).test(value)).to.equal(ok);
        }
      });
    }
  });

  describe("the wait for the image", () => {
    const steps = (loadRunbook("create-image") as unknown as Document).mainSteps;
    const find = (name: string) => steps.find((step) => step.name === name);

    it("is for every state that an image stays in, so that a failed one ends the run at once", () => {
      // EC2's ImageState without pending and transient, which pass.
      const states = ["available", "failed", "error", "invalid", "deregistered", "disabled"];
      expect(find("waitForImage")?.inputs.DesiredValues).to.deep.equal(states);
      expect(find("assertImageAvailable")?.inputs.DesiredValues).to.deep.equal(["available"]);
    });

    it("is 12 hours, in all attempts together", () => {
      const wait = find("waitForImage");
      expect((wait?.timeoutSeconds ?? 0) * (wait?.maxAttempts ?? 1)).to.equal(12 * 3600);
    });

    it("follows a step that asks once, whatever happens to the answer, as the roll-out is started once", () => {
      expect(find("createImage")?.maxAttempts).to.equal(1);
      expect(find("createImage")?.inputs.Script).to.match(/\bec2_once\.create_image\(/);
      expect(find("rollOut")?.maxAttempts).to.equal(1);
    });
  });
});

function scopeOf(kind: "configuration" | "templates" | "parameter"): Scope {
  const launch = assumeLaunch(kind === "configuration" ? [] : ["lt-0123456789abcdef0"], [ROLE], TOKYO);
  return {
    ...TOKYO,
    instanceId: "i-0123456789abcdef0",
    autoScalingGroupName: "web",
    prefix: "web",
    launchConfigurationFrom: "instance",
    launch: kind === "parameter" ? { ...launch, kind, parameter: "/images/web" } : launch,
  };
}

function filledIn(name: RunbookName): string {
  return fillIn(name, loadRunbook(name), {
    AutomationAssumeRole: ROLE,
    InstanceId: "i-0123456789abcdef0",
    LaunchConfigPrefix: "web",
    AutoScalingGroupName: "web",
    RollOutDocumentName: "web-roll-out",
    LaunchConfigurationFrom: "instance",
    SkipUnchanged: true,
    PatchDocumentName: "web-patch",
    ImageParameterName: "/web/ami",
    Tags: ["Team=web"],
  });
}

function validator() {
  const schema = JSON.parse(
    fs.readFileSync(require.resolve("aws-ssm-document-language-service/dist/schema.json"), "utf8"),
  ) as object;
  for (const { at, add } of SCHEMA_PATCH) {
    const found = at.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], schema);
    if (Array.isArray(found)) {
      found.push(add);
    } else {
      Object.assign(found as object, { [add]: { type: "string" } });
    }
  }
  // The schema has a pattern with bare braces, which a regular expression in Unicode mode does not take.
  return new Ajv({ strict: false, unicodeRegExp: false, allErrors: true }).compile(schema);
}

/** The steps that a run goes through from this one on, as long as all succeed. */
function reachable(steps: Step[], name: string): Step[] {
  const step = steps.find((one) => one.name === name);
  if (step === undefined) {
    throw new Error(`there is no step ${name}`);
  }
  if (step.isEnd) {
    return [step];
  }
  const { Choices = [], Default } = step.inputs;
  const next = [...Choices.map(({ NextStep }) => NextStep), Default, step.nextStep];
  return [step, ...next.filter((one) => one !== undefined).flatMap((one) => reachable(steps, one))];
}

/** The APIs that a step calls: through the names of the clients, or named as a text for a function that asks for pages. */
function callsOf({ action, inputs }: Step): string[] {
  const script = inputs.Script ?? "";
  const named = [
    ...script.matchAll(/\b(?:autoscaling|cloudwatch|ec2|iam|kms|ssm)(?:_once)?\.([a-z]+_[a-z_]+)\b/g),
  ];
  const paged = [...script.matchAll(/"(describe_[a-z_]+)"/g)];
  const apis = [...named, ...paged]
    .map(([, method]) => method)
    .filter((method) => method !== "get_paginator");
  return [
    ...new Set([
      ...(inputs.Api === undefined ? [] : [inputs.Api]),
      ...(action === "aws:executeAutomation" ? ["StartAutomationExecution"] : []),
      ...apis.map((method) => method.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())),
    ]),
  ];
}
