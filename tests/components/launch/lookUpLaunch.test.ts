import * as aws from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { AmiRefresh, type AmiRefreshArgs } from "../../../components";
import { assumeLaunch, type LaunchFacts, type Reference } from "../../../components/launch/facts";
import { rollOutStatements } from "../../../components/permissions/rollOut";
import type { Account } from "../../../rehearsal/account/account";
import type { AutoScalingGroup } from "../../../rehearsal/account/autoscaling/shapes";
import type { LaunchTemplate, LaunchTemplateData } from "../../../rehearsal/account/ec2/launchTemplateShapes";
import { latestNumber } from "../../../rehearsal/account/ec2/launchTemplates";
import type { Instance } from "../../../rehearsal/account/ec2/shapes";
import type { SourceKind } from "../../../rehearsal/account/world/sourceKinds";
import { LookUpFailure } from "../../../rehearsal/deploy/lookUps";
import { policyOf as asPolicy } from "../permissions/scope";
import { BEIJING, furnishedAccount, type MockOptions, type Program, TOKYO, underMocks } from "../../mocks";

const GOLDEN = "i-0123456789abcdef0";
const ARGS: AmiRefreshArgs = {
  instanceId: GOLDEN,
  autoScalingGroupName: "web-group",
  prefix: "web",
  cron: "30 5 * * ? *",
};
const ROLE = "arn:aws:iam::123456789012:role/web-server";

const build = (args: Partial<AmiRefreshArgs> = {}) => new AmiRefresh("web", { ...ARGS, ...args });

interface Wanted extends MockOptions {
  source?: SourceKind;
  args?: Partial<AmiRefreshArgs>;
  /** Changes the account before the program runs. */
  change?: (account: Account) => void;
}

function run({ source, args, change, ...options }: Wanted = {}): Promise<Program<AmiRefresh>> {
  const account = options.account ?? furnishedAccount(options.place, { launchSource: source });
  change?.(account);
  return underMocks(() => build(args), { ...options, account });
}

const later = <T>(value: T) => pulumi.output(Promise.resolve(value)) as pulumi.Output<never>;

function group(account: Account): AutoScalingGroup {
  return found(account.autoscaling.groups.get("web-group"));
}

function golden(account: Account): Instance {
  return found(account.ec2.instances.get(GOLDEN)).instance;
}

/** The templates by their names. */
function template(account: Account, name = "web"): LaunchTemplate {
  return found([...account.ec2.launchTemplates.values()].find((one) => one.LaunchTemplateName === name));
}

/** What the look-up of a template shows. */
function latest(account: Account, name?: string): LaunchTemplateData {
  const one = template(account, name);
  return found(one.versions.get(latestNumber(one))).LaunchTemplateData;
}

function found<T>(value: T | undefined): T {
  if (value === undefined) {
    throw new Error("the account lacks what the test changes");
  }
  return value;
}

const WHERE = ["aws:index/getPartition", "aws:index/getRegion", "aws:index/getCallerIdentity"];
const GROUP = 'aws:autoscaling/getGroup {"name":"web-group"}';
const INSTANCE = `aws:ec2/getInstance {"instanceId":"${GOLDEN}"}`;
const MEMBERS =
  `aws:ec2/getInstances {"filters":[{"name":"instance-id","values":["${GOLDEN}"]},` +
  '{"name":"tag:aws:autoscaling:groupName","values":["web-group"]}],' +
  '"instanceStateNames":["pending","running","shutting-down","stopping","stopped"]}';
const PROFILE = 'aws:iam/getInstanceProfile {"name":"web-server"}';

/** Every look-up that was made, sorted, as the function's name and its arguments. */
function asked({ lookUps }: Program<unknown>): string[] {
  return lookUps
    .map(({ token, inputs }) => {
      const name = token.slice(0, token.lastIndexOf(":"));
      return Object.keys(inputs).length === 0 ? name : `${name} ${JSON.stringify(inputs)}`;
    })
    .sort();
}

/** What the role of roll-out may do, as it was registered. */
function policyOf({ resources }: Program<unknown>): unknown {
  const policy = resources.find(({ name }) => name === "web-roll-out-policy")?.inputs.policy;
  return policy === undefined ? undefined : JSON.parse(String(policy));
}

/** The first lines of the roll-out that was registered: which of the two files it is. */
function rollOutOf({ resources }: Program<unknown>): string {
  const document = resources.find(({ name, custom }) => custom && name === "web-roll-out");
  return /# (Roll out an image, .*)/.exec(String(document?.inputs.content))?.[1] ?? "";
}

const policyFor = (launch: LaunchFacts, place = TOKYO) =>
  asPolicy(
    rollOutStatements({
      ...place,
      instanceId: GOLDEN,
      autoScalingGroupName: "web-group",
      prefix: "web",
      launchConfigurationFrom: "instance",
      launch,
    }),
  );

const NOTHING = { roleArns: [], taggedTypes: [], usedTypes: [], namedArns: [], keyArns: [] };
const TAGS = ["instance", "volume"];

