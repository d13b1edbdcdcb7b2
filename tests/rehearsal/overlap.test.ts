import { expect } from "chai";
import type { Account } from "../../rehearsal/account/account";
import type { InstanceRefresh } from "../../rehearsal/account/autoscaling/shapes";
import type { SourceKind } from "../../rehearsal/account/world/sourceKinds";
import type { Run } from "../../rehearsal/nights";
import {
  GROUP,
  group,
  launchedNow,
  madeImages,
  refresh,
  sentence,
  START,
  template,
  type Wanted,
} from "./refresh";
import { sharedPython } from "./python";

const later = (seconds: number) => new Date(START.getTime() + seconds * 1000);
const statuses = (runs: Run[]) =>
  [...runs].sort((one, another) => one.night - another.night).map(({ status }) => status);
const failed = (runs: Run[]) => runs.filter(({ status }) => status === "Failed");
const changing = ({ calls }: Run) => calls.filter(({ api }) => !/^(Describe|Get)/.test(api));

describe("runs that overlap", function () {
  this.timeout(600_000);
  before(() => sharedPython());

  for (const launchSource of ["configuration", "template", "template-latest", "mixed"] as const) {
    it(`two starts for one time: one goes on, on ${launchSource}`, async () => {
      const { account, runs } = await refresh({ launchSource, starts: [START, START] });
      expect(statuses(runs).sort()).to.deep.equal(["Failed", "Success"]);
      const [yielding] = failed(runs);
      const goesOn = runs.find(({ status }) => status === "Success")?.executionId;
      expect(sentence(yielding)).to.match(
        new RegExp(
          `^Exception: Run ${goesOn}, which started at 2026-11-24 05:30:00.*, is still at work and goes on: this one ends`,
        ),
      );
      expect(changing(yielding)).to.deep.equal([]);
      expect(madeImages(account)).to.have.length(1);
      expect(launchedNow(account).some(({ imageId }) => imageId === madeImages(account)[0].ImageId)).to.equal(
        true,
      );
    });
  }

  it("of those that started in the same millisecond the one with the smaller id goes on", async () => {
    for (let seed = 0; seed < 4; seed++) {
      const { runs } = await refresh({
        starts: [START, START, START],
        world: (account) => Array.from({ length: seed }, () => account.ids.uuid()),
      });
      const ids = runs.map(({ executionId = "" }) => executionId).sort();
      expect(
        runs.filter(({ status }) => status === "Success").map(({ executionId }) => executionId),
      ).to.deep.equal(ids.slice(0, 1));
    }
  });

  it("a manual start during a run, and a run that is longer than the interval", async () => {
    const { account, runs } = await refresh({
      starts: [START, later(100), later(24 * 3600)],
      account: ({ ec2 }) => (ec2.secondsToImage = () => 8 * 3600),
      faults: [],
    });
    expect(statuses(runs)).to.deep.equal(["Success", "Failed", "Success"]);
    expect(madeImages(account)).to.have.length(2);
    const { runs: long } = await refresh({
      starts: [START, later(3600), later(2 * 3600), later(13 * 3600)],
      faults: ["image-slow@1"],
    });
    expect(statuses(long)).to.deep.equal(["Success", "Failed", "Failed", "Success"]);
  });

  it("a run that ended, whatever became of it, keeps nobody from starting", async () => {
    for (const fault of ["run-cancelled:waitForImage@1", "ec2:CreateImage:denied@1", "image-fails@1"]) {
      const { runs } = await refresh({ starts: [START, later(1800)], faults: [fault] });
      expect(runs[0].status, fault).to.be.oneOf(["Cancelled", "Failed"]);
      expect(runs[1].status, sentence(runs[1])).to.equal("Success");
    }
  });

  it("runs of other documents, and finished or later ones, do not count", async () => {
    const execution = (account: Account, DocumentName: string, seconds: number, status = "InProgress") =>
      account.ssm.addExecution({
        AutomationExecutionId: account.ids.uuid(),
        DocumentName,
        DocumentVersion: "1",
        AutomationExecutionStatus: status,
        ExecutionStartTime: later(seconds),
        ExecutedBy: "somebody",
        Parameters: {},
      });
    const { run } = await refresh({
      args: { names: { document: "refresh" } },
      account: (account) => {
        execution(account, "refresh-other", -60);
        execution(account, "refresh", -60, "TimedOut");
        execution(account, "refresh", 0.5);
      },
    });
    expect(run.status, sentence(run)).to.equal("Success");
    const blocked = await refresh({
      args: { names: { document: "refresh" } },
      account: (account) => execution(account, "refresh", -60, "Waiting"),
    });
    expect(sentence(blocked.run)).to.contain("is still at work and goes on");
  });

  it("a dry run neither waits for a run nor keeps one from starting", async () => {
    const dry: Wanted = {
      byHand: [{ runbook: "runbook", parameters: { DryRun: ["true"] } }],
      starts: [START, START],
    };
    expect(statuses((await refresh(dry)).runs)).to.deep.equal(["Success", "Success"]);
    for (const executionParameters of ["supplied", "all"] as const) {
      const { run } = await refresh({
        args: { names: { document: "refresh" } },
        account: (account) => {
          account.ssm.executionParameters = executionParameters;
          account.ssm.addExecution({
            AutomationExecutionId: account.ids.uuid(),
            DocumentName: "refresh",
            DocumentVersion: "1",
            AutomationExecutionStatus: "InProgress",
            ExecutionStartTime: later(-60),
            ExecutedBy: "somebody",
            Parameters: { DryRun: ["true"] },
          });
        },
      });
      expect(run.status, sentence(run)).to.equal("Success");
    }
  });

  for (const launchSource of ["configuration", "template", "template-latest", "mixed"] as const) {
    it(`are noticed before the roll-out too, where the list did not show them at first, on ${launchSource}`, async () => {
      const { account, runs } = await refresh({
        launchSource,
        starts: [START, START],
        account: (fresh) => (fresh.ssm.listedAfterSeconds = 60),
      });
      expect(statuses(runs).sort()).to.deep.equal(["Failed", "Success"]);
      const [yielding] = failed(runs);
      expect(yielding.steps.at(-1)?.name).to.equal(
        launchSource === "configuration" ? "CreateLaunchConfiguration" : "advanceLaunchTemplates",
      );
      expect(sentence(yielding)).to.contain("is still at work and goes on");
      expect([...new Set(changing(yielding).map(({ api }) => api))]).to.deep.equal(["CreateImage"]);
      // The image of the one that yielded goes in the next night.
      expect(madeImages(account)).to.have.length(2);
    });
  }

  it("never delete each other's image, where neither saw the other at first", async () => {
    const { account, runs } = await refresh({
      starts: [START, later(400)],
      args: { retainImages: 1 },
      account: (fresh) => (fresh.ssm.listedAfterSeconds = 1000),
    });
    const [first, second] = runs;
    expect(second.calls.filter(({ api }) => api === "DeregisterImage")).to.deep.equal([]);
    expect(first.status, sentence(first)).to.equal("Success");
    expect(launchedNow(account).map(({ imageId }) => account.ec2.image(imageId ?? "")?.State)).to.deep.equal([
      "available",
    ]);
  });

  it("a group that was changed between the two looks before the roll-out is left alone", async () => {
    const { account, run } = await refresh({
      faults: ["group-switched:autoscaling:CreateLaunchConfiguration"],
    });
    expect(run.steps.at(-1)?.name).to.equal("CreateLaunchConfiguration");
    expect(sentence(run)).to.contain(`does not use launch configuration ${GROUP}-initial any more`);
    expect(group(account).LaunchConfigurationName).to.match(/^web-group-by-hand-/);
  });
});

