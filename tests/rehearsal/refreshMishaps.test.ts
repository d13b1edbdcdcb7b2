import { expect } from "chai";
import type { Account } from "../../rehearsal/account/account";
import type { SourceKind } from "../../rehearsal/account/world/sourceKinds";
import type { Start } from "../../rehearsal/nights";
import { countImages } from "../../rehearsal/verification/fleet";
import { administrator } from "./account/support";
import { addAlarm } from "./alarm";
import { addVersion } from "./history";
import { sharedPython } from "./python";
import {
  GROUP,
  group,
  launchedNow,
  madeImages,
  refresh,
  type Refreshed,
  runOf,
  sentence,
  START,
  template,
  type Wanted,
} from "./refresh";
import { inStep, unsaid } from "./rules";

// What people and AWS do to a roll-out that replaces instances, while it goes on.

const SOURCES: SourceKind[] = ["configuration", "template", "template-default", "template-latest"];
const later = (hours: number) => new Date(START.getTime() + hours * 60 * 60 * 1000);
const NIGHTS = [START, later(24)];
const byHand = (hours: number, parameters: Record<string, string[]> = {}): Start => ({
  at: later(hours),
  byHand: [{ runbook: "roll-out", parameters: { ImageId: ["previous"], ...parameters } }],
});

const spoil: NonNullable<Wanted["after"]> = (step, { ec2 }, { night }) => {
  if (step.name === "createImage" && night === 2) {
    ec2.badImages.add(String(step.outputs.ImageId));
  }
};

const happen = (launchSource: SourceKind, wanted: Wanted): Promise<Refreshed> =>
  refresh({ launchSource, ...wanted, args: { instanceRefresh: {}, ...wanted.args } });

const imageOfNight = (account: Account, night: number) => madeImages(account)[night - 1].ImageId;

/** Every instance runs what the group launches, and is healthy. */
const expectFleetOn = (account: Account, imageId: string) =>
  expect(countImages(account, GROUP)).to.deep.equal([{ imageId, healthy: 3, other: 0 }]);

describe("a roll-out that replaces instances, when somebody cancels it", () => {
  before(() => sharedPython());

  for (const launchSource of SOURCES) {
    for (const moment of [
      "readPrepared",
      "refreshInstances",
      "startRefresh",
      "startRefresh:end",
      "autoscaling:StartInstanceRefresh",
      "waitForRefresh",
      "assertRefreshSuccessful",
      "waitForItsEnd",
    ]) {
      it(`and its image is bad, launches what it launched before: ${moment} of ${launchSource}`, async () => {
        const { account, nights } = await happen(launchSource, {
          starts: NIGHTS,
          after: spoil,
          faults: [`run-cancelled:${moment}@2`],
        });
        expect(nights[1].runs.map(({ status }) => status)).to.include("Cancelled");
        expect(nights[1].runs.flatMap(unsaid)).to.deep.equal([]);
        expect(launchedNow(account)[0].imageId).to.equal(imageOfNight(account, 1));
        const refreshes = account.autoscaling.instanceRefreshes.get(GROUP) ?? [];
        expect(refreshes.map(({ Status }) => Status)).to.not.include.members(["Pending", "InProgress"]);
      });
    }
  }

  for (const launchSource of ["template", "template-default", "template-latest", "mixed"] as const) {
    // In the middle of the script, which then says nothing of what it made, and behind it.
    for (const moment of ["ec2:CreateLaunchTemplateVersion", "advanceLaunchTemplates:end", "readPrepared"]) {
      it(`takes back what was made for its instances: ${moment} of ${launchSource}`, async () => {
        const { account, nights } = await happen(launchSource, {
          starts: NIGHTS,
          faults: [`run-cancelled:${moment}@2`],
        });
        expect(nights[1].runs.flatMap(unsaid)).to.deep.equal([]);
        expect(sentence(runOf(nights[1], "create-image"))).to.match(/does not say why|did not go on/);
        expect(launchedNow(account).map(({ imageId }) => imageId)).to.include(imageOfNight(account, 1));
        const made = [...account.ec2.launchTemplates.values()].flatMap(({ versions }) => [
          ...versions.values(),
        ]);
        const ofNight = made.filter(
          ({ LaunchTemplateData: { ImageId } }) => ImageId === imageOfNight(account, 2),
        );
        expect(ofNight).to.deep.equal([]);
      });
    }
  }

  it("names the instances that stay new, and none that AWS replaces once more", async () => {
    for (const launchSource of SOURCES) {
      const { nights } = await happen(launchSource, {
        starts: [...NIGHTS, byHand(30)],
        faults: ["run-cancelled:700s@3"],
      });
      const run = runOf(nights[2], "roll-out");
      expect(run.status).to.equal("Cancelled");
      const [first] = run.outputs["stopRefresh.NewInstances"] as string[];
      expect(first, launchSource).to.match(launchSource === "template" ? /^none$/ : /^i-/);
    }
  });
});

