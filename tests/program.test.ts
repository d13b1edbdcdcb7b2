import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import * as yaml from "js-yaml";
import * as ts from "typescript";
import { AmiRefresh, type AmiRefreshArgs } from "../components";
import { loadRunbook, RUNBOOK_NAMES } from "../components/document/load";
import { parameterName } from "../components/document/parameters";
import { InputError } from "../components/errors";
import { type Option, OPTION_NAMES, OPTIONS, type Presence } from "../components/inputs/options";
import type { Account } from "../rehearsal/account/account";
import { type DeclaredKey, resolveConfiguration } from "../rehearsal/deploy/configuration";
import { furnishedAccount, type Recorded, TOKYO, underMocks } from "./mocks";

const ROOT = path.join(__dirname, "..");
const PROJECT = yaml.load(fs.readFileSync(path.join(ROOT, "Pulumi.yaml"), "utf8")) as {
  main: string;
  runtime: { options: { tsconfig: string } };
  config: Record<string, DeclaredKey & { description: string }>;
};
const DEV = yaml.load(fs.readFileSync(path.join(ROOT, "Pulumi.dev.yaml"), "utf8")) as {
  config: Record<string, unknown>;
};

/**
 * The most kilobytes that each document may have as the example registers it, of the 64 that AWS takes: what a person
 * reads in the console too, with room for what a later version needs.
 */
const KILOBYTES: Record<string, number> = {
  "ami-refresh-create-image": 26,
  "ami-refresh-roll-out": 47,
  "ami-refresh-retire": 32,
};

/** Loads index.ts anew: a module that was loaded before registers nothing. */
function load(): Record<string, pulumi.Output<string>> {
  const entry = path.join(ROOT, PROJECT.main);
  delete require.cache[entry];
  return createRequire(__filename)(entry) as Record<string, pulumi.Output<string>>;
}

/** Runs index.ts with a configuration. */
async function program(
  config: Record<string, string>,
  account: Account = furnishedAccount(),
): Promise<{ resources: Recorded[]; exports: Record<string, pulumi.Output<string>> }> {
  const { resources, value } = await underMocks(
    () => {
      pulumi.runtime.setAllConfig(config);
      return load();
    },
    { project: "ami-refresh", account },
  );
  return { resources, exports: value };
}

/**
 * What index.ts throws, which must be an error of ours: one of the SDK's has a stack, with which its host is not done for most of
 * a minute.
 */
async function refusal(config: Record<string, string | undefined>): Promise<string> {
  const given = Object.entries(config).filter(([, value]) => value !== undefined);
  await underMocks(() => undefined, { project: "ami-refresh" });
  pulumi.runtime.setAllConfig(Object.fromEntries(given) as Record<string, string>);
  try {
    load();
  } catch (error) {
    expect(error).to.be.instanceOf(InputError);
    expect((error as Error).stack).to.equal(undefined);
    return (error as Error).message;
  }
  throw new Error("nothing was thrown");
}

const withDefaults = (given: Record<string, unknown>) =>
  resolveConfiguration({
    project: "ami-refresh",
    stackFile: "Pulumi.dev.yaml",
    declared: PROJECT.config,
    given,
  });

const args = (resources: Recorded[]) =>
  resources.find(({ type }) => type === "ami-refresh:index:AmiRefresh")?.inputs;

