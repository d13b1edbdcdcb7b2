import { expect } from "chai";
import type { Account } from "../../rehearsal/account/account";
import { sourceKinds } from "../../rehearsal/account/world/sourceKinds";
import type { ByHand, Run } from "../../rehearsal/nights";
import { earlierNights, imageOf } from "./history";
import {
  broken,
  GROUP,
  group,
  launchedNow,
  madeImages,
  refresh,
  rollBack,
  runOf,
  runsOf,
  sentence,
  START,
  type Wanted,
} from "./refresh";
import { sharedPython } from "./python";

const later = (seconds: number) => new Date(START.getTime() + seconds * 1000);
const hours = (count: number) => count * 3600;
const statuses = (runs: Run[]) => runs.map(({ status }) => status);
const changing = ({ calls }: Run) => calls.filter(({ api }) => !/^(Describe|Get)/.test(api));
const summary = ({ outputs }: Run) => outputs["report.Summary"];
const yielded = ({ outputs }: Run) => outputs["report.EarlierRun"] !== "none";
const states = (account: Account) =>
  launchedNow(account).map(({ imageId = "" }) => account.ec2.image(imageId)?.State);

/** The group launches the image that is the n-th of those that create-image made. */
function expectLaunched(account: Account, index: number): void {
  const ids = new Set(launchedNow(account).map(({ imageId }) => imageId));
  expect([...ids]).to.include(madeImages(account)[index].ImageId);
}

/** When a night's roll-out starts, of which the account knows nothing yet. */
async function rollOutStart(wanted: Wanted = {}): Promise<number> {
  const { night } = await refresh(wanted);
  return (Date.parse(runOf(night, "roll-out").startedAt) - START.getTime()) / 1000;
}

describe("runs of create-image that overlap", () => {
  before(() => sharedPython());

  for (const launchSource of sourceKinds) {
    it(`two starts for one time: one goes on, and the other says so and makes nothing, on ${launchSource}`, async () => {
      const { account, nights, checks } = await refresh({ launchSource, starts: [START, START] });
      expect(broken(checks)).to.deep.equal([]);
      const runs = runsOf(nights, "create-image");
      expect(statuses(runs)).to.deep.equal(["Success", "Success"]);
      const [[other], [goesOn]] = [runs.filter(yielded), runs.filter((run) => !yielded(run))];
      expect(summary(other)).to.equal(
        `Run ${goesOn.executionId} is at work and goes on: this run made nothing.`,
      );
      expect(other.outputs).to.deep.include({
        "report.ImageId": "none",
        "report.RollOutExecutionId": "none",
        "report.EarlierRun": goesOn.executionId,
      });
      expect(changing(other)).to.deep.equal([]);
      expect(madeImages(account)).to.have.length(1);
      expect(runsOf(nights, "roll-out")).to.have.length(1);
      expectLaunched(account, 0);
    });
  }

  it("of those that started in the same millisecond the one with the smaller id goes on", async () => {
    for (let seed = 0; seed < 4; seed++) {
      const { runs } = await refresh({
        starts: [{ at: START, byHand: Array.from({ length: 3 }, () => ({ runbook: "create-image" })) }],
        world: (account) => Array.from({ length: seed }, () => account.ids.uuid()),
      });
      const ids = runs.slice(0, 3).map(({ executionId = "" }) => executionId);
      const goOn = runs.slice(0, 3).filter((run) => !yielded(run));
      expect(goOn.map(({ executionId }) => executionId)).to.deep.equal(ids.sort().slice(0, 1));
    }
  });

  it("a start by hand during a run, and a run that is longer than the interval", async () => {
    const { account, nights, checks } = await refresh({
      starts: [START, later(hours(1)), later(hours(2)), later(hours(13))],
      faults: ["image-slow@1"],
    });
    expect(runsOf(nights, "create-image").map(yielded)).to.deep.equal([false, true, true, false]);
    expect(broken(checks)).to.deep.equal([]);
    expect(madeImages(account)).to.have.length(2);
    expectLaunched(account, 1);
  });

  it("a run that ended, whatever became of it, keeps nobody from starting", async () => {
    for (const fault of ["run-cancelled:waitForImage@1", "ec2:CreateImage:denied@1", "image-fails@1"]) {
      const { nights } = await refresh({ starts: [START, later(1800)], faults: [fault] });
      const [first, second] = runsOf(nights, "create-image");
      expect(first.status, fault).to.be.oneOf(["Cancelled", "Failed"]);
      expect(second.status, sentence(second)).to.equal("Success");
      expect(yielded(second)).to.equal(false);
    }
  });

  it("that are not listed at once are seen all the same", async () => {
    const { account, nights } = await refresh({
      starts: [START, START],
      account: (fresh) => (fresh.ssm.listedAfterSeconds = 20),
    });
    expect(runsOf(nights, "create-image").map(yielded).sort()).to.deep.equal([false, true]);
    expect(madeImages(account)).to.have.length(1);
  });

  for (const launchSource of ["configuration", "template-latest"] as const) {
    it(`that never see each other make an image each, of which one is rolled out and the other one goes, on ${launchSource}`, async () => {
      const { account, nights } = await refresh({
        launchSource,
        starts: [START, START, later(hours(24))],
        account: (fresh) => (fresh.ssm.listedAfterSeconds = 60),
      });
      const [first, second] = runsOf(nights, "create-image");
      expect([first.status, second.status].sort()).to.deep.equal(["Failed", "Success"]);
      const failed = [first, second].find(({ status }) => status === "Failed") ?? first;
      expect(sentence(failed)).to.match(
        /^Exception: [^\n]+, and was left as it is: see who (changed|did) it/,
      );
      // In the night after that retire deletes the image that was not rolled out, because it is old enough by then.
      expect(madeImages(account)).to.have.length(2);
      expectLaunched(account, 1);
    });
  }
});

