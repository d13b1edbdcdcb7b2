import { expect } from "chai";
import type { AmiRefreshInstanceRefresh } from "../../components";
import type { Account } from "../../rehearsal/account/account";
import { countImages } from "../../rehearsal/verification/fleet";
import type { StepRecord } from "../../rehearsal/automation/execution";
import type { SourceKind } from "../../rehearsal/account/world/sourceKinds";
import type { Run, Start } from "../../rehearsal/nights";
import { addAlarm } from "./alarm";
import {
  broken,
  madeImages,
  sentence,
  group,
  referByNumber,
  GROUP,
  launchedNow,
  type Refreshed,
  refresh,
  runOf,
  runsOf,
  START,
  type Wanted,
} from "./refresh";
import { sharedPython } from "./python";

// Roll-outs that replace the group's instances, by the account's own evidence.

/** Of the last every template is referred to by a number, so that AWS can roll back. */
type Source = SourceKind | "mixed-by-number";
const SOURCES: Source[] = [
  "configuration",
  "template",
  "template-default",
  "template-latest",
  "mixed",
  "mixed-by-number",
];
const BY_NUMBER: Source[] = ["template", "mixed-by-number"];

const later = (hours: number) => new Date(START.getTime() + hours * 60 * 60 * 1000);

/** A night a day, of which the images of some are bad. */
const nights = (count: number, more: Start[] = []): (Date | Start)[] => [
  ...Array.from({ length: count }, (_, index) => later(24 * index)),
  ...more,
];

function spoil(bad: number[]) {
  return (step: StepRecord, account: Account, run: Run) => {
    if (step.name === "createImage" && bad.includes(run.night)) {
      account.ec2.badImages.add(String(step.outputs.ImageId));
    }
  };
}

function refreshing(
  source: Source,
  wanted: Wanted = {},
  instanceRefresh: AmiRefreshInstanceRefresh = {},
): Promise<Refreshed> {
  const launchSource = source === "mixed-by-number" ? "mixed" : source;
  const world = source === "mixed-by-number" ? referByNumber : undefined;
  return refresh({ world, ...wanted, launchSource, args: { instanceRefresh, ...wanted.args } });
}

/** Which images the group's instances run, healthy ones alone; anything else would show. */
const fleet = (account: Account) =>
  countImages(account, GROUP).map(({ imageId, healthy, other }) =>
    other === 0 ? [imageId, healthy] : [imageId, healthy, other],
  );

const imageOfNight = (account: Account, number: number) => madeImages(account)[number - 1].ImageId;
const initial = (account: Account) =>
  account.ec2.allImages().find(({ Name }) => Name === "initial")?.ImageId ?? "none";
const launchedImage = (account: Account) => launchedNow(account)[0].imageId;
const callsOf = (run: Run, api: string) =>
  run.calls.filter((call) => call.api === api).map(({ params }) => params);

/** Roll-out, by a person, of an image. */
const byHand = (at: Date, parameters: Record<string, string[]> = {}): Start => ({
  at,
  byHand: [{ runbook: "roll-out", parameters: { ImageId: ["previous"], ...parameters } }],
});

