import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import * as yaml from "js-yaml";
import type { Account } from "../rehearsal/account/account";
import { type DeclaredKey, resolveConfiguration } from "../rehearsal/deploy/configuration";
import { Provider } from "../rehearsal/deploy/provider";
import { furnishedAccount } from "./mocks";
import { compile, ROOT, stranger } from "./package/packed";
import { type Answers, type Registered, runProgram } from "./package/running";

const EXAMPLES = path.join(ROOT, "examples");
const NAMES = fs.readdirSync(EXAMPLES).filter(isOurs).sort();

/** Whoever tries an example where it stands leaves the packed library and what npm installs. */
function isOurs(file: string): boolean {
  return !/^(node_modules|bin|package-lock\.json|.*\.tgz)$/.test(path.basename(file));
}

const COMPONENT = "ami-refresh:index:AmiRefresh";

/** What a component registers beside itself, as types by the ends of the names. */
const CHILDREN: [end: string, type: string][] = [
  ...["create-image", "roll-out", "retire"].flatMap((job): [string, string][] => [
    [job, "ami-refresh:index:Runbook"],
    [job, "aws:ssm/document:Document"],
    [`${job}-policy`, "aws:iam/rolePolicy:RolePolicy"],
    [`${job}-role`, "aws:iam/role:Role"],
  ]),
  ["roll-out-pause-policy", "aws:iam/rolePolicy:RolePolicy"],
  ["schedule", "ami-refresh:index:Schedule"],
  ["schedule", "aws:cloudwatch/eventRule:EventRule"],
  ["events-policy", "aws:iam/rolePolicy:RolePolicy"],
  ["events-role", "aws:iam/role:Role"],
  ["create-image-target", "aws:cloudwatch/eventTarget:EventTarget"],
  ["retire-target", "aws:cloudwatch/eventTarget:EventTarget"],
  ["dead-letters", "aws:sqs/queue:Queue"],
  ["dead-letters-policy", "aws:sqs/queuePolicy:QueuePolicy"],
  ["notices", "ami-refresh:index:Notices"],
  ["dead-letters-alarm", "aws:cloudwatch/metricAlarm:MetricAlarm"],
  ["lost-dead-letters-alarm", "aws:cloudwatch/metricAlarm:MetricAlarm"],
];
const DOCUMENT = "aws:ssm/document:Document";
const RULE = "aws:cloudwatch/eventRule:EventRule";

/** A program's own group and launch template, with what AWS adds to them; the rest as ever. */
class Owned implements Answers {
  private readonly provider: Provider;

  constructor(
    account: Account,
    private readonly made: Record<string, { id: string; name: string }> = {},
  ) {
    this.provider = new Provider(account);
  }

  create(type: string, name: string, inputs: Record<string, unknown>) {
    const made = this.made[type];
    return made === undefined
      ? this.provider.create(type, name, inputs)
      : { id: made.id, state: { ...inputs, ...made, defaultVersion: 1, latestVersion: 1 } };
  }

  lookUp(token: string, inputs: Record<string, unknown>) {
    return this.provider.lookUp(token, inputs);
  }
}