describe("a roll-out that meets another one", () => {
  before(() => sharedPython());

  for (const launchSource of ["configuration", "template-default"] as const) {
    it(`is the night's: it ends Failed, leaves its image, and the next night goes on, on ${launchSource}`, async () => {
      const two = [START, later(hours(24))];
      const seconds = await rollOutStart({ launchSource });
      const person = {
        at: later(hours(24) + seconds - 2),
        byHand: [rollBack()],
      };
      const { account, nights } = await refresh({
        launchSource,
        starts: [...two, person, later(hours(48))],
      });
      const [, second, third] = runsOf(nights, "create-image");
      const persons = runsOf(nights, "roll-out").find(
        ({ parent, night }) => parent === undefined && night === 3,
      );
      const nightly = runsOf(nights, "roll-out").find(({ parent }) => parent === second.executionId);
      expect(statuses([second, third])).to.deep.equal(["Failed", "Success"]);
      expect(sentence(second)).to.match(
        new RegExp(
          `^Exception: Roll-out ${persons?.executionId} is at work and goes on: this one ends, ` +
            "and the group was not changed; start it again with image ami-\\w+ when that one has ended\\.$",
        ),
      );
      expect(nightly && sentence(nightly)).to.equal(sentence(second));
      expect(nightly && changing(nightly)).to.deep.equal([]);
      // The image that was left goes when it is old enough.
      expectLaunched(account, madeImages(account).length - 1);
      expect(states(account).every((state) => state === "available")).to.equal(true);
    });
  }

  it("is a person's: it ends Failed, and the night's goes on", async () => {
    const seconds = await rollOutStart();
    const { account, nights } = await refresh({
      starts: [START, later(hours(24)), { at: later(hours(24) + seconds + 1), byHand: [rollBack()] }],
    });
    const [nightly, persons] = runsOf(nights, "roll-out").slice(1);
    expect(statuses([nightly, persons])).to.deep.equal(["Success", "Failed"]);
    expect(sentence(persons)).to.contain(`Exception: Roll-out ${nightly.executionId} is at work and goes on`);
    expect(sentence(persons)).to.contain("start it again with image previous when that one has ended.");
    expect(changing(persons)).to.deep.equal([]);
    expectLaunched(account, 1);
  });

  it("of which the list did not tell at first finds the group changed, and leaves it", async () => {
    const seconds = await rollOutStart();
    const { account, nights } = await refresh({
      starts: [START, later(hours(24)), { at: later(hours(24) + seconds + 1), byHand: [rollBack()] }],
      account: (fresh) => (fresh.ssm.listedAfterSeconds = 60),
    });
    const ends = runsOf(nights, "roll-out").slice(1);
    expect(statuses(ends).sort()).to.deep.equal(["Failed", "Success"]);
    expect(states(account)).to.deep.equal(["available"]);
    const [failed] = ends.filter(({ status }) => status === "Failed");
    // It depends on the night's how far that had got.
    expect(sentence(failed)).to.match(/was left as it is|was made by someone else during this run/);
  });

  it("before a night's image is there is over by then: the night rolls forward", async () => {
    const { account, nights } = await refresh({
      starts: [START, later(hours(24)), { at: later(hours(24) + 60), byHand: [rollBack()] }],
    });
    expect(statuses(nights.flatMap(({ runs }) => runs)).every((status) => status === "Success")).to.equal(
      true,
    );
    expectLaunched(account, 1);
    const initial = account.autoscaling.launchConfigurations.get(`${GROUP}-initial`)?.ImageId;
    const { Tags: tags } = imageOf(account, madeImages(account)[1].ImageId);
    expect(tags.find(({ Key }) => Key === "ami-refresh:previous-image")?.Value).to.equal(initial);
    expect(runsOf(nights, "roll-out")).to.have.length(3);
  });
});