describe("the component looks before it deploys", () => {
  describe("and asks exactly this", () => {
    for (const [what, wanted, expected] of [
      ["of a launch configuration from the instance", {}, [GROUP, INSTANCE, MEMBERS, PROFILE]],
      [
        "of a launch configuration from the instance that has no profile",
        { change: (account) => delete golden(account).IamInstanceProfile },
        [GROUP, INSTANCE, MEMBERS],
      ],
      [
        "of a launch configuration from the group",
        { args: { launchConfigurationFrom: "group" } },
        [GROUP, INSTANCE, MEMBERS, PROFILE, 'aws:ec2/getLaunchConfiguration {"name":"web-group-initial"}'],
      ],
      ...(["template", "template-default", "template-latest", "parameter"] as const).map(
        (source) =>
          [
            `of a ${source}`,
            { source },
            [GROUP, INSTANCE, MEMBERS, PROFILE, "aws:ec2/getLaunchTemplate web"],
          ] as const,
      ),
      [
        "of a mixed instances policy with three templates and one profile",
        { source: "mixed" },
        [
          GROUP,
          INSTANCE,
          MEMBERS,
          PROFILE,
          "aws:ec2/getLaunchTemplate web",
          "aws:ec2/getLaunchTemplate web-large",
          "aws:ec2/getLaunchTemplate web-arm64",
        ],
      ],
      [
        "where the templates alone are given",
        { args: { launchTemplateIds: [] } },
        [GROUP, INSTANCE, MEMBERS, PROFILE],
      ],
      [
        "where the roles alone are given, and null is not given",
        { args: { instanceProfileRoleArns: [ROLE], launchTemplateIds: null as never } },
        [GROUP, INSTANCE, MEMBERS, PROFILE],
      ],
      [
        "where both are given: nothing",
        { args: { launchTemplateIds: ["lt-12345678"], instanceProfileRoleArns: [] } },
        [],
      ],
      [
        "where both are given and known only later: nothing",
        { args: { launchTemplateIds: later([]), instanceProfileRoleArns: later([ROLE]) } },
        [],
      ],
    ] as [string, Wanted, string[]][]) {
      it(what, async () => {
        const account = furnishedAccount(TOKYO, { launchSource: wanted.source });
        const program = await run({ ...wanted, account });
        expect(program.rejections).to.deep.equal([]);
        const named = (one: string) =>
          one.replace(
            /^(aws:ec2\/getLaunchTemplate) (\S+)$/,
            (_, token, name) => `${token} {"id":"${template(account, name).LaunchTemplateId}"}`,
          );
        expect(asked(program)).to.deep.equal([...WHERE, ...expected.map(named)].sort());
      });
    }

    it("of a large group as much as of a small one", async () => {
      const program = await run({
        change: (account) => {
          const { Instances } = group(account);
          Instances.push(...Array.from({ length: 500 }, () => ({ ...Instances[0] })));
        },
      });
      expect(asked(program)).to.have.length(7);
    });

    it("through the component's own provider", async () => {
      for (const source of ["configuration", "mixed"] as const) {
        const { lookUps } = await underMocks(
          () => {
            const provider = new aws.Provider("elsewhere", { region: "eu-west-1" });
            return new AmiRefresh("web", { ...ARGS, launchConfigurationFrom: "group" }, { provider });
          },
          { account: furnishedAccount(TOKYO, { launchSource: source }) },
        );
        expect(lookUps).to.have.length(source === "mixed" ? 10 : 8);
        lookUps.forEach(({ provider, token }) => expect(provider, token).to.contain("::elsewhere::"));
      }
    });
  });

  describe("and makes the permissions for what it found:", () => {
    const configuration = {
      ...NOTHING,
      kind: "configuration",
      templates: [],
      roleArns: [ROLE],
    } as const;

    it("a launch configuration, in two partitions", async () => {
      for (const place of [TOKYO, BEIJING]) {
        const program = await run({ place });
        const roleArns = [`arn:${place.partition}:iam::${place.accountId}:role/web-server`];
        const facts = { ...configuration, templates: [], roleArns } as LaunchFacts;
        expect(policyOf(program)).to.deep.equal(policyFor(facts, place));
        expect(rollOutOf(program)).to.equal("Roll out an image, through a launch configuration");
      }
    });

    it("the group's own profile where it is copied", async () => {
      const program = await run({
        args: { launchConfigurationFrom: "group" },
        change: ({ iam, autoscaling }) => {
          const arn = iam.putInstanceProfile("fleet", "arn:aws:iam::123456789012:role/path/fleet");
          found(autoscaling.launchConfigurations.get("web-group-initial")).IamInstanceProfile = arn;
        },
      });
      expect(JSON.stringify(policyOf(program))).to.contain('["arn:aws:iam::123456789012:role/path/fleet"]');
    });

    it("a template by its number", async () => {
      const account = furnishedAccount(TOKYO, { launchSource: "template" });
      const id = template(account).LaunchTemplateId;
      const program = await run({ account });
      expect(policyOf(program)).to.deep.equal(
        policyFor({
          ...NOTHING,
          kind: "template",
          templates: [{ id, refersBy: ["number"] }],
          roleArns: [ROLE],
          taggedTypes: TAGS,
          usedTypes: ["key-pair"],
        }),
      );
      expect(rollOutOf(program)).to.equal("Roll out an image, through launch templates");
    });

    for (const reference of ["default", "latest"] as const) {
      it(`a template by ${reference}, with which nothing is launched for a check`, async () => {
        const account = furnishedAccount(TOKYO, { launchSource: `template-${reference}` });
        const id = template(account).LaunchTemplateId;
        const program = await run({ account });
        const facts = { ...NOTHING, kind: "template", templates: [{ id, refersBy: [reference] }] } as const;
        expect(policyOf(program)).to.deep.equal(
          policyFor({ ...facts, templates: [{ id, refersBy: [reference] }] }),
        );
        expect(rollOutOf(program)).to.equal("Roll out an image, through launch templates");
      });
    }

    for (const [how, change, reference] of [
      ["$Latest", () => undefined, "latest"],
      [
        "the number of the latest",
        (account) => (found(group(account).LaunchTemplate).Version = "2"),
        "number",
      ],
      [
        "$Default, which is the latest",
        (account) => {
          found(group(account).LaunchTemplate).Version = "$Default";
          template(account).DefaultVersionNumber = 2;
        },
        "default",
      ],
    ] as [string, (account: Account) => unknown, Reference][]) {
      it(`the parameter of a template that the group uses by ${how}`, async () => {
        const account = furnishedAccount(TOKYO, { launchSource: "parameter" });
        change(account);
        const id = template(account).LaunchTemplateId;
        const program = await run({ account, args: { notifications: { emails: ["a@example.com"] } } });
        const templates = [{ id, refersBy: [reference] }];
        expect(policyOf(program)).to.deep.equal(
          policyFor({ ...NOTHING, kind: "parameter", parameter: "/images/web", templates }),
        );
        expect(rollOutOf(program)).to.equal("Roll out an image, through a parameter");
        const handlers = program.resources
          .filter(({ inputs }) => /Handler: \w+_parameter/.test(String(inputs.content)))
          .map(({ name }) => name);
        expect(handlers.sort()).to.deep.equal(["web-retire", "web-roll-out", "web-watch"]);
      });
    }

    it("a template that the group uses without a version is used by default", async () => {
      const account = furnishedAccount(TOKYO, { launchSource: "template-default" });
      delete group(account).LaunchTemplate?.Version;
      const id = template(account).LaunchTemplateId;
      expect(policyOf(await run({ account }))).to.deep.equal(
        policyFor({ ...NOTHING, kind: "template", templates: [{ id, refersBy: ["default"] }] }),
      );
    });

    it("a mixed instances policy, whatever the order of its overrides", async () => {
      const account = furnishedAccount(TOKYO, { launchSource: "mixed" });
      const program = await run({ account });
      const [base, large, arm] = ["web", "web-large", "web-arm64"].map(
        (name) => template(account, name).LaunchTemplateId,
      );
      const refersBy = (id: string) => (id === large ? (["default"] as const) : (["number"] as const));
      const templates = [base, large, arm].sort().map((id) => ({ id, refersBy: [...refersBy(id)] }));
      expect(policyOf(program)).to.deep.equal(
        policyFor({
          ...NOTHING,
          kind: "mixed",
          templates,
          roleArns: [ROLE],
          taggedTypes: TAGS,
          usedTypes: ["key-pair", "spot-instances-request"],
        }),
      );
      expect(rollOutOf(program)).to.equal("Roll out an image, through launch templates");
      group(account).MixedInstancesPolicy?.LaunchTemplate?.Overrides?.reverse();
      expect((await run({ account })).resources).to.deep.equal(program.resources);
    });

    it("what the template names beside, and the keys of this account and Region", async () => {
      const account = furnishedAccount(TOKYO, { launchSource: "template" });
      Object.assign(latest(account), {
        LicenseSpecifications: [
          { LicenseConfigurationArn: "arn:aws:license-manager:x:1:license-configuration:l" },
        ],
        Placement: { HostResourceGroupArn: "arn:aws:resource-groups:x:1:group/hosts", GroupName: "g" },
        CapacityReservationSpecification: {
          CapacityReservationTarget: {
            CapacityReservationResourceGroupArn: "arn:aws:resource-groups:x:1:group/reserved",
          },
        },
        SecondaryInterfaces: [{ SecondarySubnetId: "ss-1" }, { DeviceIndex: 1 }],
        TagSpecifications: [{ ResourceType: "spot-instances-request", Tags: [] }],
      });
      const key = (region: string, accountId: string) => `arn:aws:kms:${region}:${accountId}:key/k`;
      const volumes = [
        { Encrypted: true, KmsKeyId: key("ap-northeast-1", "123456789012") },
        { Encrypted: true, KmsKeyId: key("ap-northeast-1", "999999999999") },
        { Encrypted: true, KmsKeyId: key("eu-west-1", "123456789012") },
        { Encrypted: false },
      ];
      const record = found(account.ec2.instances.get(GOLDEN));
      record.instance.BlockDeviceMappings = volumes.map((_, index) => ({
        DeviceName: `/dev/xvd${"abcd"[index]}`,
        Ebs: {
          VolumeId: `vol-${index}`,
          AttachTime: new Date(0),
          DeleteOnTermination: true,
          Status: "attached",
        },
      }));
      record.volumes = new Map(
        volumes.map((volume, index) => [
          `/dev/xvd${"abcd"[index]}`,
          { VolumeId: `vol-${index}`, Size: 8, VolumeType: "gp3", ...volume },
        ]),
      );
      expect(policyOf(await run({ account }))).to.deep.equal(
        policyFor({
          kind: "template",
          templates: [{ id: template(account).LaunchTemplateId, refersBy: ["number"] }],
          roleArns: [ROLE],
          taggedTypes: ["spot-instances-request"],
          usedTypes: ["key-pair", "placement-group", "spot-instances-request"],
          namedArns: [
            "arn:aws:ec2:ap-northeast-1:123456789012:secondary-subnet/ss-1",
            "arn:aws:license-manager:x:1:license-configuration:l",
            "arn:aws:resource-groups:x:1:group/hosts",
            "arn:aws:resource-groups:x:1:group/reserved",
          ],
          keyArns: [key("ap-northeast-1", "123456789012")],
        }),
      );
    });

    describe("what a launch has only where the template or the group asks for it (RunInstances' resource types):", () => {
      const reservation = (target: object) => ({
        CapacityReservationSpecification: { CapacityReservationTarget: target },
      });
      for (const [what, data, usedTypes] of [
        ["nothing", {}, []],
        ["a key pair", { KeyName: "operations" }, ["key-pair"]],
        ["Spot", { InstanceMarketOptions: { MarketType: "spot" } }, ["spot-instances-request"]],
        [
          "tags of the Spot request",
          { TagSpecifications: [{ ResourceType: "spot-instances-request", Tags: [] }] },
          ["spot-instances-request"],
        ],
        [
          "a capacity block",
          {
            InstanceMarketOptions: { MarketType: "capacity-block" },
            ...reservation({ CapacityReservationId: "cr-1" }),
          },
          ["capacity-reservation"],
        ],
        ["a reservation", reservation({ CapacityReservationId: "cr-1" }), ["capacity-reservation"]],
        [
          "any open reservation",
          { CapacityReservationSpecification: { CapacityReservationPreference: "open" } },
          [],
        ],
        ["a placement group by name", { Placement: { GroupName: "rack" } }, ["placement-group"]],
        ["a placement group by id", { Placement: { GroupId: "pg-1" } }, ["placement-group"]],
        ["a placement without a group", { Placement: { Tenancy: "dedicated" } }, []],
        [
          "a volume from a snapshot",
          { BlockDeviceMappings: [{ DeviceName: "/dev/sdb", Ebs: { SnapshotId: "snap-1" } }] },
          ["snapshot"],
        ],
        [
          "an empty volume, and none",
          {
            BlockDeviceMappings: [
              { DeviceName: "/dev/sdb", Ebs: { VolumeSize: 8 } },
              { DeviceName: "/dev/sdc", NoDevice: "" },
            ],
          },
          [],
        ],
      ] as [string, LaunchTemplateData, string[]][]) {
        it(what, async () => {
          const account = furnishedAccount(TOKYO, { launchSource: "template" });
          const used = latest(account);
          delete used.KeyName;
          delete used.TagSpecifications;
          Object.assign(used, data);
          expect(policyOf(await run({ account }))).to.deep.equal(
            policyFor({
              ...NOTHING,
              kind: "template",
              templates: [{ id: template(account).LaunchTemplateId, refersBy: ["number"] }],
              roleArns: [ROLE],
              taggedTypes: (data.TagSpecifications ?? []).map(({ ResourceType }) => ResourceType),
              usedTypes,
            }),
          );
        });
      }

      it("a placement group of the group itself", async () => {
        const account = furnishedAccount(TOKYO, { launchSource: "template" });
        group(account).PlacementGroup = "rack";
        const resources = JSON.stringify(policyOf(await run({ account })));
        expect(resources).to.contain(":placement-group/*").and.not.contain("spot-instances-request");
      });

      for (const [onDemand, spot] of [
        [0, true],
        [99, true],
        [100, false],
        [undefined, false],
      ] as const) {
        it(`Spot ${spot ? "with" : "not with"} a policy that wants ${String(onDemand)} % On-Demand`, async () => {
          const account = furnishedAccount(TOKYO, { launchSource: "mixed" });
          found(group(account).MixedInstancesPolicy).InstancesDistribution = {
            OnDemandPercentageAboveBaseCapacity: onDemand,
          };
          const resources = JSON.stringify(policyOf(await run({ account })));
          expect(resources.includes(":spot-instances-request/*")).to.equal(spot);
        });
      }
    });

    it("as given, where both are given", async () => {
      const [launchTemplateIds, roles] = [["lt-12345678", "lt-0123456789abcdef0"], [ROLE]];
      for (const given of [launchTemplateIds, later([...launchTemplateIds].reverse())]) {
        const program = await run({ args: { launchTemplateIds: given, instanceProfileRoleArns: roles } });
        expect(policyOf(program)).to.deep.equal(
          policyFor(assumeLaunch([...launchTemplateIds].sort(), roles, TOKYO)),
        );
      }
    });

    it("of the given roles instead of those that were found", async () => {
      const wider = [ROLE, "arn:aws:iam::123456789012:role/other"];
      const program = await run({ args: { instanceProfileRoleArns: [...wider] } });
      expect(policyOf(program)).to.deep.equal(
        policyFor({ ...configuration, templates: [], roleArns: [...wider].sort() }),
      );
    });

    it("with the given templates where they are the group's", async () => {
      const account = furnishedAccount(TOKYO, { launchSource: "mixed" });
      const ids = [...account.ec2.launchTemplates.keys()].filter((id) =>
        JSON.stringify(group(account)).includes(id),
      );
      const given = await run({ account, args: { launchTemplateIds: ids } });
      expect(given.rejections).to.deep.equal([]);
      expect(policyOf(given)).to.deep.equal(policyOf(await run({ account })));
    });
  });

  describe("and refuses with one sentence", () => {
    const refusal = async (wanted: Wanted): Promise<string> => {
      const program = await run(wanted);
      expect(program.rejections).to.have.length(1);
      const [error] = program.rejections as Error[];
      expect(error.stack).to.equal(undefined);
      expect(pulumi.RunError.isInstance(error)).to.equal(true);
      const made = program.resources.map(({ name }) => name);
      expect(made.filter((name) => name.endsWith("-target"))).to.deep.equal([]);
      expect(program.resources.filter(({ type }) => type.includes("eventRule"))).to.deep.equal([]);
      expect(error.message).to.match(/^AmiRefresh "web": [^\n]*[^.]\.$/);
      return error.message.slice('AmiRefresh "web": '.length);
    };

    const NOTHING_LOOKED_UP =
      "or give both launchTemplateIds and instanceProfileRoleArns, and nothing is looked up.";

    for (const [what, wanted, sentence] of [
      [
        "a group that does not exist",
        { args: { autoScalingGroupName: "wbe" } },
        /^autoScalingGroupName "wbe" does not exist in the provider's account and Region: give the name that .*group\.name\.$/,
      ],
      [
        "an instance that does not exist",
        { args: { instanceId: "i-00000000" } },
        /^instanceId "i-00000000" does not exist in the provider's account and Region: give the id of the machine/,
      ],
      ...["terminated", "shutting-down"].map(
        (state) =>
          [
            `an instance that is ${state}`,
            { change: (account: Account) => (golden(account).State.Name = state) },
            new RegExp(
              `^instanceId "${GOLDEN}" is ${state}, where an image is taken of a running or stopped`,
            ),
          ] as [string, Wanted, RegExp],
      ),
      [
        "a golden instance that is a member of the group",
        {
          change: (account) =>
            golden(account).Tags.push({ Key: "aws:autoscaling:groupName", Value: "web-group" }),
        },
        new RegExp(
          `^instanceId "${GOLDEN}" is a member of Auto Scaling group "web-group", which may replace it`,
        ),
      ],
      [
        "a group without anything to launch from",
        { change: (account) => delete group(account).LaunchConfigurationName },
        /^autoScalingGroupName "web-group" names nothing to launch from, where a run needs a launch configuration/,
      ],
      [
        "a mixed instances policy with a template whose latest version, which is in use, has a parameter as its image",
        {
          source: "mixed",
          change: (account) => (latest(account, "web-arm64").ImageId = "resolve:ssm:/golden/ami"),
        },
        /^autoScalingGroupName "web-group" uses launch template lt-\w+, whose image is the parameter "resolve:ssm:\/golden\/ami", and a run would put an image id in its place: change that parameter instead, or give the template an image id\.$/,
      ],
      [
        "a version of a parameter",
        { source: "parameter", change: (account) => (latest(account).ImageId += ":3") },
        /^autoScalingGroupName "web-group" uses launch template lt-\w+, whose image is the parameter "resolve:ssm:\/images\/web:3", in which "3" is a version or a label of "\/images\/web", and no new value would reach the group: let the template name the parameter without a version or label\.$/,
      ],
      [
        "a label of a parameter",
        { source: "parameter", change: (account) => (latest(account).ImageId += ":prod") },
        /in which "prod" is a version or a label of "\/images\/web"/,
      ],
      ...[
        "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
        "arn:aws:ssm:ap-northeast-1:999999999999:parameter/images/web",
      ].map((name): [string, Wanted, RegExp] => [
        `the parameter ${name}`,
        { source: "parameter", change: (account) => (latest(account).ImageId = `resolve:ssm:${name}`) },
        new RegExp(
          `, whose image is the parameter "resolve:ssm:${name}", which may be AWS's own or another account's, and a run changes a ` +
            "parameter of this account that the template names without an ARN: let it name such a parameter\\.$",
        ),
      ]),
      [
        "what is no name of a parameter",
        { source: "parameter", change: (account) => (latest(account).ImageId = "resolve:ssm:/images/*") },
        /, which is no name of a parameter: a name consists of letters, digits and _ \. - \/; let the template name one\.$/,
      ],
      [
        "a mixed instances policy that uses a template both as $Latest and otherwise",
        {
          source: "mixed",
          change: (account) => {
            const policy = group(account).MixedInstancesPolicy?.LaunchTemplate;
            const base = found(policy?.LaunchTemplateSpecification);
            policy?.Overrides?.push({
              InstanceType: "t3.medium",
              LaunchTemplateSpecification: { ...base, Version: "$Latest" },
            });
          },
        },
        /^autoScalingGroupName "web-group" has a mixed instances policy that uses launch template lt-\w+ both as \$Latest and otherwise,/,
      ],
      [
        "more templates than a policy has room for",
        {
          source: "mixed",
          change: (account) => {
            const overrides = group(account).MixedInstancesPolicy?.LaunchTemplate?.Overrides;
            for (let index = 10; index < 30; index++) {
              overrides?.push({ LaunchTemplateSpecification: { LaunchTemplateId: `lt-000000${index}` } });
            }
          },
        },
        /^autoScalingGroupName "web-group" uses 23 launch templates: at most 20 are handled/,
      ],
      [
        "a template that was deleted",
        { source: "template", change: (account) => account.ec2.launchTemplates.clear() },
        /^autoScalingGroupName "web-group" uses launch template lt-\w+, which does not exist any more: set/,
      ],
      [
        "a golden instance's profile that does not exist",
        {
          change: (account) =>
            (golden(account).IamInstanceProfile = {
              Arn: "arn:aws:iam::123456789012:instance-profile/gone",
              Id: "x",
            }),
        },
        new RegExp(
          `^instanceId "${GOLDEN}" launches with instance profile "gone", which does not exist in this`,
        ),
      ],
      [
        "a template's profile that does not exist",
        {
          source: "template",
          change: (account) => (latest(account).IamInstanceProfile = { Name: "gone" }),
        },
        /^autoScalingGroupName "web-group" launches with instance profile "gone", which does not exist in this account/,
      ],
      [
        "a template's profile without a role",
        { source: "template-latest", change: (account) => account.iam.putInstanceProfile("web-server", "") },
        /^autoScalingGroupName "web-group" launches with instance profile "web-server", which has no role in it/,
      ],
      [
        "a profile with a role of another account",
        {
          change: (account) =>
            account.iam.putInstanceProfile("web-server", "arn:aws:iam::999999999999:role/web-server"),
        },
        /launches with instance profile "web-server", whose role "arn:aws:iam::999999999999:role\/web-server" is of another account or partition/,
      ],
      [
        "a profile of another account",
        {
          source: "template",
          change: (account) =>
            (latest(account).IamInstanceProfile = {
              Arn: "arn:aws:iam::999999999999:instance-profile/web-server",
            }),
        },
        /launches with instance profile "arn:aws:iam::999999999999:instance-profile\/web-server", which is of another account/,
      ],
      [
        "given templates of which the group uses none",
        { args: { launchTemplateIds: ["lt-12345678"] } },
        /^launchTemplateIds \["lt-12345678"\] are not those of the group, which uses a launch configuration: give \[\], or leave/,
      ],
      [
        "no templates given of a group that uses one",
        { source: "template", args: { launchTemplateIds: [] } },
        /^launchTemplateIds \[\] are not those of the group, which uses launch templates: give \["lt-\w+"\], or leave launchTemplateIds out/,
      ],
      [
        "given roles that lack the profile's",
        { args: { instanceProfileRoleArns: ["arn:aws:iam::123456789012:role/other"] } },
        /^instanceProfileRoleArns \["arn:aws:iam::123456789012:role\/other"\] lacks "arn:aws:iam::123456789012:role\/web-server", the role of instance profile "web-server"/,
      ],
      [
        "a policy that would be too large for a role",
        {
          args: {
            launchTemplateIds: Array.from({ length: 20 }, (_, index) => `lt-00000000000000${100 + index}`),
            instanceProfileRoleArns: Array.from(
              { length: 20 },
              (_, index) => `arn:aws:iam::123456789012:role/${"path/".repeat(30)}${index}`,
            ),
          },
        },
        /^the roll-out role's policy, made for 20 launch templates and 20 roles, has \d+ characters/,
      ],
    ] as [string, Wanted, RegExp][]) {
      it(what, async () => expect(await refusal(wanted)).to.match(sentence));
    }

    for (const [token, source, begins] of [
      ["aws:autoscaling/getGroup:getGroup", "configuration", 'autoScalingGroupName "web-group"'],
      ["aws:ec2/getInstance:getInstance", "configuration", `instanceId "${GOLDEN}"`],
      ["aws:ec2/getInstances:getInstances", "configuration", `instanceId "${GOLDEN}"`],
      ["aws:iam/getInstanceProfile:getInstanceProfile", "configuration", `instanceId "${GOLDEN}"`],
      [
        "aws:ec2/getLaunchConfiguration:getLaunchConfiguration",
        "configuration",
        'autoScalingGroupName "web-group" uses launch configuration "web-group-initial", which',
      ],
      [
        "aws:ec2/getLaunchTemplate:getLaunchTemplate",
        "template",
        'autoScalingGroupName "web-group" uses launch',
      ],
    ] as const) {
      it(`a denied ${token.split(":")[1]}, and does not say that there is no such thing`, async () => {
        const sentence = await refusal({
          source,
          args: { launchConfigurationFrom: token.includes("Configuration") ? "group" : "instance" },
          answer: (one) => {
            if (one === token) {
              throw new LookUpFailure(token, "reading it: AccessDenied: not authorized");
            }
            return undefined;
          },
        });
        expect(sentence.startsWith(begins), sentence).to.equal(true);
        expect(sentence).to.contain(
          "cannot be looked up (reading it: AccessDenied: not authorized): allow the",
        );
        expect(sentence.endsWith(NOTHING_LOOKED_UP), sentence).to.equal(true);
        expect(sentence).to.not.contain("exist");
      });
    }

    describe("once, where one cause makes several look-ups fail:", () => {
      const failing = (tokens: RegExp) => (token: string) => {
        if (tokens.test(token)) {
          throw new LookUpFailure(token, `the answer to ${token}`);
        }
        return undefined;
      };
      const INSTANCE_DENIED =
        /^instanceId "i-0123456789abcdef0" cannot be looked up \(the answer to aws:ec2\/getInstance:/;
      const slow = (...tokens: string[]) => Object.fromEntries(tokens.map((token) => [token, 40]));

      for (const [what, tokens, takes, sentence] of [
        [
          "DescribeInstances, the members first",
          /getInstances?:/,
          slow("aws:ec2/getInstance:getInstance"),
          INSTANCE_DENIED,
        ],
        [
          "DescribeInstances, the members last",
          /getInstances?:/,
          slow("aws:ec2/getInstances:getInstances"),
          INSTANCE_DENIED,
        ],
        ["DescribeInstances, at once", /getInstances?:/, {}, INSTANCE_DENIED],
        [
          "a provider without a Region",
          /./,
          slow("aws:index/getPartition:getPartition"),
          /^the provider's partition cannot be looked up \(the answer to .*\): set aws:region, or the Region of the provider, to/,
        ],
        [
          "a Region that is not known",
          /getRegion|getCallerIdentity/,
          slow("aws:index/getRegion:getRegion"),
          /^the provider's Region cannot be looked up \(the answer to .*\): set aws:region/,
        ],
        [
          "credentials that are no longer valid",
          /getCallerIdentity|getGroup|getInstance/,
          slow("aws:index/getCallerIdentity:getCallerIdentity"),
          /^the provider's account \(sts:GetCallerIdentity\) cannot be looked up \(the answer to .*\): give the provider credentials/,
        ],
      ] as [string, RegExp, Record<string, number>, RegExp][]) {
        it(what, async () => expect(await refusal({ answer: failing(tokens), takes })).to.match(sentence));
      }
    });

    it("a group that is being deleted", async () => {
      const group = { status: "Delete in progress", launchConfiguration: "web-group-initial" };
      const sentence = await refusal({
        answer: (token) => (token === "aws:autoscaling/getGroup:getGroup" ? group : undefined),
      });
      expect(sentence).to.match(
        /^autoScalingGroupName "web-group" is being deleted \(Delete in progress\): give/,
      );
    });

    it("a copied launch configuration whose image is gone, which the provider cannot read", async () => {
      const sentence = await refusal({
        args: { launchConfigurationFrom: "group" },
        change: ({ autoscaling }) =>
          (found(autoscaling.launchConfigurations.get("web-group-initial")).ImageId = "ami-00000000"),
      });
      expect(sentence).to.match(
        /^autoScalingGroupName "web-group" uses launch configuration "web-group-initial", which does not exist any more, or whose image does not \(.*couldn't find resource.*\): set the group to .*nothing is looked up\.$/,
      );
    });

    it("what cannot be asked for, once: a value that was refused is not asked with", async () => {
      const lines: string[] = [];
      const { error } = console;
      console.error = (line: string) => lines.push(line);
      try {
        const program = await run({ args: { autoScalingGroupName: later("a:b"), instanceId: later("i-1") } });
        expect(asked(program)).to.deep.equal([...WHERE].sort());
        const messages = program.rejections.map((rejection) => (rejection as Error).message);
        expect(messages.join()).to.match(/cannot be used|is not an EC2 instance id/);
        expect(new Set(messages).size).to.equal(messages.length);
      } finally {
        console.error = error;
      }
      expect(lines).to.deep.equal([]);
    });

    it("a secret, without telling it", async () => {
      const sentence = await refusal({ args: { autoScalingGroupName: pulumi.secret("hunter-2") } });
      expect(sentence).to.match(/^autoScalingGroupName "\[secret\]" does not exist/);
      const denied = await refusal({
        args: { autoScalingGroupName: pulumi.secret("hunter-2") },
        answer: (token) => {
          if (token.includes("getGroup")) {
            throw new LookUpFailure(token, "reading Auto Scaling Group (hunter-2): AccessDenied");
          }
          return undefined;
        },
      });
      expect(denied).to.contain("(reading Auto Scaling Group ([secret]): AccessDenied)");
    });
  });

  describe("and lets pass what a run can work with:", () => {
    for (const [what, wanted] of [
      ["a stopped instance", { change: (account) => (golden(account).State.Name = "stopped") }],
      [
        "an instance of another group",
        {
          change: (account) =>
            golden(account).Tags.push({ Key: "aws:autoscaling:groupName", Value: "other-team" }),
        },
      ],
      [
        "a parameter as the image of a version that is not in use",
        {
          source: "template",
          change: (account) => (latest(account).ImageId = "resolve:ssm:/golden/ami"),
        },
      ],
      [
        "given roles that lack the latest version's, where another version is in use",
        { source: "template", args: { instanceProfileRoleArns: ["arn:aws:iam::123456789012:role/other"] } },
      ],
      [
        "given roles that lack a profile with which nothing is launched for a check",
        { source: "template-latest", args: { instanceProfileRoleArns: [] } },
      ],
      [
        "a group without an instance profile",
        {
          source: "template",
          change: (account) => delete latest(account).IamInstanceProfile,
        },
      ],
    ] as [string, Wanted][]) {
      it(what, async () => {
        const { rejections, resources } = await run(wanted);
        expect(rejections).to.deep.equal([]);
        expect(resources.at(-1)?.name).to.match(/-target$/);
      });
    }
  });

  describe("and waits for what is not known yet:", () => {
    const unknown = (name: string) =>
      new pulumi.StackReference("later").getOutput(name) as pulumi.Output<string>;
    const names = ({ resources }: Program<unknown>) =>
      resources
        .map(({ name }) => name)
        .filter((name) => name.startsWith("web"))
        .sort();

    it("a preview with an unknown group asks nothing of the group and registers the same children", async () => {
      const account = furnishedAccount();
      const program = await underMocks(() => build({ autoScalingGroupName: unknown("group") }), {
        account,
        preview: true,
      });
      expect(program.rejections).to.deep.equal([]);
      expect(asked(program)).to.deep.equal([...WHERE, INSTANCE].sort());
      expect(names(program)).to.deep.equal(names(await run()));
    });

    it("a preview with an unknown instance asks nothing of the instance", async () => {
      const account = furnishedAccount(TOKYO, { launchSource: "template" });
      const program = await underMocks(() => build({ instanceId: unknown("instance") }), {
        account,
        preview: true,
      });
      expect(program.rejections).to.deep.equal([]);
      expect(asked(program).filter((one) => /getInstance\b|getInstances/.test(one))).to.deep.equal([]);
      expect(names(program)).to.deep.equal(names(await run()));
    });

    it("a preview with unknown templates and roles asks nothing at all", async () => {
      const program = await underMocks(
        () => build({ launchTemplateIds: [unknown("template")], instanceProfileRoleArns: [unknown("role")] }),
        { preview: true },
      );
      expect(program.rejections).to.deep.equal([]);
      expect(asked(program)).to.deep.equal([...WHERE].sort());
    });

    it("a provider that cannot be configured yet answers with nothing, and all of it is not known", async () => {
      const program = await run({
        preview: true,
        answer: () => ({}),
        args: { instanceProfileRoleArns: [ROLE] },
      });
      expect(program.rejections).to.deep.equal([]);
      expect(names(program)).to.deep.equal(names(await run()));
      const policy = program.resources.find(({ name }) => name === "web-roll-out-policy");
      expect(typeof policy?.inputs.policy).to.not.equal("string");
    });

    it("a group whose name is known later is asked for then", async () => {
      const program = await run({ args: { autoScalingGroupName: later("web-group") } });
      expect(program.rejections).to.deep.equal([]);
      expect(asked(program)).to.deep.equal([...WHERE, GROUP, INSTANCE, MEMBERS, PROFILE].sort());
      expect(policyOf(program)).to.deep.equal(policyOf(await run()));
    });
  });

  describe("and a night's change makes no difference:", () => {
    /** A copy of the version that the group uses, with another image. */
    const addVersion = (account: Account, name: string, from: number): number => {
      const one = template(account, name);
      const number = ++one.lastNumber;
      const source = found(one.versions.get(from));
      one.versions.set(number, {
        ...source,
        VersionNumber: number,
        VersionDescription: `web_2026-11-24 ${number}`,
        LaunchTemplateData: { ...source.LaunchTemplateData, ImageId: `ami-0000000${number}` },
      });
      return number;
    };

    for (const [what, source, night] of [
      [
        "a new launch configuration",
        "configuration",
        (account) => {
          const { launchConfigurations } = account.autoscaling;
          const initial = found(launchConfigurations.get("web-group-initial"));
          const name = "web_2026-11-24";
          launchConfigurations.set(name, {
            ...initial,
            LaunchConfigurationName: name,
            ImageId: initial.ImageId,
          });
          group(account).LaunchConfigurationName = name;
        },
      ],
      [
        "a new version, to which the group moved",
        "template",
        (account) => {
          const number = addVersion(account, "web", 2);
          Object.assign(found(group(account).LaunchTemplate), { Version: String(number) });
        },
      ],
      ["a failed night that left a version", "template", (account) => void addVersion(account, "web", 2)],
      [
        "a new default version",
        "template-default",
        (account) => (template(account).DefaultVersionNumber = addVersion(account, "web", 2)),
      ],
      [
        "a failed night that left a version and the default alone",
        "template-default",
        (account) => void addVersion(account, "web", 2),
      ],
      ["a new latest version", "template-latest", (account) => void addVersion(account, "web", 3)],
      [
        "new versions and images in a mixed instances policy",
        "mixed",
        (account) => {
          const policy = found(group(account).MixedInstancesPolicy?.LaunchTemplate);
          const number = addVersion(account, "web", 2);
          Object.assign(found(policy.LaunchTemplateSpecification), { Version: String(number) });
          template(account, "web-large").DefaultVersionNumber = addVersion(account, "web-large", 1);
          policy.Overrides?.filter(({ ImageId }) => ImageId).forEach((one) => (one.ImageId = "ami-12345678"));
        },
      ],
    ] as [string, SourceKind, (account: Account) => void][]) {
      for (const launchConfigurationFrom of ["instance", "group"] as const) {
        it(`${what}, from the ${launchConfigurationFrom}`, async () => {
          const account = furnishedAccount(TOKYO, { launchSource: source });
          const args = { launchConfigurationFrom };
          const before = await run({ account, args });
          night(account);
          const after = await run({ account, args });
          expect(after.rejections).to.deep.equal([]);
          expect(after.resources).to.deep.equal(before.resources);
        });
      }
    }
  });

  describe("and says in one line where it could see the latest version only:", () => {
    const remarks = async (wanted: Wanted): Promise<string[]> => (await run(wanted)).remarks;

    for (const [source, expected] of [
      ["configuration", []],
      ["template", ["web"]],
      ["template-default", ["web"]],
      ["template-latest", []],
      ["mixed", ["web", "web-large"]],
    ] as const) {
      it(source, async () => {
        const account = furnishedAccount(TOKYO, { launchSource: source });
        const ids = expected.map((name) => template(account, name).LaunchTemplateId).sort();
        const lines = await remarks({ account });
        expect(lines.map((line) => /launch template (lt-\w+)/.exec(line)?.[1]).sort()).to.deep.equal(ids);
        lines.forEach((line) => expect(line).to.not.match(/\n|version \d/));
      });
    }

    it("the same line after every night, and none where the latest is in use", async () => {
      const account = furnishedAccount(TOKYO, { launchSource: "template" });
      const before = await remarks({ account });
      template(account).versions.delete(3);
      expect(await remarks({ account })).to.deep.equal([]);
      template(account).versions.set(9, found(template(account).versions.get(2)));
      expect(await remarks({ account })).to.deep.equal(before);
    });

    it("and uses the facts of the latest", async () => {
      const program = await run({
        source: "template",
        change: (account) => {
          account.iam.putInstanceProfile("trial", "arn:aws:iam::123456789012:role/trial");
          latest(account).IamInstanceProfile = { Name: "trial" };
          latest(account).TagSpecifications = [];
        },
      });
      expect(JSON.stringify(policyOf(program))).to.not.contain("TagWhatIsLaunched");
      expect(JSON.stringify(policyOf(program)))
        .to.contain("role/trial")
        .and.not.contain("role/web-server");
    });
  });
});