describe("the examples", () => {
  before(() => {
    const { folder } = stranger();
    fs.cpSync(EXAMPLES, path.join(folder, "examples"), { recursive: true, filter: isOurs });
    const { compilerOptions } = readJson("smallest", "tsconfig.json") as { compilerOptions: object };
    const tsconfig = path.join(folder, "examples", "tsconfig.json");
    const files = NAMES.map((name) => `${name}/index.ts`);
    fs.writeFileSync(tsconfig, JSON.stringify({ compilerOptions, files }));
    compile(tsconfig);
  });

  it("are these", () => {
    expect(NAMES).to.deep.equal([
      "existing-group",
      "group-in-same-program",
      "several-environments",
      "smallest",
    ]);
  });

  for (const name of NAMES) {
    describe(name, () => {
      it("is complete: whoever copies the folder and packs the library beside it can install and preview it", () => {
        const files = fs
          .readdirSync(path.join(EXAMPLES, name))
          .filter((file) => !/^Pulumi\..+\.yaml$/.test(file));
        expect(files.sort()).to.deep.equal(
          ["Pulumi.yaml", "README.md", "index.ts", "package.json", "tsconfig.json"].sort(),
        );
        expect(stacksOf(name)).to.include("dev");
        const { version, peerDependencies } = readJson("..", "package.json") as {
          version: string;
          peerDependencies: Record<string, string>;
        };
        expect(readJson(name, "package.json")).to.deep.equal({
          name: `ami-refresh-${name}`,
          private: true,
          dependencies: { ...peerDependencies, "ami-refresh": `file:../ami-refresh-${version}.tgz` },
          devDependencies: { "@types/node": "^20.0.0", "ts-node": "^10.9.2", typescript: "^6.0.3" },
        });
        expect(readJson(name, "tsconfig.json")).to.deep.equal(readJson("smallest", "tsconfig.json"));
        expect(project(name)).to.include({
          name: `ami-refresh-${name}`,
          runtime: "nodejs",
          main: "index.ts",
        });
      });

      it("says in its README how to install it, and names every stack file's keys", () => {
        const readme = fs.readFileSync(path.join(EXAMPLES, name, "README.md"), "utf8");
        expect(readme).to.contain("npm pack --pack-destination examples");
        for (const key of Object.keys(project(name).config ?? {})) {
          expect(readme, key).to.contain(`\`${key}\``);
        }
      });
    });
  }

  it("smallest makes one component", async () => {
    const resources = await run("smallest", "dev", new Provider(furnishedAccount()));
    expect(namesAndTypes(resources)).to.deep.equal(component("web"));
    expect(ignored(resources)).to.deep.equal({});
  });

  it("existing-group adds only to what is there, and its schedule does not fire yet", async () => {
    const resources = await run("existing-group", "dev", new Provider(furnishedAccount()));
    expect(namesAndTypes(resources)).to.deep.equal(component("web"));
    expect(find(resources, "web-schedule", RULE).state).to.equal("DISABLED");
    expect(runbookDefaults(resources, "web-roll-out")).to.include({
      AutoScalingGroupName: "web",
      LaunchConfigurationFrom: "group",
    });
    expect(find(resources, "web-create-image-role").tags).to.deep.equal({ Owner: "web-team" });
  });

  for (const [stack, schedule] of Object.entries({
    dev: "cron(30 5 * * ? *)",
    prod: "cron(0 3 ? * SUN *)",
  })) {
    it(`several-environments makes one component in ${stack}, under names of its own`, async () => {
      const instanceId = configOf("several-environments", stack)[
        "ami-refresh-several-environments:goldenInstanceId"
      ];
      const resources = await run(
        "several-environments",
        stack,
        new Provider(furnishedAccount(undefined, { instanceId, groupName: `web-${stack}` })),
      );
      expect(namesAndTypes(resources)).to.deep.equal(component(`web-${stack}`));
      expect(find(resources, `web-${stack}-schedule`, RULE).scheduleExpression).to.equal(schedule);
      expect(runbookDefaults(resources, `web-${stack}-create-image`)).to.include({
        AutoScalingGroupName: `web-${stack}`,
        LaunchConfigPrefix: `web-${stack}`,
        InstanceId: instanceId,
      });
      expect(find(resources, `web-${stack}-create-image-role`).tags).to.deep.equal({ Environment: stack });
    });
  }

  describe("group-in-same-program", () => {
    const groupName = "web-0123abc";
    let templateId: string;
    let resources: Registered[];
    before(async () => {
      const account = furnishedAccount(undefined, { groupName, launchSource: "template" });
      templateId = account.autoscaling.groups.get(groupName)?.LaunchTemplate?.LaunchTemplateId ?? "";
      const answers = new Owned(account, {
        "aws:ec2/launchTemplate:LaunchTemplate": { id: templateId, name: "web-9876def" },
        "aws:autoscaling/group:Group": { id: groupName, name: groupName },
      });
      resources = await run("group-in-same-program", "dev", answers);
    });

    it("makes a template, a group and a component", () => {
      expect(namesAndTypes(resources)).to.deep.equal(
        [
          ["web", "aws:ec2/launchTemplate:LaunchTemplate"],
          ["web", "aws:autoscaling/group:Group"],
          ...component("web"),
        ].sort(byText),
      );
    });

    it("gives the component the group that it makes, and the permissions are for the template that it makes", () => {
      expect(find(resources, "web", COMPONENT).autoScalingGroupName).to.equal(groupName);
      expect(runbookDefaults(resources, "web-roll-out").AutoScalingGroupName).to.equal(groupName);
      expect(find(resources, "web-roll-out-policy").policy).to.contain(`launch-template/${templateId}`);
    });

    it("refers to the template by a number", () => {
      expect(find(resources, "web", "aws:autoscaling/group:Group").launchTemplate).to.deep.equal({
        id: templateId,
        version: "1",
      });
    });

    it("ignores what a run changes, property by property, and nothing else", () => {
      expect(ignored(resources)).to.deep.equal({
        "aws:ec2/launchTemplate:LaunchTemplate": ["imageId", "description"],
        "aws:autoscaling/group:Group": ["launchTemplate.version"],
      });
    });
  });
});

