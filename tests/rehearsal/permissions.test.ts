import { expect } from "chai";
import type { Account } from "../../rehearsal/account/account";
import type { PolicyDocument, Statement } from "../../rehearsal/account/policy";
import type { SourceKind } from "../../rehearsal/account/world/sourceKinds";
import type { Registered } from "../../rehearsal/deploy/program";
import { addVersion, earlier } from "./history";
import { GOLDEN, GROUP, group, launchedNow, refresh, type Wanted } from "./refresh";
import { sharedPython } from "./python";

function policyOf(resources: Registered[], name: string): Registered {
  const policy = resources.find((resource) => resource.name === name);
  if (policy === undefined) {
    throw new Error(`no ${name}`);
  }
  return policy;
}

const statementsOf = (policy: Registered): Statement[] =>
  [(JSON.parse(String(policy.state.policy)) as PolicyDocument).Statement].flat();

/** Takes something out of a role's policy. */
function without(
  policyName: string,
  left: (statement: Statement) => Statement[],
): (resources: Registered[]) => void {
  return (resources) => {
    const policy = policyOf(resources, policyName);
    const Statement = statementsOf(policy).flatMap(left);
    policy.state.policy = JSON.stringify({ Version: "2012-10-17", Statement });
  };
}

/** One action, wherever it stands in the policy. */
function withoutAction(policyName: string, action: string): (resources: Registered[]) => void {
  return without(policyName, (statement) => {
    const Action = [statement.Action].flat().filter((one) => one !== undefined && one !== action) as string[];
    return Action.length > 0 ? [{ ...statement, Action }] : [];
  });
}

/** The golden instance's volume is under AWS's own key, as where accounts encrypt by default; the present image's is not. */
function encrypted(account: Account): void {
  const { Arn } = account.kms.addKey("AWS");
  account.ec2.instances.get(GOLDEN)?.volumes.forEach((volume) => {
    Object.assign(volume, { Encrypted: true, KmsKeyId: Arn });
  });
}

/** What a person would have to say to get past preflight's comparison. */
function madeFor(values: Record<string, string>): string[] {
  const run = {
    InstanceId: GOLDEN,
    LaunchConfigPrefix: "web",
    AutoScalingGroupName: GROUP,
    LaunchConfigurationFrom: "instance",
    Retire: "true",
    ...values,
  };
  return Object.entries(run).map(([name, value]) => `${name}=${value}`);
}

/** At which step a run ends without an action. */
type Needed = Record<string, string>;

const EVERY_RUN: Needed = {
  "ec2:DescribeInstances": "preflight",
  "ec2:DescribeVolumes": "preflight",
  "ssm:DescribeAutomationExecutions": "preflight",
  "ssm:GetAutomationExecution": "preflight",
  "autoscaling:DescribeAutoScalingGroups": "launchSource",
  "autoscaling:DescribeInstanceRefreshes": "launchSource",
  "ec2:DescribeImages": "launchSource",
  "ec2:DescribeSnapshots": "launchSource",
  "kms:DescribeKey": "launchSource",
  "ec2:CreateImage": "createImage",
  "ec2:CreateTags": "createImage",
};

const RETIRE: Needed = {
  "autoscaling:DescribeLaunchConfigurations": "retire",
  "ec2:DeleteSnapshot": "retire",
  "ec2:DeregisterImage": "retire",
  "ec2:DescribeFleets": "retire",
  "ec2:DescribeImageAttribute": "retire",
  "ec2:DescribeImageReferences": "retire",
  "ec2:DescribeLaunchTemplateVersions": "retire",
  "ec2:DescribeLaunchTemplates": "retire",
  "ec2:DescribeSpotFleetRequests": "retire",
  "imagebuilder:GetContainerRecipe": "retire",
  "imagebuilder:ListContainerRecipes": "retire",
  "imagebuilder:ListImageRecipes": "retire",
  "ssm:DescribeParameters": "retire",
  "ssm:GetParameters": "retire",
};

const CONFIGURATION: Needed = {
  ...RETIRE,
  ...EVERY_RUN,
  "autoscaling:DeleteLaunchConfiguration": "retire",
  "autoscaling:DescribeAccountLimits": "retire",
  "autoscaling:DescribeLaunchConfigurations": "launchSource",
  "autoscaling:CreateLaunchConfiguration": "CreateLaunchConfiguration",
  "ec2:DescribeKeyPairs": "CreateLaunchConfiguration",
  "ec2:DescribeSecurityGroups": "CreateLaunchConfiguration",
  "ec2:DescribeSpotInstanceRequests": "CreateLaunchConfiguration",
  "ec2:DescribeVpcClassicLink": "CreateLaunchConfiguration",
  "iam:PassRole": "CreateLaunchConfiguration",
  "autoscaling:UpdateAutoScalingGroup": "UpdateAutoScalingGroup",
};

