import { expect } from "chai";
import type { Account } from "../../rehearsal/account/account";
import type { Members } from "../../rehearsal/account/api";
import { type SourceKind, sourceKinds } from "../../rehearsal/account/world/sourceKinds";
import type { Night, Run } from "../../rehearsal/nights/run";
import { groupIsSafe, standing } from "../../rehearsal/verification";
import { furnished, goldenId } from "./account/support";
import { rolledOut } from "./afterNights";
import {
  addRun,
  type Done,
  done,
  end,
  failing,
  group,
  refer,
  type RunWanted,
  template,
  verified,
} from "./goodNight";

const DUTIES = "each runbook kept to its own work";
const STEPS = "every step succeeded";
const SAME = "what group web launches is as it was";

/** A night of one run alone. */
function alone(
  account: Account,
  runbook: string,
  during: (run: Run) => unknown = () => undefined,
  wanted: RunWanted = {},
) {
  const before = standing(account);
  const startedAt = account.clock.now().toISOString();
  const night: Night = { kind: "refresh", number: 2, startedAt, endedAt: startedAt, runs: [] };
  const run = addRun(account, night, runbook, wanted);
  account.clock.advance(10);
  during(run);
  account.clock.advance(10);
  end(account, night, run);
  return { account, night, run, before };
}

describe("the verification of a night in which only some runbooks ran", () => {
  it("is about these: of one that retires, that the group launches what it did", () => {
    for (const kind of ["configuration", "template"] as const) {
      const { account } = furnished(kind);
      const retiring = alone(account, "retire");
      expect(verified(retiring).filter(({ ok }) => !ok)).to.deep.equal([]);
      expect(verified(retiring).map(({ check }) => check)).to.include(SAME);
    }
    const { account, call } = furnished("template");
    const moved = alone(account, "retire", () =>
      refer(account, call, "template", imageOf(account, "initial")),
    );
    expect(failing(verified(moved))).to.deep.equal([SAME]);
  });

  it("says nothing of the group where the run of another night went on beside it", () => {
    const { account } = furnished();
    const night: Night = { kind: "refresh", number: 1, startedAt: "", endedAt: "", runs: [] };
    const other = addRun(account, night, "create-image");
    expect(verified(alone(account, "retire")).map(({ check }) => check)).not.to.include(SAME);
    end(account, night, other);
    account.clock.advance(1);
    expect(verified(alone(account, "retire")).map(({ check }) => check)).to.include(SAME);
  });

  it("fails where nothing was started, or a start was refused", () => {
    const { account } = furnished();
    const nothing = alone(account, "retire");
    nothing.night.runs = [];
    expect(verified(nothing).at(-1)).to.deep.equal({
      check: STEPS,
      ok: false,
      detail: "nothing was started",
    });
    const refused = alone(account, "retire");
    Object.assign(refused.run, { status: "NotStarted", steps: [] });
    expect(verified(refused).at(-1)?.detail).to.equal("the run of retire is NotStarted");
  });

  it("names the one run's execution", () => {
    const { run, ...retiring } = alone(furnished().account, "retire");
    expect(verified(retiring).at(-1)?.detail).to.equal(`1 steps of execution ${run.executionId}`);
  });
});

describe("the verification of a run that yields", () => {
  const check = "the run of create-image yielded to an earlier one and made nothing";

  /** A run that says that it yields to one that has begun before it, or to another. */
  function yielding(change: (run: Run, account: Account) => unknown = () => undefined) {
    const { account } = furnished();
    const earlier = addRun(
      account,
      { kind: "refresh", number: 1, startedAt: "", endedAt: "", runs: [] },
      "create-image",
    );
    account.clock.advance(1);
    return alone(account, "create-image", (run) => {
      run.outputs = { "report.EarlierRun": earlier.executionId };
      change(run, account);
    });
  }

  it("asks for nothing that it made", () => {
    const checks = verified(yielding());
    expect(checks.filter(({ ok }) => !ok)).to.deep.equal([]);
    expect(checks[0].check).to.equal(check);
    expect(checks.map((one) => one.check)).not.to.include(SAME);
  });

  for (const [what, change, detail] of [
    [
      "a run that made something all the same",
      (run: Run) => run.calls.push(callOf("ec2", "DescribeImages"), callOf("ec2", "CreateImage")),
      /^it called CreateImage$/,
    ],
    [
      "a run that does not exist",
      (run: Run) => (run.outputs["report.EarlierRun"] = "x"),
      /^x is no earlier run/,
    ],
    ["itself", (run: Run) => (run.outputs["report.EarlierRun"] = run.executionId), undefined],
    [
      "a run of another runbook",
      ({ outputs }: Run, account: Account) =>
        account.ssm.updateExecution(String(outputs["report.EarlierRun"]), { DocumentName: "web-retire" }),
      /is no earlier run of web-create-image$/,
    ],
    [
      "a later run",
      ({ outputs }: Run, account: Account) =>
        account.ssm.updateExecution(String(outputs["report.EarlierRun"]), {
          ExecutionStartTime: account.clock.now(),
        }),
      /is no earlier run/,
    ],
  ] as const) {
    it(`finds ${what}`, () => {
      const [first] = verified(yielding(change));
      expect(first).to.deep.include({ check, ok: false });
      expect(first.detail).to.match(detail ?? /is no earlier run/);
    });
  }

  it("is that of any other run where it says none", () => {
    const made = yielding((run) => (run.outputs["report.EarlierRun"] = "none"));
    expect(failing(verified(made))[0]).to.match(/^image i-\S+ is available$/);
  });
});