describe("the program", () => {
  after(() => pulumi.runtime.setAllConfig({}));

  it("makes one component from the article's example and gives its outputs", async () => {
    const { resources, exports } = await program(withDefaults(DEV.config));
    expect(args(resources)).to.deep.equal({
      instanceId: "i-0123456789abcdef0",
      autoScalingGroupName: "web",
      prefix: "web",
      cron: "30 5 * * ? *",
      enabled: true,
      reboot: false,
      launchConfigurationFrom: "instance",
      allowSharedTemplate: false,
      customerKeyReady: false,
      retire: true,
      retainImages: 14,
      retainLaunchConfigurations: 2,
      dashboard: false,
      rolePath: "/",
      names: {
        automationRole: "SSMRoleForUpdateAutoScalingGroupAMI",
        automationPolicy: "PolicyForUpdateAutoScalingGroupAMI",
        eventsRole: "EventsRoleForExecSSMAutomation",
        eventsPolicy: "PolicyForExecSSMAutomation",
      },
    });
    expect(Object.keys(exports).sort()).to.deep.equal([
      "alarmNames",
      "autoScalingGroupName",
      "automationRoleArn",
      "deadLetterQueueUrl",
      "documentName",
      "eventsRoleArn",
      "executionsUrl",
      "instanceId",
      "prefix",
      "region",
      "retireDocumentName",
      "rollBackCommand",
      "rollOutDocumentName",
      "ruleName",
      "scheduleGroupName",
      "startCommand",
      "topicArn",
      "watchDocumentName",
    ]);
  });

  const REFRESHING = { ...KILOBYTES, "ami-refresh-prepare": 47, "ami-refresh-refresh": 47 };
  const NO_KEYS: Record<string, string> = {};
  const INSTANCE_REFRESH = { "ami-refresh:instanceRefresh": "{}" };
  for (const [launchSource, kilobytes, more] of [
    ["configuration", KILOBYTES, NO_KEYS],
    ["template", KILOBYTES, NO_KEYS],
    // It reads the parameter beside all else.
    ["parameter", { ...KILOBYTES, "ami-refresh-retire": 35 }, NO_KEYS],
    ["configuration", REFRESHING, INSTANCE_REFRESH],
    ["template", REFRESHING, INSTANCE_REFRESH],
  ] as const) {
    const keys = Object.keys(more).join("");
    it(`registers documents that leave room, for a group on ${launchSource} ${keys}`, async () => {
      const account = furnishedAccount(TOKYO, { launchSource });
      const { resources } = await program({ ...withDefaults(DEV.config), ...more }, account);
      const documents = resources.filter(({ type }) => type === "aws:ssm/document:Document");
      expect(documents.map(({ name }) => name)).to.have.members(Object.keys(kilobytes));
      for (const { name, inputs } of documents) {
        expect(Buffer.byteLength(String(inputs.content)), name).to.be.at.most(
          (kilobytes as typeof KILOBYTES)[name] * 1024,
        );
      }
    });
  }

  it("hands every key to the component", async () => {
    const given = {
      ...DEV.config,
      "ami-refresh:enabled": false,
      "ami-refresh:reboot": true,
      "ami-refresh:launchConfigurationFrom": "group",
      "ami-refresh:rolePath": "/automation/",
      "ami-refresh:launchTemplateIds": [],
      "ami-refresh:instanceProfileRoleArns": ["arn:aws:iam::123456789012:role/web"],
      "ami-refresh:allowSharedTemplate": true,
      "ami-refresh:customerKeyReady": true,
      "ami-refresh:retire": false,
      "ami-refresh:retainImages": 30,
      "ami-refresh:retainLaunchConfigurations": 4,
      "ami-refresh:recycleBinDays": 30,
      "ami-refresh:permissionsBoundaryArn": "arn:aws:iam::123456789012:policy/boundary",
      "ami-refresh:notifications": { emails: ["team@example.com"] },
      "ami-refresh:maxImageAgeDays": 7,
      "ami-refresh:dashboard": true,
      "ami-refresh:names": { rule: "nightly" },
      "ami-refresh:tags": { Team: "web" },
    };
    const { resources } = await program(withDefaults(given));
    expect(args(resources)).to.deep.equal({
      instanceId: "i-0123456789abcdef0",
      autoScalingGroupName: "web",
      prefix: "web",
      cron: "30 5 * * ? *",
      enabled: false,
      reboot: true,
      launchConfigurationFrom: "group",
      rolePath: "/automation/",
      launchTemplateIds: [],
      instanceProfileRoleArns: ["arn:aws:iam::123456789012:role/web"],
      allowSharedTemplate: true,
      customerKeyReady: true,
      retire: false,
      retainImages: 30,
      retainLaunchConfigurations: 4,
      recycleBinDays: 30,
      notifications: { emails: ["team@example.com"] },
      maxImageAgeDays: 7,
      dashboard: true,
      permissionsBoundaryArn: "arn:aws:iam::123456789012:policy/boundary",
      names: { rule: "nightly" },
      tags: { Team: "web" },
    });
  });

  describe("fails with one sentence", () => {
    const good = withDefaults(DEV.config);
    for (const [what, config, sentence] of [
      [
        "an unknown key",
        { ...good, "ami-refresh:instanceID": "x" },
        /^configuration "ami-refresh:instanceID" is not known: the keys are .*; write instanceId, or remove it\.$/,
      ],
      [
        "an unknown key that is near none",
        { ...good, "ami-refresh:colour": "x" },
        /^configuration "ami-refresh:colour" is not known: .*; correct its spelling or remove it\.$/,
      ],
      [
        "a namespace that is almost the project's",
        { ...good, "ami-refesh:retainImages": "30" },
        /^configuration "ami-refesh:retainImages" is read by nothing: the keys of this project begin with "ami-refresh:"; correct/,
      ],
      [
        "a namespace and a key that are almost right",
        { ...good, "AMI_refresh:retianImages": "30" },
        /^configuration "AMI_refresh:retianImages" is read by nothing/,
      ],
      [
        "a value that the component refuses",
        { ...good, "ami-refresh:cron": "rate(1 day)" },
        /^AmiRefresh "ami-refresh": cron /,
      ],
    ] as const) {
      it(what, async () => {
        expect(await refusal(config)).to.match(sentence);
      });
    }

    describe("of ours and none of the SDK's, whatever the value of any key is:", () => {
      /** Text that no reader of pulumi.Config for that kind takes, or that it takes for another value than it says. */
      const wrong = {
        string: ["", " "],
        boolean: ["maybe", "True", "1", ""],
        number: ["abc", "14abc", "1e3", "0x10", "NaN", ""],
        object: ["xyz", "lt-0123456789abcdef0", "{", "", '"text"', "5"],
      };
      for (const name of OPTION_NAMES) {
        for (const text of wrong[OPTIONS[name].configured]) {
          it(`${name} ${JSON.stringify(text)}`, async () => {
            expect(await refusal({ ...good, [`ami-refresh:${name}`]: text })).to.match(
              new RegExp(`^AmiRefresh "ami-refresh": ${name} .*: .+\\.$`),
            );
          });
        }
        if (OPTIONS[name].required) {
          it(`${name} missing`, async () => {
            expect(await refusal({ ...good, [`ami-refresh:${name}`]: undefined })).to.match(
              new RegExp(`^AmiRefresh "ami-refresh": ${name} is (missing: give|undefined: it must) .+\\.$`),
            );
          });
        }
      }
    });

    it("and keys of other namespaces are not its business", async () => {
      const others = {
        "aws:region": "eu-west-1",
        "other:tags": "x",
        "ami-refesh:key": "x",
        "amirefresher:x": "y",
      };
      const { resources } = await program({ ...good, ...others });
      expect(resources.length).to.be.greaterThan(0);
    });
  });

  describe("an option is the same wherever it is declared:", () => {
    const argument = argumentsOfComponent();
    const names = argument.map(({ name }) => name);
    const declared = Object.keys(PROJECT.config);

    it("in the arguments and in the table of options", () => {
      expect([...OPTION_NAMES].sort()).to.deep.equal([...names].sort());
      const required = (name: string) => OPTION_NAMES.some((one) => one === name && OPTIONS[one].required);
      expect(names.filter(required)).to.deep.equal(
        argument.filter(({ optional }) => !optional).map(({ name }) => name),
      );
    });

    it("in Pulumi.yaml, as a key, or in a comment where that can declare none", () => {
      const text = fs.readFileSync(path.join(ROOT, "Pulumi.yaml"), "utf8");
      for (const name of OPTION_NAMES) {
        const { byDefault, required, configured }: Option<unknown, Presence> = OPTIONS[name];
        const canBeDeclared = configured !== "object" && (required || byDefault !== undefined);
        expect(declared.includes(name), name).to.equal(canBeDeclared);
        if (!canBeDeclared) {
          expect(text, name).to.match(new RegExp(`^ *# +${name} `, "m"));
        }
      }
      expect(declared.filter((key) => !names.includes(key))).to.deep.equal([]);
    });

    it("with its default and its type", () => {
      const types = { string: "string", boolean: "boolean", number: "integer", object: undefined };
      for (const key of OPTION_NAMES.filter((name) => declared.includes(name))) {
        const { byDefault, configured }: Option<unknown, Presence> = OPTIONS[key];
        expect(PROJECT.config[key].default, key).to.equal(byDefault);
        expect(PROJECT.config[key].type, key).to.equal(types[configured]);
      }
    });

    it("with a description in Pulumi.yaml and with the arguments", () => {
      for (const key of declared) {
        expect(PROJECT.config[key].description, key).to.match(/\.$/);
      }
      for (const { name, comment } of argument) {
        expect(comment, name).to.match(/\S/);
      }
    });

    it("and in the runbooks, whose parameters have the options' names and defaults", () => {
      /** What the component fills in, and what a run is given. */
      const others = [
        "AutomationAssumeRole",
        "CommandDocumentName",
        "CommandParameters",
        "CreateImageDocumentName",
        "DryRun",
        "HandedOn",
        "ImageId",
        "IsBack",
        "PatchDocumentName",
        "PauseSchedule",
        "PrepareDocumentName",
        "RefreshDocumentName",
        "ReplaceInstances",
        "RollOutDocumentName",
        "RuleName",
        "StopRefresh",
      ];
      for (const runbook of RUNBOOK_NAMES) {
        for (const [name, parameter] of Object.entries(loadRunbook(runbook).parameters)) {
          const option = OPTION_NAMES.find((one) => parameterName(one) === name);
          expect(option !== undefined, `${runbook} ${name}`).to.equal(!others.includes(name));
          if (option !== undefined && option !== "tags" && option !== "instanceRefresh") {
            const { byDefault }: Option<unknown, Presence> = OPTIONS[option];
            // What is there only where it is wanted has a default for those who paste the file.
            expect(byDefault ?? parameter.default, `${runbook} ${name}`).to.deep.equal(parameter.default);
          }
        }
      }
    });
  });

  describe("an option reaches what is registered, a resource or a runbook:", () => {
    const smallest: AmiRefreshArgs = {
      instanceId: "i-0123456789abcdef0",
      autoScalingGroupName: "web",
      prefix: "web",
      cron: "0 1 * * ? *",
      // Given both, so that nothing is looked up and every other option may have any value.
      launchTemplateIds: ["lt-0123456789abcdef0"],
      instanceProfileRoleArns: [],
    };
    /** Another value for each. */
    const others: Required<AmiRefreshArgs> = {
      instanceId: "i-0fedcba9876543210",
      autoScalingGroupName: "api",
      prefix: "api",
      cron: "0 2 * * ? *",
      timeZone: "Asia/Tokyo",
      flexibleWindowMinutes: 15,
      enabled: false,
      reboot: true,
      patch: { rebootOption: "NoReboot" },
      startStopped: true,
      skipUnchanged: true,
      excludeDevices: ["/dev/sdf"],
      launchConfigurationFrom: "group",
      launchTemplateIds: ["lt-0fedcba9876543210"],
      instanceProfileRoleArns: ["arn:aws:iam::123456789012:role/web"],
      allowSharedTemplate: true,
      customerKeyReady: true,
      instanceRefresh: { minHealthyPercentage: 90 },
      retire: false,
      retainImages: 15,
      retainDays: 30,
      retainLaunchConfigurations: 3,
      recycleBinDays: 7,
      notifications: { emails: ["team@example.com"] },
      imageParameterName: "/web/ami",
      maxImageAgeDays: 7,
      dashboard: true,
      names: { rule: "nightly" },
      permissionsBoundaryArn: "arn:aws:iam::123456789012:policy/boundary",
      rolePath: "/automation/",
      tags: { Team: "web" },
    };
    const children = async (args: AmiRefreshArgs) =>
      (await underMocks(() => new AmiRefresh("x", args))).resources.filter(({ name }) => name !== "x");

    for (const name of OPTION_NAMES) {
      it(name, async () => {
        // Of no meaning for launch templates.
        const kind = name === "launchConfigurationFrom" ? { launchTemplateIds: [] } : {};
        const zone = name === "flexibleWindowMinutes" ? { timeZone: "UTC" } : {};
        const patched = name === "startStopped" ? { patch: {} } : {};
        const args = { ...smallest, ...kind, ...zone, ...patched };
        expect(await children({ ...args, [name]: others[name] })).to.not.deep.equal(await children(args));
      });
    }
  });

  it("is the entry that Pulumi runs, without a type check at every preview", () => {
    expect(PROJECT.main).to.equal("index.ts");
    const file = path.join(ROOT, PROJECT.runtime.options.tsconfig);
    const { config } = ts.readConfigFile(file, ts.sys.readFile) as {
      config: { compilerOptions: { noCheck: boolean } };
    };
    expect(config.compilerOptions.noCheck).to.equal(true);
  });
});

interface Argument {
  name: string;
  optional: boolean;
  comment: string;
}

/** The fields of AmiRefreshArgs, read from its source. */
function argumentsOfComponent(): Argument[] {
  const file = path.join(ROOT, "components", "amiRefreshArgs.ts");
  const source = ts.createSourceFile(file, fs.readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
  const found: Argument[] = [];
  source.forEachChild((node) => {
    if (ts.isInterfaceDeclaration(node) && node.name.text === "AmiRefreshArgs") {
      for (const member of node.members) {
        found.push({
          name: member.name?.getText() ?? "",
          optional: member.questionToken !== undefined,
          comment: ts
            .getJSDocCommentsAndTags(member)
            .map((comment) => comment.getText())
            .join(""),
        });
      }
    }
  });
  return found;
}
