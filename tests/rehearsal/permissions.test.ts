import { expect } from "chai";
import type { PolicyDocument } from "../../rehearsal/aws/policy";
import type { Registered } from "../../rehearsal/deploy/program";
import { GOLDEN, GROUP, group, PROFILE_ROLE, refresh, type Wanted } from "./refresh";
import { sharedPython } from "./python";

/** Takes one action out of a role's policy, wherever it stands in it. */
function without(policyName: string, action: string): (resources: Registered[]) => void {
  return (resources) => {
    const policy = resources.find(({ name }) => name === policyName);
    if (policy === undefined) {
      throw new Error(`no ${policyName}`);
    }
    const document = JSON.parse(String(policy.state.policy)) as PolicyDocument;
    const left = [document.Statement].flat().map((statement) => ({
      ...statement,
      Action: [statement.Action].flat().filter((one) => one !== action),
    }));
    policy.state.policy = JSON.stringify({
      ...document,
      Statement: left.filter(({ Action }) => Action.length > 0),
    });
  };
}

/** What a person would have to say to get past preflight's comparison. */
function madeFor(values: Record<string, string>): string[] {
  const run = {
    InstanceId: GOLDEN,
    LaunchConfigPrefix: "web",
    AutoScalingGroupName: GROUP,
    LaunchConfigurationFrom: "instance",
    ...values,
  };
  return Object.entries(run).map(([name, value]) => `${name}=${value}`);
}

const WITH_PROFILE: Wanted = { args: { instanceProfileRoleArns: [PROFILE_ROLE] }, profile: true };

/** At which step the run ends without an action, and in whose words. */
const NEEDED: Record<string, { step: string; code: string; wanted?: Wanted }> = {
  "autoscaling:DescribeAccountLimits": { step: "launchSource", code: "AccessDenied" },
  "autoscaling:DescribeAutoScalingGroups": { step: "launchSource", code: "AccessDenied" },
  "autoscaling:DescribeLaunchConfigurations": { step: "launchSource", code: "AccessDenied" },
  "ec2:DescribeImages": { step: "launchSource", code: "UnauthorizedOperation" },
  "ec2:DescribeInstances": { step: "preflight", code: "UnauthorizedOperation" },
  "ec2:CreateImage": { step: "createImage", code: "UnauthorizedOperation" },
  "ec2:CreateTags": { step: "createImage", code: "UnauthorizedOperation" },
  "autoscaling:CreateLaunchConfiguration": { step: "CreateLaunchConfiguration", code: "AccessDenied" },
  "ec2:DescribeKeyPairs": { step: "CreateLaunchConfiguration", code: "AccessDenied" },
  "ec2:DescribeSecurityGroups": { step: "CreateLaunchConfiguration", code: "AccessDenied" },
  "ec2:DescribeSpotInstanceRequests": { step: "CreateLaunchConfiguration", code: "AccessDenied" },
  "ec2:DescribeVpcClassicLink": { step: "CreateLaunchConfiguration", code: "AccessDenied" },
  "ec2:DescribeInstanceAttribute": { step: "CreateLaunchConfiguration", code: "AccessDenied" },
  "iam:PassRole": { step: "CreateLaunchConfiguration", code: "AccessDenied" },
  "autoscaling:UpdateAutoScalingGroup": { step: "UpdateAutoScalingGroup", code: "AccessDenied" },
};

describe("every permission is needed", function () {
  this.timeout(30000);
  before(() => sharedPython());

  it("and together they are enough", async () => {
    const { checks, nights } = await refresh(WITH_PROFILE);
    expect(nights).to.have.length(1);
    expect(checks.filter(({ ok }) => !ok)).to.deep.equal([]);
  });

  it("and the table below names every action of the automation role", async () => {
    const actions = new Set<string>();
    await refresh({
      ...WITH_PROFILE,
      registered: (resources) => {
        const policy = resources.find(({ name }) => name === "web-automation-policy");
        const { Statement } = JSON.parse(String(policy?.state.policy)) as PolicyDocument;
        [Statement]
          .flat()
          .flatMap(({ Action }) => Action)
          .forEach((action) => actions.add(action as string));
      },
    });
    expect([...actions].sort()).to.deep.equal(Object.keys(NEEDED).sort());
  });

  for (const [action, { step, code }] of Object.entries(NEEDED)) {
    it(`without ${action} the run ends at ${step}`, async () => {
      const { night, account } = await refresh({
        ...WITH_PROFILE,
        registered: without("web-automation-policy", action),
      });
      const failed = night.steps.at(-1);
      expect(night.status).to.equal("Failed");
      expect(failed?.name).to.equal(step);
      expect(failed?.failureMessage).to.contain(`(${code})`);
      expect(failed?.failureMessage).to.contain(`is not authorized to perform: ${action}`);
      expect(group(account).LaunchConfigurationName).to.equal("web-group-initial");
    });
  }

  for (const action of ["ssm:StartAutomationExecution", "iam:PassRole"]) {
    it(`without the events role's ${action} nothing starts`, async () => {
      const { night, account } = await refresh({ registered: without("web-events-policy", action) });
      expect(night.status).to.equal("NotStarted");
      expect(night.failureMessage).to.contain(`is not authorized to perform: ${action}`);
      expect(night.calls).to.deep.equal([]);
      expect(group(account).LaunchConfigurationName).to.equal("web-group-initial");
    });
  }

  describe("and holds for these things alone:", () => {
    it("the trust policies let nobody else in", async () => {
      for (const [role, part] of [
        ["web-automation-role", "aws:SourceArn"],
        ["web-events-role", "aws:SourceArn"],
      ]) {
        const { night } = await refresh({
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
        expect(night.status, role).to.equal("NotStarted");
        expect(night.failureMessage, role).to.contain("sts:AssumeRole");
      }
    });

    for (const [parameter, value, step] of [
      ["AutoScalingGroupName", "other-team", "createImage"],
      ["LaunchConfigPrefix", "other", "CreateLaunchConfiguration"],
    ] as const) {
      it(`a run that passes by preflight with another ${parameter} is denied by IAM`, async () => {
        const { night, account } = await refresh({
          byHand: { [parameter]: [value], PermissionsMadeFor: madeFor({ [parameter]: value }) },
        });
        expect(night.status).to.equal("Failed");
        expect(night.steps.at(-1)?.name).to.equal(step);
        expect(night.failureMessage).to.contain("is not authorized to perform");
        expect(account.autoscaling.groups.get("other-team")?.LaunchConfigurationName).to.equal(
          "other-team-initial",
        );
        expect(group(account).LaunchConfigurationName).to.equal("web-group-initial");
      });
    }
  });
});