const TEMPLATES: Needed = {
  ...EVERY_RUN,
  "ec2:DescribeFleets": "launchSource",
  "ec2:DescribeInstanceTypes": "launchSource",
  "ec2:DescribeLaunchTemplateVersions": "launchSource",
  "ec2:DescribeSpotFleetRequests": "launchSource",
  "ec2:CreateLaunchTemplateVersion": "advanceLaunchTemplates",
};

const RETIRED_TEMPLATES: Needed = { ...RETIRE, ...TEMPLATES, "ec2:DeleteLaunchTemplateVersions": "retire" };

const UPDATE: Needed = {
  "autoscaling:UpdateAutoScalingGroup": "advanceLaunchTemplates",
  "ec2:RunInstances": "advanceLaunchTemplates",
  "iam:PassRole": "advanceLaunchTemplates",
};

/** Encrypted volumes, and an image that an earlier run made and nothing uses. */
function furnishing(account: Account): void {
  encrypted(account);
  const [{ imageId = "" }] = launchedNow(account);
  earlier(account, { daysOld: 40 });
  if (group(account).LaunchConfigurationName === undefined) {
    // So that the earlier run's version is not the latest one.
    addVersion(account, { imageId });
  }
}

/** A version that AWS warns of is taken back. */
const WARNED: Wanted = {
  account: ({ ec2 }) => (ec2.versionWarning = { Code: "x", Message: "something is wrong" }),
};

interface Deployment extends Wanted {
  needs: Needed;
  /** The run in which an action is used, where it is not the usual one. */
  used?: Record<string, Wanted>;
}

const DEPLOYMENTS: Record<string, Deployment> = {
  "a launch configuration from the instance": {
    needs: { ...CONFIGURATION, "ec2:DescribeInstanceAttribute": "CreateLaunchConfiguration" },
  },
  "a launch configuration from the group": {
    args: { launchConfigurationFrom: "group" },
    needs: { ...CONFIGURATION, "ec2:DescribeInstanceTypes": "launchSource" },
  },
  "a launch template by number": {
    launchSource: "template",
    needs: { ...RETIRED_TEMPLATES, ...UPDATE },
  },
  "a launch template by $Default": {
    launchSource: "template-default",
    needs: { ...RETIRED_TEMPLATES, "ec2:ModifyLaunchTemplate": "advanceLaunchTemplates" },
  },
  "a launch template by $Latest": {
    launchSource: "template-latest",
    needs: RETIRED_TEMPLATES,
  },
  "a launch template by $Latest, of which nothing is retired": {
    launchSource: "template-latest",
    args: { retire: false },
    needs: { ...TEMPLATES, "ec2:DeleteLaunchTemplateVersions": "advanceLaunchTemplates" },
    used: { "ec2:DeleteLaunchTemplateVersions": WARNED },
  },
  "a mixed instances policy": {
    launchSource: "mixed" as SourceKind,
    needs: { ...RETIRED_TEMPLATES, ...UPDATE, "ec2:ModifyLaunchTemplate": "advanceLaunchTemplates" },
  },
};

