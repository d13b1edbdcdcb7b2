import { expect } from "chai";
import { AmiRefresh } from "../../components";
import type { Account } from "../../rehearsal/account/account";
import { addLaunchConfiguration } from "../../rehearsal/account/world/launchConfigurations";
import type { Members } from "../../rehearsal/account/api";
import type { Statement } from "../../rehearsal/account/policy";
import type { LaunchTemplateData } from "../../rehearsal/account/ec2/launchTemplateShapes";
import type { SourceKind } from "../../rehearsal/account/world/sourceKinds";
import type { Registered } from "../../rehearsal/deploy/program";
import { underMocks } from "../mocks";
import { addImage } from "./afterNights";
import { addVersion, earlier, imageOf, isOnParameter } from "./history";
import { sharedPython } from "./python";
import { ARGS, GOLDEN, GROUP, group, launchedNow, refresh, sentence, template, type Wanted } from "./refresh";
import {
  actionsOf,
  resourceOf,
  resourcesOf,
  statementsOf,
  withoutAction,
  withoutAllowedValues,
  withoutResource,
  withStatements,
} from "./registered";

type Job = "create-image" | "roll-out" | "retire";

/** At which step of the runbook a run fails without an action. */
type Needed = Record<string, string>;

const CREATE_IMAGE: Needed = {
  "ssm:DescribeAutomationExecutions": "yieldToEarlierRun",
  "ssm:GetAutomationExecution": "yieldToEarlierRun",
  "autoscaling:DescribeAutoScalingGroups": "checkGoldenInstance",
  "ec2:DescribeInstances": "checkGoldenInstance",
  "autoscaling:DescribeLaunchConfigurations": "createImage",
  "ec2:DescribeImages": "createImage",
  "ec2:CreateImage": "createImage",
  "ec2:CreateTags": "createImage",
  "ssm:StartAutomationExecution": "rollOut",
  "iam:PassRole": "rollOut",
};

const ROLL_OUT: Needed = {
  "autoscaling:DescribeAutoScalingGroups": "checkGroup",
  "autoscaling:DescribeInstanceRefreshes": "checkGroup",
  "ec2:DescribeImages": "checkGroup",
  "ec2:DescribeSnapshots": "checkGroup",
  "kms:DescribeKey": "checkGroup",
  "ssm:DescribeAutomationExecutions": "checkGroup",
  "ssm:GetAutomationExecution": "checkGroup",
};

const CONFIGURATION: Needed = {
  ...ROLL_OUT,
  "autoscaling:DescribeLaunchConfigurations": "checkGroup",
  "autoscaling:CreateLaunchConfiguration": "CreateLaunchConfiguration",
  "ec2:DescribeKeyPairs": "CreateLaunchConfiguration",
  "ec2:DescribeSecurityGroups": "CreateLaunchConfiguration",
  "ec2:DescribeSpotInstanceRequests": "CreateLaunchConfiguration",
  "ec2:DescribeVpcClassicLink": "CreateLaunchConfiguration",
  "iam:PassRole": "CreateLaunchConfiguration",
  "autoscaling:UpdateAutoScalingGroup": "UpdateAutoScalingGroup",
  "ec2:CreateTags": "UpdateAutoScalingGroup",
};

const TEMPLATES: Needed = {
  ...ROLL_OUT,
  "ec2:DescribeFleets": "checkGroup",
  "ec2:DescribeInstanceTypes": "checkGroup",
  "ec2:DescribeLaunchTemplateVersions": "checkGroup",
  "ec2:DescribeSpotFleetRequests": "checkGroup",
  // Nothing is made before that step, which looks for earlier runs.
  "ssm:DescribeAutomationExecutions": "advanceLaunchTemplates",
  "ssm:GetAutomationExecution": "advanceLaunchTemplates",
  "ec2:CreateLaunchTemplateVersion": "advanceLaunchTemplates",
  "ec2:CreateTags": "advanceLaunchTemplates",
  "ec2:DeleteLaunchTemplateVersions": "advanceLaunchTemplates",
};