describe("a roll-out that replaces instances, when somebody cancels its way back,", () => {
  before(() => sharedPython());

  for (const launchSource of SOURCES) {
    it(`says what the group launches, on ${launchSource}`, async () => {
      const { nights } = await happen(launchSource, {
        starts: NIGHTS,
        after: spoil,
        faults: ["run-cancelled:rollBack@2"],
      });
      expect(sentence(runOf(nights[1], "create-image"))).to.match(
        /is Cancelled and does not say why: look at its steps; Auto Scaling group web-group launches from \S+.*, and \d of its instances run the image\./,
      );
    });
  }
});

describe("a roll-out that replaces instances, when somebody else", () => {
  before(() => sharedPython());

  for (const launchSource of SOURCES) {
    it(`changes what the group launches, is no success, on ${launchSource}`, async () => {
      const { account, night } = await happen(launchSource, {
        after: (step, changed) => void (step.name === "waitForRefresh" && launchSomethingElse(changed)),
      });
      const run = runOf(night, "create-image");
      expect(run.status).to.equal("Failed");
      expect(sentence(run)).to.match(/were replaced, but somebody changed meanwhile what it launches/);
      expect(madeImages(account)[0].Tags.map(({ Key }) => Key)).to.not.include("ami-refresh:rolled-out");
    });

    it(`and the image is bad, says so and leaves it, on ${launchSource}`, async () => {
      const { nights } = await happen(launchSource, {
        starts: NIGHTS,
        after: (step, changed, run) => {
          spoil(step, changed, run);
          if (step.name === "waitForRefresh" && run.night === 2) {
            launchSomethingElse(changed);
          }
        },
      });
      expect(sentence(runOf(nights[1], "create-image"))).to.match(
        /; somebody changed meanwhile what the group launches, and /,
      );
    });

    it(`replaces instances as they are, can be stopped to go back by hand, on ${launchSource}`, async () => {
      const { account, nights } = await happen(launchSource, {
        starts: [...NIGHTS, byHand(30, { StopRefresh: ["true"] })],
        after: (step, changed, run) => {
          if (run.runbook === "roll-out" && run.night === 2 && step.name === "report") {
            refreshSlowly(changed);
          }
        },
      });
      const run = runOf(nights[2], "roll-out");
      expect(run.status, sentence(run)).to.equal("Success");
      expectFleetOn(account, imageOfNight(account, 1));
    });
  }
});