describe("the work of each runbook", () => {
  const outside = (runbook: string, service: string, api: string, params: Members = {}) => {
    const one = alone(furnished().account, runbook, ({ calls }) => calls.push(callOf(service, api, params)));
    return verified(one).find(({ check }) => check === DUTIES)!;
  };

  for (const [runbook, service, api] of [
    ["create-image", "autoscaling", "UpdateAutoScalingGroup"],
    ["create-image", "autoscaling", "CreateLaunchConfiguration"],
    ["create-image", "ec2", "DeregisterImage"],
    ["create-image", "ec2", "CreateTags"],
    ["roll-out", "ec2", "CreateImage"],
    ["roll-out", "ec2", "DeregisterImage"],
    ["roll-out", "ec2", "DeleteSnapshot"],
    ["roll-out", "autoscaling", "DeleteLaunchConfiguration"],
    ["retire", "ec2", "CreateTags"],
    ["retire", "autoscaling", "UpdateAutoScalingGroup"],
    ["retire", "ssm", "StartAutomationExecution"],
  ]) {
    it(`of ${runbook} is not ${api}`, () => {
      expect(outside(runbook, service, api)).to.deep.equal({
        check: DUTIES,
        ok: false,
        detail: `${runbook} called ${api}`,
      });
    });
  }
  for (const [runbook, service, api] of [
    ["create-image", "ec2", "CreateImage"],
    ["create-image", "ssm", "StartAutomationExecution"],
    ["create-image", "ec2", "DescribeImages"],
    ["roll-out", "ec2", "DeleteLaunchTemplateVersions"],
    ["roll-out", "ssm", "GetAutomationExecution"],
    ["retire", "ec2", "DeregisterImage"],
  ]) {
    it(`of ${runbook} may be ${api}`, () => expect(outside(runbook, service, api).ok).to.equal(true));
  }
  it("of roll-out is to tag with two keys alone", () => {
    const tagged = (...keys: string[]) =>
      outside("roll-out", "ec2", "CreateTags", { Tags: keys.map((Key) => ({ Key, Value: "x" })) });
    expect(tagged("ami-refresh:rolled-out", "ami-refresh:previous-image").ok).to.equal(true);
    expect(tagged("ami-refresh:rolled-out", "ami-refresh:auto-scaling-group").detail).to.equal(
      "roll-out called CreateTags with the key ami-refresh:auto-scaling-group",
    );
  });
  it("may be looked for by a call that changes nothing", () => {
    expect(outside("roll-out", "ec2", "RunInstances", { DryRun: true }).ok).to.equal(true);
    expect(outside("roll-out", "ec2", "RunInstances").ok).to.equal(false);
  });
  it("is not known of other documents", () => {
    expect(outside("web-by-hand", "ec2", "DeleteVolume")).to.deep.include({
      ok: true,
      detail: "there is none",
    });
  });
});