describe("a night that somebody cancels", () => {
  before(() => sharedPython());

  for (const [launchSource, looks] of [
    ["configuration", ["checkGroup", "UpdateAutoScalingGroup"]],
    // It makes nothing before it looks.
    ["template", ["advanceLaunchTemplates"]],
  ] as const) {
    it(`while it rolls out changes nothing any more, or has done all, on ${launchSource}`, async () => {
      const begin = await rollOutStart({ launchSource });
      const ends: string[] = [];
      for (const seconds of [0, 4, 13]) {
        const { account, night } = await refresh({
          launchSource,
          faults: [`run-cancelled:${Math.floor(begin) + 1 + seconds}s`],
        });
        const [run, rollOut] = [runOf(night, "create-image"), runOf(night, "roll-out")];
        expect(run.status).to.equal("Cancelled");
        ends.push(`${rollOut.status} at ${rollOut.steps.at(-1)?.name}`);
        const isNew = launchedNow(account)[0].imageId === madeImages(account)[0].ImageId;
        expect(isNew).to.equal(rollOut.status === "Success");
        if (rollOut.status === "Failed") {
          expect(sentence(rollOut)).to.equal(
            `Exception: Run ${run.executionId}, to which this roll-out belongs, is Cancelled: this one ends, and the group was not ` +
              `changed; start it again with image ${madeImages(account)[0].ImageId}, if that is wanted.`,
          );
        }
      }
      expect([...new Set(ends)]).to.deep.equal([
        ...looks.map((step) => `Failed at ${step}`),
        "Success at report",
      ]);
    });
  }

  it("before that has an image that was not rolled out, which a person can roll out", async () => {
    let made = "";
    const person: { at: Date; byHand: ByHand[] } = {
      at: later(hours(2)),
      get byHand() {
        return [rollBack(made)];
      },
    };
    const { account, nights, runs } = await refresh({
      starts: [START, person],
      faults: ["run-cancelled:rollOut@1"],
      after: (_step, { ec2 }) => (made = ec2.allImages().at(-1)?.ImageId ?? ""),
    });
    expect(runs[0].status).to.equal("Cancelled");
    const [rollOut] = runsOf(nights, "roll-out");
    expect(rollOut.status, sentence(rollOut)).to.equal("Success");
    expectLaunched(account, 0);
  });
});