const PARAMETER: Needed = {
  ...ROLL_OUT,
  "ec2:DescribeFleets": "checkGroup",
  "ec2:DescribeInstanceTypes": "checkGroup",
  "ec2:DescribeLaunchTemplateVersions": "checkGroup",
  "ec2:DescribeSpotFleetRequests": "checkGroup",
  "ssm:GetParameter": "checkGroup",
  // Nothing is changed before that step, which looks for earlier runs.
  "ssm:DescribeAutomationExecutions": "putParameter",
  "ssm:GetAutomationExecution": "putParameter",
  "ssm:PutParameter": "putParameter",
  "ec2:CreateTags": "putParameter",
};

const UPDATE: Needed = {
  "autoscaling:UpdateAutoScalingGroup": "advanceLaunchTemplates",
  "ec2:RunInstances": "advanceLaunchTemplates",
  "iam:PassRole": "advanceLaunchTemplates",
};

const RETIRE: Needed = Object.fromEntries(
  [
    "autoscaling:DeleteLaunchConfiguration",
    "autoscaling:DescribeAutoScalingGroups",
    "autoscaling:DescribeInstanceRefreshes",
    "autoscaling:DescribeLaunchConfigurations",
    "ec2:DeleteSnapshot",
    "ec2:DeregisterImage",
    "ec2:DescribeFleets",
    "ec2:DescribeImageAttribute",
    "ec2:DescribeImageReferences",
    "ec2:DescribeImages",
    "ec2:DescribeInstances",
    "ec2:DescribeLaunchTemplateVersions",
    "ec2:DescribeLaunchTemplates",
    "ec2:DescribeSnapshots",
    "ec2:DescribeSpotFleetRequests",
    "imagebuilder:GetContainerRecipe",
    "imagebuilder:ListContainerRecipes",
    "imagebuilder:ListImageRecipes",
    "ssm:DescribeAutomationExecutions",
    "ssm:DescribeParameters",
    "ssm:GetAutomationExecution",
    "ssm:GetParameters",
  ].map((action) => [action, "retire"]),
);

const RETIRE_VERSIONS: Needed = { ...RETIRE, "ec2:DeleteLaunchTemplateVersions": "retire" };

interface Deployment extends Wanted {
  needs: Record<Job, Needed>;
  /** The runbooks for which a deployment before this one says the same: their roles may do the same, for the same things. */
  told?: Job[];
}

const DEPLOYMENTS: Record<string, Deployment> = {
  "a launch configuration from the instance": {
    needs: {
      "create-image": CREATE_IMAGE,
      "roll-out": {
        ...CONFIGURATION,
        "ec2:DescribeInstances": "checkGroup",
        "ec2:DescribeInstanceAttribute": "CreateLaunchConfiguration",
      },
      retire: RETIRE,
    },
  },
  "a launch configuration from the group": {
    told: ["create-image", "retire"],
    args: { launchConfigurationFrom: "group" },
    needs: {
      "create-image": CREATE_IMAGE,
      "roll-out": { ...CONFIGURATION, "ec2:DescribeInstanceTypes": "checkGroup" },
      retire: RETIRE,
    },
  },
  "a launch template by number": {
    told: ["create-image"],
    launchSource: "template",
    needs: {
      "create-image": CREATE_IMAGE,
      "roll-out": { ...TEMPLATES, ...UPDATE },
      retire: RETIRE_VERSIONS,
    },
  },
  "a launch template by $Default": {
    told: ["create-image", "retire"],
    launchSource: "template-default",
    needs: {
      "create-image": CREATE_IMAGE,
      "roll-out": { ...TEMPLATES, "ec2:ModifyLaunchTemplate": "advanceLaunchTemplates" },
      retire: RETIRE_VERSIONS,
    },
  },
  "a launch template by $Latest": {
    told: ["create-image", "retire"],
    launchSource: "template-latest",
    needs: { "create-image": CREATE_IMAGE, "roll-out": TEMPLATES, retire: RETIRE_VERSIONS },
  },
  "a launch template that takes its image from a parameter": {
    told: ["create-image"],
    launchSource: "parameter" as SourceKind,
    needs: {
      "create-image": CREATE_IMAGE,
      "roll-out": PARAMETER,
      retire: { ...RETIRE_VERSIONS, "ssm:GetParameter": "retire" },
    },
  },
  "a mixed instances policy": {
    told: ["create-image"],
    launchSource: "mixed" as SourceKind,
    needs: {
      "create-image": CREATE_IMAGE,
      "roll-out": { ...TEMPLATES, ...UPDATE, "ec2:ModifyLaunchTemplate": "advanceLaunchTemplates" },
      retire: RETIRE_VERSIONS,
    },
  },
};