describe("every permission is needed", function () {
  this.timeout(30000);
  before(() => sharedPython());

  for (const [what, { needs, used = {}, ...wanted }] of Object.entries(DEPLOYMENTS)) {
    describe(`for ${what},`, () => {
      it("and together they are enough", async () => {
        const { checks, runs } = await refresh({ ...wanted, world: furnishing });
        expect(runs).to.have.length(1);
        expect(checks.filter(({ ok }) => !ok)).to.deep.equal([]);
      });

      it("and the table above names every action of the automation role", async () => {
        let actions: unknown[] = [];
        await refresh({
          ...wanted,
          world: furnishing,
          registered: (resources) => {
            const statements = statementsOf(policyOf(resources, "web-automation-policy"));
            actions = [...new Set(statements.flatMap(({ Action }) => Action))];
          },
        });
        expect(actions.sort()).to.deep.equal(Object.keys(needs).sort());
      });

      for (const [action, step] of Object.entries(needs)) {
        it(`without ${action} the run ends at ${step}`, async () => {
          const { run } = await refresh({
            ...wanted,
            ...used[action],
            world: furnishing,
            registered: withoutAction("web-automation-policy", action),
          });
          const failed = run.steps.at(-1);
          expect(run.status).to.equal("Failed");
          expect(failed?.name).to.equal(step);
          if (action === "kms:DescribeKey") {
            // A key that the role may not look at counts as a customer's.
            expect(failed?.failureMessage).to.contain("is under customer KMS key");
          } else {
            expect(failed?.failureMessage).to.match(
              /\((AccessDenied|AccessDeniedException|UnauthorizedOperation)\)/,
            );
            expect(failed?.failureMessage).to.contain(`is not authorized to perform: ${action}`);
          }
        });
      }
    });
  }

  const leaves: Record<string, (statement: Statement) => Statement[]> = {
    TagWhatIsLaunched: () => [],
    LaunchFromTheTemplates: () => [],
    TheTemplatesOfTheGroup: (statement) => [
      {
        ...statement,
        Action: [statement.Action].flat().filter((one) => one !== "ec2:RunInstances") as string[],
      },
    ],
  };
  for (const [sid, left] of Object.entries(leaves)) {
    it(`and of a launch template's also each statement: without ${sid} the group stays as it was`, async () => {
      const { run, account } = await refresh({
        launchSource: "template",
        registered: without("web-automation-policy", (statement) =>
          statement.Sid === sid ? left(statement) : [statement],
        ),
      });
      expect(run.steps.at(-1)?.name).to.equal("advanceLaunchTemplates");
      expect(run.failureMessage).to.match(/is not authorized to perform: ec2:(CreateTags|RunInstances)/);
      expect(group(account).LaunchTemplate?.Version).to.equal("2");
    });
  }

  for (const action of ["ssm:StartAutomationExecution", "iam:PassRole"]) {
    it(`without the events role's ${action} nothing starts`, async () => {
      const { run, account } = await refresh({ registered: withoutAction("web-events-policy", action) });
      expect(run.status).to.equal("NotStarted");
      expect(run.failureMessage).to.contain(`is not authorized to perform: ${action}`);
      expect(run.calls).to.deep.equal([]);
      expect(group(account).LaunchConfigurationName).to.equal("web-group-initial");
    });
  }

  describe("and holds for these things alone:", () => {
    it("the trust policies let nobody else in", async () => {
      for (const [role, part] of [
        ["web-automation-role", "aws:SourceArn"],
        ["web-events-role", "aws:SourceArn"],
      ]) {
        const { run } = await refresh({
          registered: (resources) => {
            const found = resources.find(({ name }) => name === role);
            expect(found?.state.assumeRolePolicy).to.contain(part);
            if (found !== undefined) {
              found.state.assumeRolePolicy = String(found.state.assumeRolePolicy).replace(
                /("aws:SourceArn":"[^"]*)"/,
                '$1-of-another"',
              );
            }
          },
        });
        expect(run.status, role).to.equal("NotStarted");
        expect(run.failureMessage, role).to.contain("sts:AssumeRole");
      }
    });

    for (const [launchSource, parameter, value, step] of [
      ["configuration", "AutoScalingGroupName", "other-team", "retire"],
      ["configuration", "LaunchConfigPrefix", "other", "CreateLaunchConfiguration"],
      ["template-latest", "AutoScalingGroupName", "other-team-batch", "createImage"],
    ] as const) {
      it(`a run (${launchSource}) that passes by preflight with another ${parameter} is denied by IAM`, async () => {
        let before: unknown;
        const { run, account } = await refresh({
          launchSource,
          account: (fresh) => (before = [GROUP, value].map((name) => fresh.autoscaling.groups.get(name))),
          byHand: [
            {
              runbook: "runbook",
              parameters: {
                [parameter]: [value],
                PermissionsMadeFor: madeFor({ [parameter]: value }),
                MayLaunch: ["*"],
              },
            },
          ],
        });
        expect(run.status).to.equal("Failed");
        expect(run.steps.at(-1)?.name).to.equal(step);
        expect(run.failureMessage).to.contain("is not authorized to perform");
        expect([GROUP, value].map((name) => account.autoscaling.groups.get(name))).to.deep.equal(before);
      });
    }

    it("a run may make versions of the group's templates only", async () => {
      let before: unknown;
      const { run, account } = await refresh({
        launchSource: "template-latest",
        byHand: [{ runbook: "runbook", parameters: { MayLaunch: ["*"] } }],
        account: (fresh) => {
          const other = fresh.autoscaling.groups.get("other-team-batch");
          group(fresh).LaunchTemplate = structuredClone(other?.LaunchTemplate);
          before = launchedNow(fresh);
        },
        args: { allowSharedTemplate: true },
      });
      expect(run.steps.at(-1)?.name).to.equal("advanceLaunchTemplates");
      expect(run.failureMessage).to.contain("is not authorized to perform: ec2:CreateLaunchTemplateVersion");
      expect(launchedNow(account)).to.deep.equal(before);
    });
  });
});
