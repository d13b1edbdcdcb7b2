import { expect } from "chai";
import type { Account } from "../../rehearsal/account/account";
import { sourceKinds } from "../../rehearsal/account/world/sourceKinds";
import type { Start } from "../../rehearsal/nights";
import { sharedPython } from "./python";
import {
  broken,
  golden,
  madeImages,
  refresh,
  type Refreshed,
  runsOf,
  sentence,
  START,
  type Wanted,
} from "./refresh";
import { actionsOf, statementsOf, withoutAction } from "./registered";

const later = (hours: number) => new Date(START.getTime() + hours * 60 * 60 * 1000);
const NIGHTS = [START, later(24), later(48)];
const args = { skipUnchanged: true };

/** Somebody stopped the golden instance in the afternoon before. */
function stop(account: Account, at = later(-20)): void {
  Object.assign(golden(account), {
    State: { Code: 80, Name: "stopped" },
    StateTransitionReason: `User initiated (${at.toISOString().slice(0, 19).replace("T", " ")} GMT)`,
    LaunchTime: new Date(at.getTime() - 60 * 60 * 1000),
  });
}

const madeIn = ({ nights }: Refreshed) =>
  nights.map((night) => night.runs.some(({ calls }) => calls.some(({ api }) => api === "CreateImage")));

describe("a night without news", () => {
  before(() => sharedPython());

  for (const launchSource of sourceKinds) {
    it(`makes nothing, and is a success, on ${launchSource}`, async () => {
      const found = await refresh({ launchSource, args, starts: NIGHTS, world: (account) => stop(account) });
      expect(madeIn(found)).to.deep.equal([true, false, false]);
      const { account, nights, checks } = found;
      expect(broken(checks)).to.deep.equal([]);
      const [, second] = runsOf(nights, "create-image");
      expect(second.status, sentence(second)).to.equal("Success");
      expect(second.outputs["report.Unchanged"]).to.equal(madeImages(account)[0].ImageId);
      expect(second.outputs["report.Summary"]).to.match(
        /^Nothing changed: golden instance i-0123456789abcdef0 has been/,
      );
      expect(madeImages(account)).to.have.length(1);
    });
  }

  it("is none for an instance that runs", async () => {
    expect(madeIn(await refresh({ args, starts: NIGHTS }))).to.deep.equal([true, true, true]);
  });

  it("is none where the instance ran by day", async () => {
    let nights = 0;
    const found = await refresh({
      args,
      starts: NIGHTS,
      world: (account) => stop(account),
      after: (step, account) => {
        // After each night somebody starts and stops it.
        if (step.name === "report") {
          nights += 1;
          stop(account, new Date(account.clock.now().getTime() + 60 * 60 * 1000));
        }
      },
    });
    expect(nights).to.be.greaterThan(3);
    expect(madeIn(found)).to.deep.equal([true, true, true]);
  });

  it("is none where that is not wanted, nor where somebody starts create-image and says so", async () => {
    const world = (account: Account) => stop(account);
    expect(madeIn(await refresh({ starts: NIGHTS, world }))).to.deep.equal([true, true, true]);
    const byHand: Start = {
      at: later(30),
      byHand: [{ runbook: "create-image", parameters: { SkipUnchanged: ["false"] } }],
    };
    expect(madeIn(await refresh({ args, starts: [START, later(24), byHand], world }))).to.deep.equal([
      true,
      false,
      true,
    ]);
  });

  it("is none after a roll-out that failed", async () => {
    const found = await refresh({
      args,
      starts: NIGHTS,
      world: (account) => stop(account),
      faults: ["autoscaling:UpdateAutoScalingGroup:denied@1"],
    });
    expect(madeIn(found)).to.deep.equal([true, true, false]);
  });

  it("is no silence: the watch counts it as a success", async () => {
    const hours: number[] = [];
    await refresh({
      args: { ...args, notifications: { emails: ["team@example.com"] } },
      starts: [...NIGHTS, { at: later(60), isWatch: true }],
      world: (account) => stop(account),
      after: (step) => {
        if (step.name === "measure") {
          hours.push(Number(step.outputs.HoursSinceSuccess));
        }
      },
    });
    expect(hours).to.have.length(1);
    expect(hours[0]).to.be.within(11.5, 12);
  });

  it("needs every action that comes with it, and only then has it", async () => {
    const policyOf = async (wanted: Wanted["args"], policy: string) => {
      let found: Parameters<NonNullable<Wanted["registered"]>>[0] = [];
      await refresh({
        launchSource: "template",
        args: { notifications: { emails: ["team@example.com"] }, ...wanted },
        registered: (resources) => (found = structuredClone(resources)),
      });
      return statementsOf(found, policy).flatMap(actionsOf);
    };
    for (const [policy, expected] of Object.entries({
      "web-create-image-policy": [
        "ec2:DescribeLaunchTemplateVersions",
        "ec2:DescribeSnapshots",
        "ec2:DescribeVolumes",
      ],
      "web-watch-policy": ["ssm:DescribeAutomationExecutions"],
    })) {
      const usual = await policyOf({}, policy);
      const more = (await policyOf(args, policy)).filter((action) => !usual.includes(action));
      expect(more.sort(), policy).to.deep.equal(expected);
    }
    for (const [action, statuses] of [
      ["ec2:DescribeLaunchTemplateVersions", ["Failed", "Failed", "Failed"]],
      // The group launches an image of ours only after the first night.
      ["ec2:DescribeSnapshots", ["Success", "Failed", "Failed"]],
      ["ec2:DescribeVolumes", ["Success", "Failed", "Failed"]],
    ] as const) {
      const { nights } = await refresh({
        launchSource: "template",
        args,
        world: (account) => stop(account),
        starts: NIGHTS,
        registered: withoutAction("web-create-image-policy", action),
      });
      const found = runsOf(nights, "create-image").map(({ status }) => status);
      expect(found, action).to.deep.equal(statuses);
    }
  });
});