/** Runs a compiled example with the configuration of one of its stacks, in its own folder. */
async function run(name: string, stack: string, answers: Answers): Promise<Registered[]> {
  const examples = path.join(stranger().folder, "examples");
  const { resources } = await runProgram({
    program: path.join(examples, "bin", name, "index.js"),
    cwd: path.join(examples, name),
    project: `ami-refresh-${name}`,
    stack,
    config: configOf(name, stack),
    answers,
  });
  return resources;
}

function project(name: string): { config?: Record<string, DeclaredKey> } & Record<string, unknown> {
  return readYaml(name, "Pulumi.yaml") as { config?: Record<string, DeclaredKey> } & Record<string, unknown>;
}

function stacksOf(name: string): string[] {
  const files = fs.readdirSync(path.join(EXAMPLES, name));
  return files.flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);
}

/** As the engine gives it to the program: the types that Pulumi.yaml declares are checked, and its defaults added. */
function configOf(name: string, stack: string): Record<string, string> {
  const stackFile = `Pulumi.${stack}.yaml`;
  const { config: given } = readYaml(name, stackFile) as { config: Record<string, unknown> };
  return resolveConfiguration({
    project: `ami-refresh-${name}`,
    stackFile,
    declared: project(name).config ?? {},
    given,
  });
}

function readYaml(name: string, file: string): unknown {
  return yaml.load(fs.readFileSync(path.join(EXAMPLES, name, file), "utf8"));
}

function readJson(name: string, file: string): unknown {
  return JSON.parse(fs.readFileSync(path.join(EXAMPLES, name, file), "utf8"));
}

function component(name: string): string[][] {
  const children = CHILDREN.map(([end, type]) => [`${name}-${end}`, type]);
  return [[name, COMPONENT], ...children].sort(byText);
}

function namesAndTypes(resources: Registered[]): string[][] {
  return resources.map(({ name, type }) => [name, type]).sort(byText);
}

function byText(one: string[], other: string[]): number {
  return one.join(" ").localeCompare(other.join(" "));
}

/** What each resource that ignores anything ignores, by its type. */
function ignored(resources: Registered[]): Record<string, string[]> {
  const ignoring = resources.filter(({ ignoreChanges }) => ignoreChanges.length > 0);
  return Object.fromEntries(ignoring.map(({ type, ignoreChanges }) => [type, ignoreChanges]));
}

/** The inputs of one resource. */
function find(resources: Registered[], name: string, type?: string): Record<string, unknown> {
  const found = resources.filter((one) => one.name === name && (type === undefined || one.type === type));
  expect(found, name).to.have.length(1);
  return found[0].inputs;
}

/** The defaults of the registered runbook's parameters. */
function runbookDefaults(resources: Registered[], name: string): Record<string, unknown> {
  const { parameters } = yaml.load(String(find(resources, name, DOCUMENT).content)) as {
    parameters: Record<string, { default?: unknown }>;
  };
  return Object.fromEntries(Object.entries(parameters).map(([key, parameter]) => [key, parameter.default]));
}