describe("different runbooks at one moment", () => {
  before(() => sharedPython());

  const newest = (account: Account) =>
    [...account.autoscaling.launchConfigurations.values()]
      .filter(({ LaunchConfigurationName: name }) => name.startsWith("web_"))
      .sort((one, other) => other.CreatedTime.getTime() - one.CreatedTime.getTime())[0];

  /** Four nights have been, and retire keeps one image beside those that the group launches and launched before. */
  const afterNights = (launchSource: "configuration" | "template-latest"): Wanted => ({
    launchSource,
    args: { retainImages: 1, retainLaunchConfigurations: 1 },
    account: (account) => {
      earlierNights(account, 4);
      if (launchSource === "configuration") {
        group(account).LaunchConfigurationName = newest(account).LaunchConfigurationName;
      }
    },
  });

  const three: ByHand[] = [{ runbook: "create-image" }, rollBack(), { runbook: "retire" }];
  const orders = three.flatMap((first) => {
    const [second, third] = three.filter((one) => one !== first);
    return [
      [first, second, third],
      [first, third, second],
    ];
  });
  for (const byHand of orders) {
    it(`${byHand.map(({ runbook }) => runbook).join(", ")}: each does its work`, async () => {
      const wanted = { ...afterNights("configuration"), starts: [{ at: START, byHand }] };
      const { account, checks, runs } = await refresh(wanted);
      expect(statuses(runs), runs.map(sentence).join(" ")).to.deep.equal([
        "Success",
        "Success",
        "Success",
        "Success",
      ]);
      // The new one, what the group launched when the night began, and before.
      expect(madeImages(account)).to.have.length(3);
      expectLaunched(account, 2);
      expect(broken(checks.filter(({ check }) => /^(nothing|each|every)/.test(check)))).to.deep.equal([]);
    });
  }

  for (const launchSource of ["configuration", "template-latest"] as const) {
    it(`what is rolled out while retire would delete it stays, or is refused before the group changes, on ${launchSource}`, async () => {
      for (const seconds of [-9, -5, -2, 0, 2, 5, 9]) {
        let oldest = "";
        const person = {
          at: later(10 + seconds),
          get byHand() {
            return [rollBack(oldest)];
          },
        };
        const retire = { at: later(10), byHand: [{ runbook: "retire" }] };
        const wanted = afterNights(launchSource);
        const { account, nights } = await refresh({
          ...wanted,
          starts: seconds < 0 ? [person, retire] : [retire, person],
          account: (fresh) => {
            wanted.account?.(fresh);
            oldest = madeImages(fresh)[0].ImageId;
          },
        });
        const [rollOut] = runsOf(nights, "roll-out");
        const isLaunched = launchedNow(account)[0].imageId === oldest;
        expect(isLaunched, `${seconds}: ${sentence(rollOut)}`).to.equal(rollOut.status === "Success");
        expect(states(account)).to.deep.equal(["available"]);
        expect(account.ec2.image(oldest) !== undefined).to.equal(isLaunched);
      }
    });
  }
});

describe("a group that somebody changes", () => {
  before(() => sharedPython());

  it("while a night waits for its image is rolled out from there", async () => {
    const { account, checks } = await refresh({ faults: ["group-switched:waitForImage"] });
    expect(
      checks.filter(({ ok, check }) => !ok && /refers to|is available|succeeded/.test(check)),
    ).to.deep.equal([]);
    expectLaunched(account, 0);
  });

  for (const [launchSource, step] of [
    ["configuration", "CreateLaunchConfiguration"],
    ["configuration", "UpdateAutoScalingGroup"],
    ["template", "advanceLaunchTemplates"],
  ] as const) {
    it(`between the looks of a roll-out is left alone, at ${step}`, async () => {
      const { account, run } = await refresh({ launchSource, faults: [`group-switched:${step}`] });
      expect(run.status).to.equal("Failed");
      expect(sentence(run)).to.contain("launches from changed during this run");
      const { LaunchConfigurationName, LaunchTemplate } = group(account);
      expect(LaunchConfigurationName ?? LaunchTemplate?.LaunchTemplateName).to.match(/^web-group-by-hand-/);
    });
  }

  it("by an instance refresh keeps the roll-out from beginning", async () => {
    const { run, account } = await refresh({
      launchSource: "template",
      account: ({ autoscaling }) =>
        autoscaling.instanceRefreshes.set(GROUP, [
          { InstanceRefreshId: "08b91cf7-8fa6", AutoScalingGroupName: GROUP, Status: "InProgress" },
        ]),
    });
    expect(sentence(run)).to.match(
      /^Exception: Instance refresh 08b91cf7-8fa6 of Auto Scaling group web-group is InProgress/,
    );
    expect(launchedNow(account)[0].imageId).to.not.equal(madeImages(account)[0].ImageId);
  });
});