describe("a roll-out that replaces instances with a launch configuration once more, on its way back,", () => {
  before(() => sharedPython());

  it("is stopped for the image before, which the group launches already", async () => {
    const { account, nights } = await happen("configuration", {
      args: { instanceRefresh: { timeout: 3600 } },
      // Its refresh is late after an hour, and is on its way back then.
      starts: [...NIGHTS, later(48), byHand(49.2, { StopRefresh: ["true"] })],
      after: (step, changed, { night }) => {
        if (step.name === "createImage" && night === 3) {
          group(changed).DefaultInstanceWarmup = 3000;
        }
        if (step.name === "lookAtStoppedRefresh" && night === 4) {
          group(changed).DefaultInstanceWarmup = 0;
        }
      },
    });
    const [third, byPerson] = nights.slice(2);
    expect(runOf(third, "refresh").steps.map(({ name }) => name)).to.include("waitForTheWayBack");
    expect(runOf(byPerson, "roll-out").status).to.equal("Success");
    expectFleetOn(account, imageOfNight(account, 2));
    expect(launchedNow(account)[0].imageId).to.equal(imageOfNight(account, 2));
    // The next night would roll the image forward again.
    expect(runOf(byPerson, "roll-out").outputs["report.Schedule"]).to.match(/^off, /);
  });
});

describe("a roll-out that replaces instances, with alarms,", () => {
  before(() => sharedPython());
  const args = { instanceRefresh: { alarms: ["errors"] } };

  for (const launchSource of SOURCES) {
    it(`replaces instances while they are OK, on ${launchSource}`, async () => {
      const { run } = await happen(launchSource, { args, account: addAlarm });
      expect(run.status, sentence(run)).to.equal("Success");
    });

    it(`goes back by hand while one is not, on ${launchSource}`, async () => {
      const { account, nights } = await happen(launchSource, {
        args,
        account: addAlarm,
        starts: [...NIGHTS, byHand(30)],
        after: (step, { cloudwatch }, run) => {
          if (run.runbook === "roll-out" && run.night === 2 && step.name === "report") {
            cloudwatch.alarms.filter(({ name }) => name === "errors").forEach((one) => (one.state = "ALARM"));
          }
        },
      });
      const run = runOf(nights[2], "roll-out");
      expect(run.status, sentence(run)).to.equal("Success");
      expectFleetOn(account, imageOfNight(account, 1));
    });
  }
});