/** The image that a person rolls out, where only the roll-out runs. */
interface Furnished {
  imageId: string;
}

/** Encrypted volumes, an image to roll out that nothing names yet, and one to retire with everything that names it. */
function furnish(account: Account): Furnished {
  const { Arn } = account.kms.addKey("AWS");
  const underKey = { Encrypted: true, KmsKeyId: Arn };
  account.ec2.instances.get(GOLDEN)?.volumes.forEach((volume) => Object.assign(volume, underKey));
  const launchesBefore = launchedNow(account)[0].imageId ?? "";
  const old = earlier(account, { daysOld: 40, rolledOut: false });
  if (group(account).LaunchConfigurationName === undefined) {
    // Left from a time when the group had a launch configuration; and a version later than that of the image.
    addLaunchConfiguration(account, { name: "web_2026-10-15", imageId: old.ImageId, daysOld: 40 });
    const isNamed = isOnParameter(account);
    if (isNamed) {
      // And from a time when the template named an image itself.
      const description = `web_2026-10-15 ${account.ids.uuid()}`;
      addVersion(account, { imageId: old.ImageId, description, daysOld: 40 });
    }
    addVersion(account, { imageId: isNamed ? "resolve:ssm:/images/web" : launchesBefore });
  }
  const { imageId, snapshotId } = addImage(account, 1, undefined, GROUP);
  imageOf(account, imageId).BlockDeviceMappings.forEach(({ Ebs }) => Object.assign(Ebs, { Encrypted: true }));
  Object.assign(account.ec2.snapshot(snapshotId) ?? {}, underKey);
  return { imageId };
}

/** Starts one of the runbooks by itself, as the schedule or create-image does. */
function only(job: Job, wanted: Wanted = {}): Wanted {
  const parameters: Record<string, string[]> = {};
  return {
    ...wanted,
    byHand: [{ runbook: job, parameters }],
    world: (account) => {
      wanted.world?.(account);
      const { imageId } = furnish(account);
      if (job === "roll-out") {
        parameters.ImageId = [imageId];
      }
    },
  };
}

/** A version that AWS warns of is taken back. */
function warned({ ec2 }: Account): void {
  ec2.versionWarning = { Code: "x", Message: "something is wrong" };
}

interface LaunchTold extends Wanted {
  /** On what RunInstances, and what tags, must be allowed. */
  launched: string[];
  tagged: string[];
}

const OWN = "arn:aws:ec2:ap-northeast-1:123456789012";
const SHARED = "arn:aws:ec2:ap-northeast-1:*";
const EVERY_LAUNCH = [
  "arn:aws:ec2:ap-northeast-1::image/*",
  ...["instance/*", "network-interface/*", "volume/*"].map((one) => `${OWN}:${one}`),
  ...["security-group/*", "subnet/*"].map((one) => `${SHARED}:${one}`),
];
const SPOT_REQUESTS = `${OWN}:spot-instances-request/*`;
const LICENCE = "arn:aws:license-manager:ap-northeast-1:123456789012:license-configuration:lic-1";
const RESERVATIONS = "arn:aws:resource-groups:ap-northeast-1:123456789012:group/reservations";
const HOSTS = "arn:aws:resource-groups:ap-northeast-1:123456789012:group/hosts";

/** Adds to all versions of a template, because a look-up sees the latest only. */
const toTemplate =
  (name: string, change: (data: LaunchTemplateData) => void) =>
  (account: Account): void =>
    template(account, name).versions.forEach(({ LaunchTemplateData: data }) => change(data));