describe("an active instance refresh", function () {
  this.timeout(600_000);
  before(() => sharedPython());

  const refreshOf = (Status: string): InstanceRefresh => ({
    InstanceRefreshId: "08b91cf7-8fa6-48af-b6a6-d227f40f1b9b",
    AutoScalingGroupName: GROUP,
    Status,
  });

  for (const Status of ["Pending", "InProgress", "Cancelling", "RollbackInProgress", "Baking"]) {
    it(`that is ${Status} ends the run, which names it`, async () => {
      const { run, account } = await refresh({
        launchSource: "template" as SourceKind,
        account: ({ autoscaling }) => autoscaling.instanceRefreshes.set(GROUP, [refreshOf(Status)]),
      });
      expect(sentence(run)).to.equal(
        `Exception: Instance refresh 08b91cf7-8fa6-48af-b6a6-d227f40f1b9b of Auto Scaling group ${GROUP} is ${Status}: wait ` +
          "for its end, or cancel it, and start the runbook again.",
      );
      expect(run.steps.at(-1)?.name).to.equal("launchSource");
      expect(changing(run)).to.deep.equal([]);
      expect(template(account).lastNumber).to.equal(3);
    });
  }

  it("that has ended is of no concern", async () => {
    const ended = ["Successful", "Failed", "Cancelled", "RollbackSuccessful", "RollbackFailed"].map(
      refreshOf,
    );
    const { run } = await refresh({
      account: ({ autoscaling }) => autoscaling.instanceRefreshes.set(GROUP, ended),
    });
    expect(run.status, sentence(run)).to.equal("Success");
  });
});
