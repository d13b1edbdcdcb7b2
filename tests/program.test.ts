import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import * as yaml from "js-yaml";
import * as ts from "typescript";
import { AmiRefresh } from "../components";
import { type DeclaredKey, resolveConfiguration } from "../rehearsal/deploy/configuration";
import { messageOf, type Recorded, underMocks } from "./mocks";

const ROOT = path.join(__dirname, "..");
const PROJECT = yaml.load(fs.readFileSync(path.join(ROOT, "Pulumi.yaml"), "utf8")) as {
  main: string;
  runtime: { options: { tsconfig: string } };
  config: Record<string, DeclaredKey & { description: string }>;
};
const DEV = yaml.load(fs.readFileSync(path.join(ROOT, "Pulumi.dev.yaml"), "utf8")) as {
  config: Record<string, unknown>;
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
): Promise<{ resources: Recorded[]; exports: Record<string, pulumi.Output<string>> }> {
  const { resources, value } = await underMocks(
    () => {
      pulumi.runtime.setAllConfig(config);
      return load();
    },
    { project: "ami-refresh" },
  );
  return { resources, exports: value };
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
      rolePath: "/",
      names: {
        automationRole: "SSMRoleForUpdateAutoScalingGroupAMI",
        automationPolicy: "PolicyForUpdateAutoScalingGroupAMI",
        eventsRole: "EventsRoleForExecSSMAutomation",
        eventsPolicy: "PolicyForExecSSMAutomation",
      },
    });
    expect(Object.keys(exports).sort()).to.deep.equal([
      "automationRoleArn",
      "documentName",
      "eventsRoleArn",
      "executionsUrl",
      "ruleName",
      "startCommand",
    ]);
  });

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
      "ami-refresh:permissionsBoundaryArn": "arn:aws:iam::123456789012:policy/boundary",
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
      permissionsBoundaryArn: "arn:aws:iam::123456789012:policy/boundary",
      names: { rule: "nightly" },
      tags: { Team: "web" },
    });
  });

  describe("fails with one sentence", () => {
    const good = withDefaults(DEV.config);
    for (const [what, config, sentence] of [
      [
        "a missing key",
        { ...good, "ami-refresh:prefix": undefined },
        /^Missing required configuration variable 'ami-refresh:prefix'/,
      ],
      [
        "an unknown key",
        { ...good, "ami-refresh:instanceID": "x" },
        /^Configuration 'ami-refresh:instanceID' is not known: the keys are .*correct its spelling/,
      ],
      [
        "no boolean",
        { ...good, "ami-refresh:reboot": "maybe" },
        /^Configuration 'ami-refresh:reboot' value 'maybe' is not a valid boolean$/,
      ],
      [
        "a value out of a list",
        { ...good, "ami-refresh:launchConfigurationFrom": "image" },
        /^Configuration 'ami-refresh:launchConfigurationFrom' value 'image' is not a legal enum value/,
      ],
      [
        "no JSON",
        { ...good, "ami-refresh:tags": "Team" },
        /^Configuration 'ami-refresh:tags' value 'Team' is not a valid JSON object$/,
      ],
      [
        "a value that the component refuses",
        { ...good, "ami-refresh:cron": "rate(1 day)" },
        /^AmiRefresh "ami-refresh": cron /,
      ],
    ] as const) {
      it(what, async () => {
        const given = Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined));
        await underMocks(() => undefined, { project: "ami-refresh" });
        pulumi.runtime.setAllConfig(given as Record<string, string>);
        expect(messageOf(load)).to.match(sentence);
      });
    }

    it("and keys of other namespaces are not its business", async () => {
      const { resources } = await program({ ...good, "aws:region": "eu-west-1", "other:key": "x" });
      expect(resources.length).to.be.greaterThan(0);
    });
  });

  describe("an option is the same wherever it is declared:", () => {
    const argument = argumentsOfComponent();
    const required = argument.filter(({ optional }) => !optional).map(({ name }) => name);
    const declared = Object.keys(PROJECT.config);
    const runbook = yaml.load(fs.readFileSync(path.join(ROOT, "documents", "refresh-ami.yaml"), "utf8")) as {
      parameters: Record<string, { default?: unknown; description: string }>;
    };

    it("the required arguments are the required keys", () => {
      const withoutDefault = declared.filter((key) => PROJECT.config[key].default === undefined);
      expect(withoutDefault).to.deep.equal(required);
    });

    it("every scalar argument is a declared key, and every other one stands in a comment", () => {
      const text = fs.readFileSync(path.join(ROOT, "Pulumi.yaml"), "utf8");
      for (const { name } of argument.filter(({ name }) => !declared.includes(name))) {
        expect(text, name).to.match(new RegExp(`^ *# +${name} `, "m"));
      }
      expect(declared.filter((key) => !argument.some(({ name }) => name === key))).to.deep.equal([]);
      const undeclared = argument.filter(({ name }) => !declared.includes(name)).map(({ name }) => name);
      expect(undeclared).to.deep.equal([
        "launchTemplateIds",
        "instanceProfileRoleArns",
        "names",
        "permissionsBoundaryArn",
        "tags",
      ]);
    });

    it("each is described, and its type is declared", () => {
      for (const key of declared) {
        expect(PROJECT.config[key].description, key).to.match(/\.$/);
        expect(PROJECT.config[key].type, key).to.be.oneOf(["string", "boolean", "integer"]);
      }
      for (const { name, comment } of argument) {
        expect(comment, name).to.not.equal("");
      }
    });

    it("the program reads every argument", () => {
      const text = fs.readFileSync(path.join(ROOT, PROJECT.main), "utf8");
      for (const { name } of argument) {
        expect(text, name).to.match(new RegExp(`\\b${name}: config\\.\\w+(<[^(]*>)?\\(\\s*"${name}"`));
        expect(text, name).to.contain(`  "${name}",\n`);
      }
    });

    it("the defaults of Pulumi.yaml are the component's", async () => {
      const required = {
        instanceId: "i-0123456789abcdef0",
        autoScalingGroupName: "web",
        prefix: "web",
        cron: "0 1 * * ? *",
      };
      const defaults = Object.fromEntries(
        declared
          .filter((key) => PROJECT.config[key].default !== undefined)
          .map((key) => [key, PROJECT.config[key].default]),
      );
      const children = async (args: typeof required) =>
        (await underMocks(() => new AmiRefresh("x", args))).resources.filter(({ name }) => name !== "x");
      expect(await children({ ...required, ...defaults })).to.deep.equal(await children(required));
    });

    it("the runbook's parameters have the arguments' names and their defaults", () => {
      const articles: Record<string, string> = { prefix: "LaunchConfigPrefix" };
      const pascal = (name: string) => articles[name] ?? name[0].toUpperCase() + name.slice(1);
      const own = ["AutomationAssumeRole", "DryRun", "PermissionsMadeFor", "RegisteredFor", "MayLaunch"];
      const fromArguments = Object.keys(runbook.parameters).filter((name) => !own.includes(name));
      expect(
        fromArguments.filter((name) => !argument.some((one) => pascal(one.name) === name)),
      ).to.deep.equal([]);
      for (const key of [
        "reboot",
        "launchConfigurationFrom",
        "allowSharedTemplate",
        "customerKeyReady",
        "retire",
        "retainImages",
        "retainLaunchConfigurations",
      ]) {
        expect(runbook.parameters[pascal(key)].default, key).to.equal(PROJECT.config[key].default);
      }
    });
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