const LAUNCHES: Record<string, LaunchTold> = {
  "a template that names nothing": {
    launchSource: "template",
    world: toTemplate("web", (data) => {
      delete data.KeyName;
      delete data.TagSpecifications;
    }),
    launched: EVERY_LAUNCH,
    tagged: [],
  },
  "a template with a key pair and tags": {
    launchSource: "template",
    launched: [...EVERY_LAUNCH, `${OWN}:key-pair/*`],
    tagged: [`${OWN}:instance/*`, `${OWN}:volume/*`],
  },
  "a Spot template that names all that it can": {
    launchSource: "template",
    world: toTemplate("web", (data) => {
      const Tags = [{ Key: "Name", Value: "web" }];
      Object.assign(data, {
        InstanceMarketOptions: { MarketType: "spot" },
        Placement: { GroupName: "rack", HostResourceGroupArn: HOSTS },
        CapacityReservationSpecification: {
          CapacityReservationTarget: {
            CapacityReservationId: "cr-1",
            CapacityReservationResourceGroupArn: RESERVATIONS,
          },
        },
        LicenseSpecifications: [{ LicenseConfigurationArn: LICENCE }],
        SecondaryInterfaces: [{ SecondarySubnetId: "ss-1" }],
        TagSpecifications: [
          { ResourceType: "network-interface", Tags },
          { ResourceType: "spot-instances-request", Tags },
        ],
      });
    }),
    launched: [
      ...EVERY_LAUNCH,
      `${OWN}:key-pair/*`,
      `${SHARED}:capacity-reservation/*`,
      `${SHARED}:placement-group/*`,
      `${OWN}:secondary-subnet/ss-1`,
      SPOT_REQUESTS,
      LICENCE,
      RESERVATIONS,
      HOSTS,
    ],
    tagged: [`${OWN}:network-interface/*`, SPOT_REQUESTS],
  },
  "a template whose group has a placement group": {
    launchSource: "template",
    world: (account) => {
      group(account).PlacementGroup = "rack";
    },
    launched: [...EVERY_LAUNCH, `${OWN}:key-pair/*`, `${SHARED}:placement-group/*`],
    tagged: [`${OWN}:instance/*`, `${OWN}:volume/*`],
  },
  "a policy with Spot, and a template for another architecture that has a volume from a snapshot": {
    launchSource: "mixed" as SourceKind,
    // That one is left alone: a version with such a volume would be refused.
    world: toTemplate("web-arm64", (data) =>
      data.BlockDeviceMappings?.push({ DeviceName: "/dev/sdb", Ebs: { SnapshotId: "snap-data" } }),
    ),
    launched: [...EVERY_LAUNCH, `${OWN}:key-pair/*`, "arn:aws:ec2:ap-northeast-1::snapshot/*", SPOT_REQUESTS],
    tagged: [`${OWN}:instance/*`, `${OWN}:volume/*`],
  },
};

/** What the group launches from, as a request. Of id and name AWS takes one. */
function launchSourceOf(account: Account): Members {
  const { LaunchConfigurationName, LaunchTemplate, MixedInstancesPolicy } = group(account);
  const source = JSON.stringify({ LaunchConfigurationName, LaunchTemplate, MixedInstancesPolicy });
  return JSON.parse(source, (key, value: Members) =>
    key === "LaunchTemplateName" ? undefined : value,
  ) as Members;
}

/** On what the roll-out may launch, or tag a launch. The templates themselves stand with what else may be done to them. */
function launchOf(resources: Registered[], action: string): string[] {
  return statementsOf(resources, "web-roll-out-policy")
    .filter((one) => actionsOf(one).join() === action && one.Sid !== "WriteDownWhatWasRolledOut")
    .flatMap(resourcesOf);
}