describe("a roll-out that replaces instances, when AWS", () => {
  before(() => sharedPython());

  for (const launchSource of SOURCES) {
    it(`does not stop a refresh, puts the group back all the same, on ${launchSource}`, async () => {
      const { account, night } = await happen(launchSource, {
        args: { instanceRefresh: { timeout: 600 } },
        faults: ["autoscaling:CancelInstanceRefresh:error", "autoscaling:RollbackInstanceRefresh:error"],
      });
      const run = runOf(night, "create-image");
      expect(run.status).to.equal("Failed");
      expect(sentence(run)).to.match(/ is InProgress \(.*\); the group launches what it launched before, /);
      expect(account.ec2.allImages().find(({ Name }) => Name === "initial")?.ImageId).to.equal(
        launchedNow(account)[0].imageId,
      );
    });

    it(`cannot roll back in time and nobody wants that, leaves new instances, on ${launchSource}`, async () => {
      const { account } = await happen(launchSource, {
        args: { instanceRefresh: { timeout: 600, autoRollback: false } },
      });
      const refreshes = account.autoscaling.instanceRefreshes.get(GROUP) ?? [];
      expect(refreshes.map(({ Status }) => Status)).to.deep.equal(["Cancelled"]);
    });
  }

  for (const [step, source, api] of [
    ["goBack", "configuration", "autoscaling:StartInstanceRefresh"],
    ["rollBack", "template-default", "ec2:ModifyLaunchTemplate"],
  ] as const) {
    it(`does not let step ${step} come to its end, says what became of the group all the same`, async () => {
      const { night } = await happen(source, {
        args: { instanceRefresh: { timeout: 600 } },
        // Whatever comes behind the first call, in each attempt of the step.
        faults: [2, 3, 4].map((attempt) => `${api}:denied@1.${attempt}`),
      });
      const run = runOf(night, "refresh");
      expect(run.status).to.equal("Failed");
      expect(run.steps.find(({ name }) => name === step)?.status).to.equal("Failed");
      expect(run.steps.at(-1)?.name).to.equal("report");
      expect(sentence(run)).to.match(
        /^Exception: Instance refresh \S+ of Auto Scaling group web-group to image ami-\w+ .*(ended|is) Cancell(ed|ing) \(.*\); the group (launches what it launched before|still launches the image: roll out another one), and the image runs on \d instances?/,
      );
    });
  }

  for (const [step, source] of [
    ["waitForItsEnd", "configuration"],
    ["waitForItsEnd", "template"],
    ["waitForTheWayBack", "configuration"],
  ] as const) {
    it(`does not answer in step ${step}, says what is known all the same, on ${source}`, async () => {
      const { night } = await happen(source, {
        args: { instanceRefresh: { timeout: 600 } },
        faults: [inStep(step, "autoscaling:DescribeInstanceRefreshes:denied@1")],
      });
      const run = runOf(night, "refresh");
      expect(run.steps.find(({ name }) => name === step)?.status).to.equal("Failed");
      expect(run.steps.at(-1)?.name).to.equal("report");
      expect(sentence(run)).to.contain("; the group launches what it launched before, ");
    });
  }

  it("does not let the group be put back at the first attempt, replaces instances once more all the same", async () => {
    const { account, night } = await happen("configuration", {
      args: { instanceRefresh: { timeout: 600 } },
      // boto3 makes the call three times.
      faults: [2, 3, 4].map((attempt) => `autoscaling:UpdateAutoScalingGroup:error@1.${attempt}`),
    });
    expect(sentence(runOf(night, "refresh"))).to.contain("did not succeed while the run waited for it");
    account.clock.advance(3600);
    account.catchUp();
    expectFleetOn(account, launchedNow(account)[0].imageId ?? "none");
  });

  it("lets a roll-out be cancelled when its refresh has just succeeded, keeps the version that instances run", async () => {
    for (const moment of ["assertRefreshSuccessful", "assertRefreshSuccessful:end"]) {
      const { account } = await happen("template-latest", {
        starts: NIGHTS,
        faults: [`run-cancelled:${moment}@2`],
      });
      const running = countImages(account, GROUP).map(({ imageId }) => imageId);
      expect(running, moment).to.include(launchedNow(account)[0].imageId);
    }
  });

  it("has one instance, launches another one before it goes", async () => {
    for (const launchSource of SOURCES) {
      const { checks } = await happen(launchSource, {
        args: { instanceRefresh: { minHealthyPercentage: 90 } },
        account: (fresh) =>
          Object.assign(group(fresh), { Instances: group(fresh).Instances.slice(0, 1), DesiredCapacity: 1 }),
      });
      const { detail } = checks.find(({ check }) => check.startsWith("never fewer")) ?? {};
      expect(detail, launchSource).to.equal("1 of 1 at the fewest");
    }
  });
});

/** As somebody does who sets a version, or a launch configuration, that was there before the first night. */
function launchSomethingElse(account: Account): void {
  const { LaunchConfigurationName, LaunchTemplate } = group(account);
  if (LaunchConfigurationName !== undefined) {
    group(account).LaunchConfigurationName = "by-hand";
    const [some] = account.autoscaling.launchConfigurations.values();
    account.autoscaling.launchConfigurations.set("by-hand", { ...some, LaunchConfigurationName: "by-hand" });
  } else {
    const number = addVersion(account, { imageId: initialImage(account), description: "by hand" });
    template(account).DefaultVersionNumber = number;
    if (LaunchTemplate?.Version !== undefined && /^\d+$/.test(LaunchTemplate.Version)) {
      LaunchTemplate.Version = String(number);
    }
  }
}

function initialImage({ ec2 }: Account): string {
  return ec2.allImages().find(({ Name }) => Name === "initial")?.ImageId ?? "none";
}

/** It would take more than a day. */
function refreshSlowly(account: Account): void {
  account.call(administrator, "autoscaling", "StartInstanceRefresh", {
    AutoScalingGroupName: GROUP,
    Preferences: { InstanceWarmup: 36000, MinHealthyPercentage: 100, MaxHealthyPercentage: 110 },
  });
}