describe("the verification of a person's roll-out", () => {
  const PREVIOUS = "the previous image is available";
  const NAMES = "group web refers to a launch configuration web_DATE";
  const WHEN = "its tag ami-refresh:rolled-out has the time of its roll-out";
  const BEFORE = "its tag ami-refresh:previous-image names what the group launched before";

  /** The night after, in which a person rolls back to what the group launched before: an image that people made. */
  function rollBack(
    kind: SourceKind,
    asked: (good: Done) => string = () => "previous",
    change: (account: Account) => unknown = () => undefined,
  ) {
    const good = done(kind);
    const { account, call } = good;
    account.clock.advance(24 * 60 * 60);
    const wanted = { imageId: asked(good) };
    const roll = () => {
      const to = wanted.imageId === "previous" ? imageOf(account, "initial") : wanted.imageId;
      if (kind === "configuration") {
        const name = "web_2026-11-24";
        call("CreateLaunchConfiguration", {
          LaunchConfigurationName: name,
          InstanceId: goldenId,
          ImageId: to,
        });
        group(account).LaunchConfigurationName = name;
      } else {
        refer(account, call, kind, to);
      }
      change(account);
    };
    return { good, ...alone(account, "roll-out", roll, wanted) };
  }

  for (const kind of sourceKinds) {
    it(`on ${kind} holds where it launches what the tag of the image before says`, () => {
      const rolled = rollBack(kind);
      expect(verified(rolled).filter(({ ok }) => !ok)).to.deep.equal([]);
      expect(verified(rolled).map(({ check }) => check)).not.to.include(WHEN);
      // Nothing was rolled out.
      const idle = alone(done(kind).account, "roll-out", undefined, { imageId: "previous" });
      expect(failing(verified(idle))).not.to.deep.equal([]);
      expect(verified(idle)[0].check).to.equal(PREVIOUS);
    });
  }

  it("holds for the image that was asked for, and fails for another one", () => {
    const asked = rollBack("template", ({ account }) => imageOf(account, "initial"));
    expect(failing(verified(asked))).to.deep.equal([]);
    const other = rollBack("template");
    other.account.ssm.executions.get(other.run.executionId!)!.Parameters.ImageId = [other.good.imageId];
    expect(failing(verified(other))).to.include("what it launches has the image");
    other.account.ssm.executions.get(other.run.executionId!)!.Parameters.ImageId = ["ami-0gone"];
    expect(failing(verified(other))[0]).to.equal("image ami-0gone is available");
  });

  it("fails where nothing was launched before, and of several images asks for the first", () => {
    const rolled = rollBack("template");
    rolled.before.get("web")!.before = [];
    expect(failing(verified(rolled))[0]).to.equal(PREVIOUS);
    const ids = rolled.account.ec2.allImages().map(({ ImageId }) => ImageId);
    rolled.before.get("web")!.before = ids;
    expect(verified(rolled)[0]).to.deep.include({ ok: true, detail: `${ids[0]} is available` });
  });

  it("asks for the tags where the image is ours, and takes a launch configuration that was there before", () => {
    const good = done("configuration");
    const { account, imageId } = good;
    const people = imageOf(account, "initial");
    account.clock.advance(24 * 60 * 60);
    group(account).LaunchConfigurationName = "web-initial";
    // Whatever that is made from by now.
    account.ec2.instances.get(goldenId)!.instance.InstanceType = "m5.large";
    const image = account.ec2.image(imageId)!;
    const back = (write: () => unknown) =>
      alone(
        account,
        "roll-out",
        () => {
          group(account).LaunchConfigurationName = "web_2026-11-23";
          write();
        },
        { imageId },
      );
    const write = () => {
      image.Tags = [...image.Tags.slice(0, 2), ...rolledOut(account.clock.now(), people)];
    };
    expect(failing(verified(back(write)))).to.deep.equal([]);
    // The group launches this image alone already: only the time is new.
    expect(failing(verified(back(write)))).to.deep.equal([]);
    expect(failing(verified(back(() => undefined)))).to.deep.equal([WHEN]);
    expect(
      failing(
        verified(
          back(() => {
            write();
            image.Tags.pop();
          }),
        ),
      ),
    ).to.deep.equal([BEFORE]);
  });

  it("fails where the launch configuration is not of the usual form", () => {
    const rolled = rollBack("configuration", undefined, (account) => {
      const { launchConfigurations } = account.autoscaling;
      launchConfigurations.set("by-hand", launchConfigurations.get("web_2026-11-24")!);
      group(account).LaunchConfigurationName = "by-hand";
    });
    expect(failing(verified(rolled))).to.deep.equal([NAMES]);
  });

  it("lets a reference stay that leads to the image already", () => {
    const good = done("template");
    const { account, imageId } = good;
    account.clock.advance(60);
    const again = alone(
      account,
      "roll-out",
      () =>
        (account.ec2.image(imageId)!.Tags[2].Value = `${account.clock.now().toISOString().slice(0, 19)}Z`),
      { imageId },
    );
    expect(failing(verified(again))).to.deep.equal([]);
    group(account).LaunchTemplate!.Version = "$Latest";
    expect(failing(verified(again))).to.include("group web refers to its launch templates as before");
  });
});

describe("a group is safe", () => {
  const safe = ({ account }: { account: Account }) => groupIsSafe(account, "web");
  const check = "group web launches only images that are available";

  it("as long as whatever it launches exists and is complete", () => {
    const good = done("mixed");
    expect(safe(good).ok).to.equal(true);
    expect(safe(good).detail).to.contain(good.imageId);
    const snapshotId = good.account.ec2.image(good.imageId)!.BlockDeviceMappings[0].Ebs.SnapshotId;
    good.account.ec2.removeSnapshot(snapshotId);
    expect(safe(good).detail).to.contain(
      `override 0 (t3.small) is launched from ${good.imageId} with snapshot ${snapshotId}, which is gone`,
    );
    const image = good.account.ec2.image(good.imageId)!;
    good.account.ec2.addImage({ ...image, State: "disabled" });
    expect(safe(good).detail).to.contain(`${good.imageId}, which is disabled`);
    good.account.ec2.removeImage(good.imageId);
    expect(safe(good)).to.deep.include({ check, ok: false });
    expect(safe(good).detail).to.contain(`${good.imageId}, which is gone`);
  });

  it("not if it is gone, or what it refers to", () => {
    const { account } = furnished("template");
    template(account).versions.delete(2);
    expect(safe({ account }).detail).to.match(/^Could not find the specified version/);
    account.autoscaling.groups.delete("web");
    expect(safe({ account })).to.deep.equal({ check, ok: false, detail: "there is no such group" });
  });
});

function imageOf({ ec2 }: Account, name: string): string {
  return ec2.imagesNamed(name)[0].ImageId;
}

function callOf(service: string, api: string, params: Members = {}) {
  return { step: "x", service, api, params, response: {} };
}