describe("a roll-out that replaces instances", () => {
  before(() => sharedPython());

  for (const source of SOURCES) {
    describe(`of a group that launches from ${source}`, () => {
      it("leaves every instance on the new image after a good night, and never too few", async () => {
        const { account, checks, runs } = await refreshing(source);
        expect(runs.map(({ status }) => status)).to.deep.equal(runs.map(() => "Success"));
        expect(fleet(account)).to.deep.equal([[imageOfNight(account, 1), 3]]);
        expect(broken(checks)).to.deep.equal([]);
        expect(checks.map(({ check }) => check)).to.include(
          "never fewer than 100 per cent of its instances were healthy",
        );
      });

      it("comes back from a bad image, says so, and the next good night succeeds", async () => {
        const {
          account,
          night,
          nights: all,
        } = await refreshing(source, { starts: nights(3), after: spoil([2]) });
        const [, bad, good] = all;
        expect(runOf(night, "create-image").status).to.equal("Success");
        const failed = runOf(bad, "create-image");
        expect(failed.status).to.equal("Failed");
        expect(sentence(failed)).to.match(
          /^Exception: Instance refresh [0-9a-f-]{36} of Auto Scaling group web-group to image ami-\w+ ended (Failed|RollbackSuccessful) \(.*\); the group launches what it launched before[,;]? /,
        );
        expect(runOf(good, "create-image").status).to.equal("Success");
        expect(fleet(account)).to.deep.equal([[madeImages(account).at(-1)?.ImageId, 3]]);
      });

      it("is back on the old image after a bad night", async () => {
        const { account } = await refreshing(source, { starts: nights(2), after: spoil([2]) });
        expect(launchedImage(account)).to.equal(imageOfNight(account, 1));
        expect(fleet(account)).to.deep.equal([[imageOfNight(account, 1), 3]]);
      });

      it("takes a refresh that does not end in time back", async () => {
        const { account, nights: all } = await refreshing(source, { starts: nights(1) }, { timeout: 600 });
        const run = runOf(all[0], "create-image");
        expect(run.status).to.equal("Failed");
        expect(sentence(run)).to.contain(
          "did not succeed while the run waited for it (see its step waitForRefresh), was stopped and ended",
        );
        expect(launchedImage(account)).to.equal(initial(account));
        // The way back may take longer than that time too.
        account.clock.advance(3600);
        account.catchUp();
        if (BY_NUMBER.includes(source) || source === "configuration") {
          expect(fleet(account)).to.deep.equal([[initial(account), 3]]);
        } else {
          expect(sentence(run)).to.match(/, and the image runs on (1 instance|\d instances) \(i-/);
        }
      });

      it("stops where it is cancelled, and the group launches what it launched before", async () => {
        const { account, nights: all } = await refreshing(source, {
          faults: ["run-cancelled:waitForRefresh"],
        });
        const run = runOf(all[0], "refresh");
        expect(run.status).to.equal("Cancelled");
        expect(run.steps.map(({ name }) => name)).to.include("rollBack");
        expect(launchedImage(account)).to.equal(initial(account));
        expect(account.autoscaling.refreshing.size).to.equal(0);
        const [stopped] = account.autoscaling.instanceRefreshes.get(GROUP) ?? [];
        expect(stopped.Status).to.equal(BY_NUMBER.includes(source) ? "RollbackSuccessful" : "Cancelled");
        expect(account.autoscaling.instanceRefreshes.get(GROUP)).to.have.length(1);
      });

      for (const [when, count, bad, expected] of [
        ["a good night", 2, [], 1],
        ["a bad night", 3, [3], 1],
        ["two bad nights", 4, [3, 4], 1],
      ] as [string, number, number[], number][]) {
        it(`goes back by hand after ${when}`, async () => {
          const hand = byHand(later(24 * count - 6));
          const { account, nights: all } = await refreshing(source, {
            starts: nights(count, [hand]),
            after: spoil(bad),
          });
          const run = runOf(all[count], "roll-out");
          expect(run.status, sentence(run)).to.equal("Success");
          expect(fleet(account)).to.deep.equal([[imageOfNight(account, expected), 3]]);
          expect(launchedImage(account)).to.equal(imageOfNight(account, expected));
        });
      }

      it("goes back by hand to an image that is named", async () => {
        let first = "";
        const { account, nights: all } = await refreshing(source, {
          starts: [
            ...nights(3),
            {
              at: later(60),
              get byHand() {
                return byHand(later(60), { ImageId: [first] }).byHand;
              },
            },
          ],
          after: (step, _account, run) => {
            first = step.name === "createImage" && run.night === 1 ? String(step.outputs.ImageId) : first;
          },
        });
        expect(runOf(all[3], "roll-out").status).to.equal("Success");
        expect(fleet(account)).to.deep.equal([[imageOfNight(account, 1), 3]]);
      });

      it("refuses to go back by hand while a refresh runs, and does with StopRefresh", async () => {
        const during = new Date(later(24).getTime() + 15 * 60 * 1000);
        const refused = await refreshing(source, { starts: nights(2, [byHand(during)]) });
        const no = runsOf(refused.nights, "roll-out").filter(({ parent }) => parent === undefined)[0];
        expect(no.status).to.equal("Failed");
        expect(sentence(no)).to.match(
          /^Exception: Roll-out [0-9a-f-]{36} is at work and goes on: this one ends/,
        );
        expect(fleet(refused.account)).to.deep.equal([[imageOfNight(refused.account, 2), 3]]);

        const { account, nights: all } = await refreshing(source, {
          starts: nights(2, [byHand(during, { StopRefresh: ["true"] })]),
        });
        const yes = runsOf(all, "roll-out").filter(({ parent }) => parent === undefined)[0];
        expect(yes.status, sentence(yes)).to.equal("Success");
        expect(launchedImage(account)).to.equal(imageOfNight(account, 1));
        expect(fleet(account)).to.deep.equal([[imageOfNight(account, 1), 3]]);
        expect(String(yes.outputs["report.Schedule"])).to.match(/^off, /);
      });
    });
  }

  it("sends what people set and AWS's safe defaults, and the desired configuration by id", async () => {
    const { account, night } = await refreshing("template");
    const [version] = madeVersions(account);
    expect(callsOf(runOf(night, "refresh"), "StartInstanceRefresh")).to.deep.equal([
      {
        AutoScalingGroupName: GROUP,
        Strategy: "Rolling",
        Preferences: {
          ScaleInProtectedInstances: "Ignore",
          StandbyInstances: "Ignore",
          MinHealthyPercentage: 100,
          MaxHealthyPercentage: 110,
          AutoRollback: true,
        },
        DesiredConfiguration: { LaunchTemplate: version },
      },
    ]);
    expect(callsOf(runOf(night, "refresh"), "UpdateAutoScalingGroup")).to.deep.equal([]);
  });

  it("sends every preference", async () => {
    const { night } = await refreshing(
      "mixed-by-number",
      { account: addAlarm },
      {
        strategy: "Rolling",
        minHealthyPercentage: 50,
        maxHealthyPercentage: 120,
        instanceWarmup: 30,
        skipMatching: true,
        autoRollback: false,
        alarms: ["errors"],
        checkpointPercentages: [50, 100],
        checkpointDelay: 60,
        scaleInProtectedInstances: "Refresh",
        standbyInstances: "Terminate",
        bakeTime: 120,
      },
    );
    const [request] = callsOf(runOf(night, "refresh"), "StartInstanceRefresh");
    expect(request.Preferences).to.deep.equal({
      ScaleInProtectedInstances: "Refresh",
      StandbyInstances: "Terminate",
      AutoRollback: false,
      MinHealthyPercentage: 50,
      MaxHealthyPercentage: 120,
      InstanceWarmup: 30,
      SkipMatching: true,
      AlarmSpecification: { Alarms: ["errors"] },
      CheckpointPercentages: [50, 100],
      CheckpointDelay: 60,
      BakeTime: 120,
    });
    expect(runOf(night, "create-image").status).to.equal("Success");
  });

  it("leaves the percentages to the group's instance maintenance policy", async () => {
    const { night } = await refreshing("template", {
      account: (fresh) => {
        group(fresh).InstanceMaintenancePolicy = { MinHealthyPercentage: 90, MaxHealthyPercentage: 120 };
      },
    });
    const [request] = callsOf(runOf(night, "refresh"), "StartInstanceRefresh");
    expect(request.Preferences).to.deep.equal({
      ScaleInProtectedInstances: "Ignore",
      StandbyInstances: "Ignore",
      AutoRollback: true,
    });
  });

  for (const source of ["configuration", "template-latest"] as const) {
    it(`asks for no desired configuration, and updates the group first, on ${source}`, async () => {
      const { night } = await refreshing(source);
      const run = runOf(night, "refresh");
      const [request] = callsOf(run, "StartInstanceRefresh");
      expect(request).to.not.have.any.keys("DesiredConfiguration");
      expect(request.Preferences).to.not.have.any.keys("AutoRollback");
      expect(callsOf(run, "UpdateAutoScalingGroup")).to.have.length(source === "configuration" ? 1 : 0);
    });
  }

  for (const source of SOURCES) {
    it(`changes a group without instances as it is, on ${source}`, async () => {
      const { account, run, night } = await refreshing(source, {
        account: (fresh) => Object.assign(group(fresh), { Instances: [], DesiredCapacity: 0, MinSize: 0 }),
      });
      expect(run.status, sentence(run)).to.equal("Success");
      expect(launchedImage(account)).to.equal(imageOfNight(account, 1));
      expect(callsOf(runOf(night, "refresh"), "StartInstanceRefresh")).to.deep.equal([]);
      expect(String(runOf(night, "roll-out").outputs["report.Summary"])).to.match(
        /No instance had to be replaced(, and another image was left on \d instances? \(i-.*\))?\.$/,
      );
    });
  }

  it("launches before it terminates in a group of one instance", async () => {
    const { account, run, checks } = await refreshing("template", {
      account: (fresh) =>
        Object.assign(group(fresh), { Instances: group(fresh).Instances.slice(0, 1), DesiredCapacity: 1 }),
    });
    expect(run.status).to.equal("Success");
    expect(fleet(account)).to.deep.equal([[imageOfNight(account, 1), 1]]);
    expect(broken(checks)).to.deep.equal([]);
  });

  it("leaves instances in standby and protected ones alone", async () => {
    const { account, run } = await refreshing("template", {
      account: (fresh) => {
        const [standby, protectedOne] = group(fresh).Instances;
        standby.LifecycleState = "Standby";
        // Who sets one aside has the group want one less.
        group(fresh).DesiredCapacity = 2;
        protectedOne.ProtectedFromScaleIn = true;
      },
    });
    expect(run.status, sentence(run)).to.equal("Success");
    expect(countImages(account, GROUP).find(({ imageId }) => imageId === initial(account))).to.deep.include({
      healthy: 1,
      other: 1,
    });
  });

  for (const [what, wanted, source, said] of [
    [
      "a suspended process",
      {
        account: (fresh: Account) =>
          group(fresh).SuspendedProcesses.push({ ProcessName: "Terminate", SuspensionReason: "" }),
      },
      "template",
      "Auto Scaling group web-group has suspended Terminate, and an instance refresh needs it: resume it and start the runbook again.",
    ],
    [
      "an alarm that is not there",
      { args: { instanceRefresh: { alarms: ["errors"] } } },
      "template",
      "Alarm errors, which watches the instance refresh, is gone: bring it to OK, or leave it out of instanceRefresh.alarms, and start the runbook again.",
    ],
    [
      "an alarm that is not OK",
      {
        args: { instanceRefresh: { alarms: ["errors"] } },
        account: (fresh: Account) => {
          addAlarm(fresh);
          fresh.cloudwatch.alarms[fresh.cloudwatch.alarms.length - 1].state = "INSUFFICIENT_DATA";
        },
      },
      "template",
      "Alarm errors, which watches the instance refresh, is INSUFFICIENT_DATA: bring it to OK, or leave it out of instanceRefresh.alarms, and start the runbook again.",
    ],
  ] as [string, Wanted, Source, string][]) {
    it(`refuses ${what} before it makes anything`, async () => {
      const { account, run, night } = await refreshing(source, wanted);
      expect(run.status).to.equal("Failed");
      expect(sentence(run)).to.equal(`Exception: ${said}`);
      expect(night.runs.map(({ runbook }) => runbook)).to.have.members([
        "create-image",
        "retire",
        "roll-out",
      ]);
      expect(launchedImage(account)).to.equal(initial(account));
    });
  }

  for (const [entry, source, said] of [
    [
      "AutoRollback=true",
      "template-latest",
      /^Exception: Auto Scaling group web-group cannot be rolled back, because it refers to launch template lt-\w+ by \$Latest: let it refer/,
    ],
    [
      "SkipMatching=true",
      "configuration",
      /^Exception: Auto Scaling group web-group cannot skip instances that match, because it has a launch configuration: leave/,
    ],
    [
      "Strategy=ReplaceRootVolume",
      "template",
      /^Exception: Auto Scaling group web-group cannot replace root volumes, because it has no mixed instances policy/,
    ],
    [
      "Colour=blue",
      "template",
      /^Exception: InstanceRefresh has Colour=blue, where each entry is name=value with one of Strategy, /,
    ],
  ] as [string, Source, RegExp][]) {
    it(`refuses ${entry} of a start by hand on ${source}`, async () => {
      const hand = byHand(later(6), { InstanceRefresh: [entry] });
      const { nights: all } = await refreshing(source, { starts: nights(1, [hand]) });
      const run = runOf(all[1], "roll-out");
      expect(run.status).to.equal("Failed");
      expect(sentence(run)).to.match(said);
    });
  }

  it("ends when an alarm goes off, and AWS rolls back", async () => {
    const { account, run } = await refreshing(
      "template",
      {
        account: addAlarm,
        after: (step, { cloudwatch }) => {
          if (step.name === "startRefresh") {
            cloudwatch.alarms.filter(({ name }) => name === "errors").forEach((one) => (one.state = "ALARM"));
          }
        },
      },
      { alarms: ["errors"] },
    );
    expect(run.status).to.equal("Failed");
    expect(sentence(run)).to.match(
      /ended RollbackSuccessful \(.*alarm errors is in the ALARM state\); the group launches what it launched before, and no instance runs the image\./,
    );
    expect(fleet(account)).to.deep.equal([[initial(account), 3]]);
  });
});

describe("the schedule, when a person rolls back", () => {
  before(() => sharedPython());

  for (const instanceRefresh of [undefined, {}]) {
    const kind = instanceRefresh === undefined ? "without" : "with";
    it(`is switched off, and the outputs say how it is turned on again, ${kind} instances being replaced`, async () => {
      const wanted = { args: { instanceRefresh }, starts: [...nights(2), byHand(later(30)), later(48)] };
      const { account, nights: all } = await refresh(wanted);
      const run = runOf(all[2], "roll-out");
      const [rule] = [...account.eventBus.schedules.values()];
      expect(rule.enabled).to.equal(false);
      expect(callsOf(run, "DisableRule")).to.deep.equal([{ Name: rule.name }]);
      expect(run.outputs["report.Schedule"]).to.equal(
        `off, so that nothing rolls forward again; turn it on with: aws events enable-rule --name ${rule.name}`,
      );
      expect(all[3].runs).to.deep.equal([]);
    });

    it(`goes on where that is wanted, ${kind} instances being replaced`, async () => {
      const hand = byHand(later(30), { PauseSchedule: ["false"] });
      const { account, nights: all } = await refresh({
        args: { instanceRefresh },
        starts: [...nights(2), hand, later(48)],
      });
      expect([...account.eventBus.schedules.values()][0].enabled).to.equal(true);
      expect(runOf(all[2], "roll-out").outputs["report.Schedule"]).to.equal("as it was");
      expect(runOf(all[3], "create-image").status).to.equal("Success");
    });
  }
});

/** The versions that the runbooks made, as a group names them. */
function madeVersions({ ec2 }: Account): { LaunchTemplateId: string; Version: string }[] {
  return [...ec2.launchTemplates.values()].flatMap(({ LaunchTemplateId, versions }) =>
    [...versions.values()]
      .filter(({ VersionDescription = "" }) => /^web_\d{4}-\d\d-\d\d /.test(VersionDescription))
      .map(({ VersionNumber }) => ({ LaunchTemplateId, Version: String(VersionNumber) })),
  );
}