describe("every permission is needed", () => {
  before(() => sharedPython());

  for (const [what, { needs, told = [], ...deployment }] of Object.entries(DEPLOYMENTS)) {
    describe(`for ${what},`, () => {
      it("together they are enough, and the tables above name every action of every role", async () => {
        const actions: Record<string, string[]> = {};
        const { checks, runs } = await refresh({
          ...deployment,
          world: furnish,
          registered: (resources) => {
            for (const job of Object.keys(needs)) {
              const all = statementsOf(resources, `web-${job}-policy`).flatMap(actionsOf);
              actions[job] = [...new Set(all)].sort();
            }
          },
        });
        expect(checks.filter(({ ok }) => !ok)).to.deep.equal([]);
        expect(runs.map(({ runbook }) => runbook).sort()).to.deep.equal([
          "create-image",
          "retire",
          "roll-out",
        ]);
        for (const [job, needed] of Object.entries(needs)) {
          expect(actions[job], job).to.deep.equal(Object.keys(needed).sort());
        }
      });

      for (const job of ["create-image", "roll-out", "retire"] as const) {
        for (const [action, step] of told.includes(job) ? [] : Object.entries(needs[job])) {
          it(`without ${action} ${job} fails at ${step}`, async () => {
            const { run } = await refresh({
              ...only(job, deployment),
              account:
                action === "ec2:DeleteLaunchTemplateVersions" && job === "roll-out" ? warned : undefined,
              registered: withoutAction(`web-${job}-policy`, action),
            });
            const failed = run.steps.find(({ status }) => status === "Failed");
            expect([run.status, failed?.name], run.failureMessage).to.deep.equal(["Failed", step]);
            if (action === "kms:DescribeKey") {
              // A key that the role may not look at counts as a customer's.
              expect(sentence(run)).to.contain("is under customer KMS key");
            } else {
              expect(failed?.failureMessage).to.contain(`is not authorized to perform: ${action}`);
            }
          });
        }
      }
    });
  }

  describe("every resource is needed on which the launch of a template must be allowed,", () => {
    for (const [what, { launched, tagged, ...wanted }] of Object.entries(LAUNCHES)) {
      const allowed: Record<string, string[]> = { "ec2:RunInstances": launched, "ec2:CreateTags": tagged };

      it(`and those of ${what} are exactly these`, async () => {
        const { checks } = await refresh({
          ...wanted,
          world: (account) => {
            wanted.world?.(account);
            furnish(account);
          },
          registered: (resources) => {
            for (const [action, expected] of Object.entries(allowed)) {
              expect(launchOf(resources, action).sort(), action).to.deep.equal([...expected].sort());
            }
          },
        });
        expect(checks.filter(({ ok }) => !ok)).to.deep.equal([]);
      });

      for (const [action, resources] of Object.entries(allowed)) {
        for (const resource of resources) {
          it(`${action} on ${resource}, for ${what}`, async () => {
            let before: unknown;
            const { run, account } = await refresh({
              ...only("roll-out", wanted),
              registered: (registered) => {
                expect(launchOf(registered, action)).to.include(resource);
                withoutResource("web-roll-out-policy", action, resource)(registered);
              },
              account: (fresh) => (before = launchedNow(fresh)),
            });
            expect([run.status, run.steps.at(-1)?.name]).to.deep.equal(["Failed", "advanceLaunchTemplates"]);
            expect(run.failureMessage).to.contain(`is not authorized to perform: ${action}`);
            expect(launchedNow(account)).to.deep.equal(before);
          });
        }
      }
    }
  });

  describe("of the group the roll-out's role may update the launch source alone:", () => {
    const CapacityReservationIds = ["cr-1"];
    const CapacityReservationResourceGroupArns = ["arn:aws:resource-groups:x:1:group/g"];
    const others: Record<string, Members> = {
      "its sizes": { MinSize: 0, MaxSize: 9 },
      "its smallest size": { MinSize: 0 },
      "its largest size": { MaxSize: 9 },
      "its subnets": { VPCZoneIdentifier: "subnet-1,subnet-2" },
      "its reservations": {
        CapacityReservationSpecification: { CapacityReservationTarget: { CapacityReservationIds } },
      },
      "its reservations' groups": {
        CapacityReservationSpecification: {
          CapacityReservationTarget: { CapacityReservationResourceGroupArns },
        },
      },
    };
    for (const launchSource of ["configuration", "template", "mixed"] as SourceKind[]) {
      const asDeployed = async () => {
        const statements: Statement[] = [];
        const registered = (resources: Registered[]) =>
          void statements.push(...statementsOf(resources, "web-roll-out-policy"));
        const { account } = await refresh({ ...only("roll-out", { launchSource }), registered });
        const role = {
          arn: "arn:aws:sts::123456789012:assumed-role/roll-out/run",
          policies: [{ Version: "2012-10-17", Statement: statements }],
        };
        const source = launchSourceOf(account);
        const update = (more: Members) =>
          account.call(role, "autoscaling", "UpdateAutoScalingGroup", {
            AutoScalingGroupName: GROUP,
            ...more,
          });
        return { account, source, update };
      };

      it(`of a group with ${launchSource}`, async () => {
        const { source, update } = await asDeployed();
        expect(update(source)).to.deep.equal({});
      });

      for (const [what, more] of Object.entries(others)) {
        it(`of a group with ${launchSource} not ${what}`, async () => {
          const { account, source, update } = await asDeployed();
          const before = structuredClone(group(account));
          for (const request of [more, { ...source, ...more }]) {
            expect(() => update(request)).to.throw("is not authorized to perform: autoscaling:UpdateAuto");
          }
          expect(group(account)).to.deep.equal(before);
        });
      }
    }
  });

  // Of a launch template also each statement, where several have one action.
  const leaves: Record<string, (action: string) => boolean> = {
    TagWhatIsLaunched: () => false,
    WriteDownWhatWasRolledOut: () => false,
    LaunchFromTheTemplates: () => false,
    TheTemplatesOfTheGroup: (action) => action !== "ec2:RunInstances",
  };
  for (const [sid, left] of Object.entries(leaves)) {
    it(`without what ${sid} allows, the group stays as it was`, async () => {
      const { run, account } = await refresh({
        ...only("roll-out", { launchSource: "template" }),
        registered: withStatements("web-roll-out-policy", (statement) => {
          const Action = actionsOf(statement).filter((action) => statement.Sid !== sid || left(action));
          return Action.length > 0 ? [{ ...statement, Action }] : [];
        }),
      });
      expect(run.steps.at(-1)?.name).to.equal("advanceLaunchTemplates");
      expect(run.failureMessage).to.match(/is not authorized to perform: ec2:(CreateTags|RunInstances)/);
      expect(group(account).LaunchTemplate?.Version).to.equal("2");
    });
  }

  it("what the roll-out lacks, create-image says too", async () => {
    const { runs, account } = await refresh({
      registered: withoutAction("web-roll-out-policy", "autoscaling:UpdateAutoScalingGroup"),
    });
    const [image, rollOut] = ["create-image", "roll-out"].map((job) =>
      runs.find(({ runbook }) => runbook === job),
    );
    expect([image?.status, rollOut?.status]).to.deep.equal(["Failed", "Failed"]);
    expect(image?.failureMessage).to.contain("perform: autoscaling:UpdateAutoScalingGroup");
    expect(rollOut?.failureMessage).to.contain("perform: autoscaling:UpdateAutoScalingGroup");
    expect(group(account).LaunchConfigurationName).to.equal("web-group-initial");
  });

  describe("to start:", () => {
    for (const action of ["ssm:StartAutomationExecution", "iam:PassRole"]) {
      it(`without the events role's ${action} nothing starts`, async () => {
        const { runs, account } = await refresh({ registered: withoutAction("web-events-policy", action) });
        expect(runs.map(({ runbook }) => runbook)).to.deep.equal(["create-image", "retire"]);
        for (const run of runs) {
          expect(run.status).to.equal("NotStarted");
          expect(run.failureMessage).to.contain(`is not authorized to perform: ${action}`);
          expect(run.calls).to.deep.equal([]);
        }
        expect(group(account).LaunchConfigurationName).to.equal("web-group-initial");
      });
    }

    it("the events role may start the two runbooks of the schedule with their roles, and no more", async () => {
      const { resources } = await underMocks(() => new AmiRefresh("web", ARGS));
      const statements = statementsOf(resources, "web-events-policy");
      expect(statements.flatMap(actionsOf).sort()).to.deep.equal([
        "iam:PassRole",
        "ssm:StartAutomationExecution",
      ]);
      const named = JSON.stringify(statements);
      for (const job of ["create-image", "retire"]) {
        expect(named).to.contain(`"${String(resourceOf(resources, `web-${job}-role`).state.arn)}"`);
        expect(named).to.contain(`:document/${String(resourceOf(resources, `web-${job}`).state.name)}"`);
      }
      expect(named).to.not.contain("roll-out");
    });

    for (const role of ["web-create-image-role", "web-retire-role", "web-roll-out-role", "web-events-role"]) {
      it(`the trust policy of ${role} lets nobody else in`, async () => {
        const { runs } = await refresh({
          registered: (resources) => {
            const { state } = resourceOf(resources, role);
            const trust = String(state.assumeRolePolicy);
            state.assumeRolePolicy = trust.replace(/("aws:SourceArn":"[^"]*)"/, '$1-of-another"');
            expect(state.assumeRolePolicy).to.not.equal(trust);
          },
        });
        const refused = runs.filter(({ failureMessage, steps }) =>
          [failureMessage, ...steps.map((step) => step.failureMessage)].join().includes("sts:AssumeRole"),
        );
        const expected: Record<string, string[]> = {
          "web-create-image-role": ["create-image"],
          "web-retire-role": ["retire"],
          // create-image starts it in vain.
          "web-roll-out-role": ["create-image"],
          "web-events-role": ["create-image", "retire"],
        };
        expect(refused.map(({ runbook }) => runbook)).to.deep.equal(expected[role]);
      });
    }
  });

  describe("a start by hand with a value that the permissions are not made for", () => {
    const others: Record<string, [jobs: Job[], value: string]> = {
      AutomationAssumeRole: [["create-image", "roll-out", "retire"], "arn:aws:iam::123456789012:role/admin"],
      InstanceId: [["create-image", "roll-out", "retire"], "i-00000000000000001"],
      LaunchConfigPrefix: [["create-image", "roll-out", "retire"], "other"],
      AutoScalingGroupName: [["create-image", "roll-out", "retire"], "other-team"],
      RollOutDocumentName: [["create-image", "retire"], "AWS-RunPatchBaseline"],
      LaunchConfigurationFrom: [["roll-out"], "group"],
    };
    for (const [parameter, [jobs, value]] of Object.entries(others)) {
      for (const job of jobs) {
        it(`is refused before anything runs: ${parameter} of ${job}`, async () => {
          const parameters: Record<string, string[]> = {
            ...(job === "roll-out" ? { ImageId: ["previous"] } : {}),
            [parameter]: [value],
          };
          const { run } = await refresh({ byHand: [{ runbook: job, parameters }] });
          expect(run.status).to.equal("NotStarted");
          expect(run.failureMessage).to.contain(parameter);
          expect([run.steps, run.calls]).to.deep.equal([[], []]);
        });
      }
    }

    for (const [job, parameter, value, step] of [
      ["create-image", "AutoScalingGroupName", "other-team", "createImage"],
      ["roll-out", "LaunchConfigPrefix", "other", "CreateLaunchConfiguration"],
      ["roll-out", "AutoScalingGroupName", "other-team", "UpdateAutoScalingGroup"],
      ["retire", "AutoScalingGroupName", "other-team", "retire"],
    ] as [Job, string, string, string][]) {
      it(`is denied by IAM where the document allows it: ${parameter} of ${job}`, async () => {
        const parameters: Record<string, string[]> = { [parameter]: [value] };
        let before: unknown;
        const { run, account } = await refresh({
          byHand: [{ runbook: job, parameters }],
          registered: withoutAllowedValues,
          account: (fresh) => {
            const ofGroup = parameter === "AutoScalingGroupName" ? value : GROUP;
            const { imageId } = addImage(fresh, 2, undefined, ofGroup);
            if (job === "roll-out") {
              parameters.ImageId = [imageId];
            }
            before = structuredClone([...fresh.autoscaling.groups.values()]);
          },
        });
        expect(run.status).to.equal("Failed");
        expect(run.steps.at(-1)?.name).to.equal(step);
        expect(run.failureMessage).to.contain("is not authorized to perform");
        expect([...account.autoscaling.groups.values()]).to.deep.equal(before);
      });
    }

    it("is denied by IAM where the group has other templates since", async () => {
      let before: unknown;
      const { run, account } = await refresh({
        ...only("roll-out", { launchSource: "template-latest", args: { allowSharedTemplate: true } }),
        account: (fresh) => {
          const other = fresh.autoscaling.groups.get("other-team-batch");
          group(fresh).LaunchTemplate = structuredClone(other?.LaunchTemplate);
          before = launchedNow(fresh);
        },
      });
      expect(run.steps.at(-1)?.name).to.equal("advanceLaunchTemplates");
      expect(run.failureMessage).to.contain("is not authorized to perform: ec2:CreateLaunchTemplateVersion");
      expect(sentence(run)).to.contain("run pulumi up");
      expect(launchedNow(account)).to.deep.equal(before);
    });
  });
});
