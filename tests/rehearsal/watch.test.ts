import { expect } from "chai";
import { failureSentence } from "../../rehearsal/automation/failure";
import type { SourceKind } from "../../rehearsal/account/world/sourceKinds";
import { group, GROUP, refresh, START, type Wanted } from "./refresh";
import { sharedPython } from "./python";
import { type Change, withoutAction, withStatements } from "./registered";

const TOLD: Wanted = {
  args: { notifications: { emails: ["team@example.com"] } },
  starts: [{ at: START, isWatch: true }],
};

/** At which step a run of watch fails without an action; before the first success it asks when its role was made. */
const ALWAYS = [
  "autoscaling:DescribeAutoScalingGroups",
  "cloudwatch:PutMetricData",
  "ec2:DescribeImages",
  "ec2:DescribeSnapshots",
  "iam:GetRole",
];
const NEEDS: [SourceKind, string[]][] = [
  ["configuration", [...ALWAYS, "autoscaling:DescribeLaunchConfigurations"]],
  ["template", [...ALWAYS, "ec2:DescribeLaunchTemplateVersions"]],
  ["parameter" as SourceKind, [...ALWAYS, "ec2:DescribeLaunchTemplateVersions", "ssm:GetParameter"]],
  ["mixed" as SourceKind, [...ALWAYS, "ec2:DescribeLaunchTemplateVersions"]],
];

describe("the watch", () => {
  before(() => sharedPython());

  const watch = async (registered?: Change, wanted: Wanted = {}) => {
    const { run, account } = await refresh({ ...TOLD, ...wanted, registered });
    const values = (name: string) =>
      account.cloudwatch.values(
        { namespace: "AmiRefresh", name, dimensions: { AutoScalingGroupName: GROUP } },
        0,
        Infinity,
      );
    return { run, account, values };
  };

  for (const [launchSource, actions] of NEEDS) {
    it(`measures with its role, on ${launchSource}`, async () => {
      const { run, values } = await watch(undefined, { launchSource });
      expect(run.status, run.failureMessage).to.equal("Success");
      // The role was made at midnight, and the group's image by people.
      expect(values("HoursSinceSuccess")[0]).to.be.closeTo(5.5, 0.1);
      expect([values("Images"), values("Snapshots")]).to.deep.equal([[0], [0]]);
      expect(values("ImageAgeDays")[0]).to.be.greaterThan(1);
      expect(String(run.outputs["report.Summary"])).to.match(
        /is \d+\.\d days old; the last success was 5\.5 hours ago\.$/,
      );
    });

    for (const action of actions) {
      it(`needs ${action}, on ${launchSource}`, async () => {
        const { run } = await watch(withoutAction("web-watch-policy", action), { launchSource });
        expect(run.status).to.equal("Failed");
        expect(run.steps.at(-1)?.name).to.equal("measure");
        expect(failureSentence(run.failureMessage ?? "")).to.match(/AccessDenied|UnauthorizedOperation/);
      });
    }
  }

  it("may put metrics of its own namespace alone", async () => {
    const elsewhere = withStatements("web-watch-policy", (statement) => [
      statement.Condition === undefined
        ? statement
        : { ...statement, Condition: { StringEquals: { "cloudwatch:namespace": "AWS/EC2" } } },
    ]);
    expect((await watch(elsewhere)).run.status).to.equal("Failed");
  });

  it("is started with a role that may start nothing else", async () => {
    for (const action of ["ssm:StartAutomationExecution", "iam:PassRole"]) {
      const { run } = await watch(withoutAction("web-watch-events-policy", action));
      expect(run.status, action).to.equal("NotStarted");
    }
  });

  it("puts what it knows of a group that is gone, and ends Failed, which a person hears", async () => {
    const { run, account, values } = await watch(undefined, {
      account: (fresh) => Object.assign(group(fresh), { Status: "Delete in progress" }),
    });
    expect(run.status).to.equal("Failed");
    expect(values("HoursSinceSuccess")).to.have.length(1);
    expect(values("ImageAgeDays")).to.deep.equal([]);
    const notices = account.sns.messages.filter(({ by }) => by === "events.amazonaws.com");
    expect(notices.map(({ text }) => text)[0]).to.match(/of runbook web-watch-[0-9a-f]{7} ended Failed at/);
  });
});
