import { expect } from "chai";
import * as fc from "fast-check";
import type { Members } from "../../../rehearsal/account/api";
import { start as startOfTime } from "./support";
import { launchFirst, refreshWorld, type RefreshWorld, version } from "./refreshing";

const HOUR = 3600;
const later = (seconds: number) => new Date(startOfTime.getTime() + seconds * 1000);
const ofWeb = { AutoScalingGroupName: "web" };
const three = (image: string) => [image, image, image];

describe("an instance refresh", () => {
  it("is pending, goes on, and is successful", () => {
    const world = refreshWorld();
    const { InstanceRefreshId } = world.start(launchFirst, { DesiredConfiguration: world.desired });
    expect(InstanceRefreshId).to.match(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    const pending = world.after(0);
    expect(pending).to.include({ InstanceRefreshId, AutoScalingGroupName: "web", Status: "Pending" });
    expect(pending).not.to.have.any.keys("StartTime", "PercentageComplete", "EndTime");
    expect(world.after(70)).to.deep.include({
      Status: "InProgress",
      StartTime: later(5),
      PercentageComplete: 0,
      InstancesToUpdate: 3,
    });
    expect(world.after(0).StatusReason).to.match(
      /^Waiting for instances to warm up before continuing. For example: i-0\w{16} is warming up.$/,
    );
    expect(world.after(60)).to.include({ PercentageComplete: 33, InstancesToUpdate: 2 });
    expect(world.after(HOUR)).to.deep.include({
      Status: "Successful",
      Strategy: "Rolling",
      EndTime: later(455),
      PercentageComplete: 100,
      InstancesToUpdate: 0,
      DesiredConfiguration: {
        LaunchTemplate: { ...(world.desired.LaunchTemplate as Members), LaunchTemplateName: "web" },
      },
      Preferences: {
        ...launchFirst,
        SkipMatching: false,
        AutoRollback: false,
        ScaleInProtectedInstances: "Wait",
        StandbyInstances: "Wait",
      },
    });
    expect(world.running()).to.deep.equal(three(world.newImage));
    expect(world.group.LaunchTemplate?.Version).to.equal("3");
    expect(world.group.Instances[0].LaunchTemplate?.Version).to.equal("3");
  });

  it("launches before it terminates, and says how the fleet was", () => {
    const world = refreshWorld("template", 1);
    world.start(launchFirst, { DesiredConfiguration: world.desired });
    world.after(HOUR);
    expect(world.fleet()).to.deep.equal([
      { old: [1, 0], new: [0, 0] },
      { old: [1, 0], new: [0, 1] },
      { old: [1, 0], new: [1, 0] },
      { old: [0, 1], new: [1, 0] },
      { old: [0, 0], new: [1, 0] },
    ]);
    const times = world.account.autoscaling.fleet.map(({ at }) => at);
    expect(times).to.deep.equal([0, 5, 65, 125, 155].map(later));
  });

  it("terminates first where there may be no more, and one at least", () => {
    const world = refreshWorld("template", 1);
    world.start({}, { DesiredConfiguration: world.desired });
    expect(world.after(HOUR).Preferences).to.include({
      MinHealthyPercentage: 90,
      MaxHealthyPercentage: 100,
      InstanceWarmup: 300,
    });
    expect(world.fleet().map((one) => [...one.old, ...one.new])).to.deep.equal([
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 0, 1],
      [0, 0, 1, 0],
    ]);
  });

  it("is the same however rarely somebody looks", () => {
    const fleets = [1, 10, 6 * HOUR].map((each) => {
      const world = refreshWorld();
      world.start(launchFirst, { DesiredConfiguration: world.desired });
      world.after(6 * HOUR, each);
      return world.account.autoscaling.fleet;
    });
    expect(fleets[1]).to.deep.equal(fleets[0]);
    expect(fleets[2]).to.deep.equal(fleets[0]);
  });

  it("never undercuts the least nor exceeds the most, and replaces everything", () => {
    const preferences = fc
      .record({ min: fc.integer({ min: 0, max: 100 }), above: fc.integer({ min: 0, max: 100 }) })
      .map(({ min, above }) => ({ min, max: Math.max(100, min + above) }))
      .filter(({ min, max }) => max - min <= 100);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12 }), preferences, (size, { min, max }) => {
        const world = refreshWorld("template", Math.max(size, 1));
        if (size === 0) {
          Object.assign(world.group, { Instances: [], DesiredCapacity: 0 });
        }
        const sent = { MinHealthyPercentage: min, MaxHealthyPercentage: max, InstanceWarmup: 30 };
        world.start(sent, { DesiredConfiguration: world.desired });
        const { Status } = world.after(5 * HOUR, HOUR);
        expect(Status).to.equal("Successful");
        expect(world.running()).to.deep.equal(Array(size).fill(world.newImage));
        const launchesFirst = max > 100 || min === 100;
        const asked = Math.ceil((size * min) / 100);
        const least = launchesFirst ? asked : Math.min(asked, size - 1);
        const most = Math.max(Math.floor((size * max) / 100), launchesFirst ? size + 1 : 0);
        for (const { old, new: fresh } of world.fleet()) {
          expect(old[0] + fresh[0]).to.be.at.least(least);
          expect(old[0] + old[1] + fresh[0] + fresh[1]).to.be.at.most(most);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("terminates and forgets in EC2 what it replaces, and launches with the present date", () => {
    const world = refreshWorld("template", 1);
    const [{ InstanceId: old }] = world.group.Instances;
    const stateOf = (id: string) => world.account.ec2.instances.get(id)?.instance.State.Name;
    world.start(launchFirst, { DesiredConfiguration: world.desired });
    world.after(30);
    const fresh = world.group.Instances[1].InstanceId;
    expect([stateOf(old), stateOf(fresh)]).to.deep.equal(["running", "pending"]);
    expect(world.account.ec2.instances.get(fresh)?.instance.LaunchTime).to.deep.equal(later(5));
    world.after(100);
    expect([stateOf(old), stateOf(fresh)]).to.deep.equal(["shutting-down", "running"]);
    world.after(60);
    expect(stateOf(old)).to.equal("terminated");
    world.after(2 * HOUR);
    expect(stateOf(old)).to.equal(undefined);
  });

  it("leaves a group alone that is not refreshed", () => {
    const world = refreshWorld();
    const before = world.account.snapshotState();
    world.clock.advance(9 * HOUR);
    expect(world.account.snapshotState()).to.deep.equal(before);
    expect(world.account.autoscaling.fleet).to.deep.equal([]);
  });

  it("goes with its group", () => {
    const world = refreshWorld();
    world.start(launchFirst);
    world.after(70);
    world.account.autoscaling.groups.delete("web");
    world.clock.advance(HOUR);
    world.account.catchUp();
    expect(world.account.autoscaling.refreshing.size).to.equal(0);
  });
});

describe("an instance refresh of each launch source", () => {
  it("launches what a launch configuration says at that moment", () => {
    const world = refreshWorld("configuration");
    world.call("UpdateAutoScalingGroup", { ...ofWeb, LaunchConfigurationName: "other-team-initial" });
    const image = world.account.autoscaling.launchConfigurations.get("other-team-initial")!.ImageId;
    world.start(launchFirst);
    expect(world.after(HOUR).Status).to.equal("Successful");
    expect(world.running()).to.deep.equal(three(image));
    expect(world.group.Instances[0].LaunchConfigurationName).to.equal("other-team-initial");
  });

  it("launches what $Latest is at that moment, and leaves the group at $Latest", () => {
    const world = refreshWorld("template-latest");
    const { LaunchTemplateId } = world.group.LaunchTemplate!;
    world.account.ec2.launchTemplates.get(LaunchTemplateId!)!.versions.delete(3);
    const image = world.account.ec2.launchTemplates.get(LaunchTemplateId!)!.versions.get(2)!;
    world.start(launchFirst);
    expect(world.after(HOUR).Status).to.equal("Successful");
    expect(world.running()).to.deep.equal(three(image.LaunchTemplateData.ImageId!));
    expect(world.group.LaunchTemplate?.Version).to.equal("$Latest");
  });

  it("launches the desired policy's first override", () => {
    const world = refreshWorld("mixed");
    const policy = mixed(world);
    world.start(launchFirst, { DesiredConfiguration: { MixedInstancesPolicy: policy } });
    expect(world.after(HOUR).Status).to.equal("Successful");
    expect(world.running()).to.deep.equal(three(world.newImage));
    expect(world.group.MixedInstancesPolicy?.LaunchTemplate?.Overrides?.[0].ImageId).to.equal(world.newImage);
  });

  it("gives the instances that there are another root volume", () => {
    const world = refreshWorld("mixed");
    const ids = world.group.Instances.map(({ InstanceId }) => InstanceId);
    const DesiredConfiguration = { MixedInstancesPolicy: mixed(world) };
    world.start(launchFirst, { Strategy: "ReplaceRootVolume", DesiredConfiguration });
    world.after(30);
    expect(world.group.Instances.map(({ LifecycleState }) => LifecycleState)).to.have.members([
      "ReplacingRootVolume",
      "InService",
      "InService",
    ]);
    expect(world.after(HOUR).Status).to.equal("Successful");
    expect(world.running()).to.deep.equal(three(world.newImage));
    expect(world.group.Instances.map(({ InstanceId }) => InstanceId)).to.have.members(ids);
  });
});

/** A policy of the group's own template, whose only override has the new image. */
function mixed({ group, newImage }: RefreshWorld): Members {
  const { LaunchTemplateSpecification: base } = group.MixedInstancesPolicy!.LaunchTemplate!;
  return {
    LaunchTemplate: {
      LaunchTemplateSpecification: version(base!, "2"),
      Overrides: [{ InstanceType: "t3.small", ImageId: newImage }],
    },
  };
}

describe("an instance refresh to a bad image", () => {
  function bad(preferences: Members, kind: "template" | "configuration" = "template", size = 3) {
    const world = refreshWorld(kind, size);
    world.account.ec2.badImages.add(world.newImage);
    const { desired } = world;
    world.start(preferences, kind === "template" ? { DesiredConfiguration: desired } : {});
    return world;
  }

  it("fails after an hour without progress, and leaves nothing behind that is not healthy", () => {
    const world = bad(launchFirst);
    expect(world.after(HOUR).Status).to.equal("InProgress");
    const failed = world.after(30);
    expect(failed.Status).to.equal("Failed");
    expect(failed.StatusReason).to.match(
      /^Waited one hour for instances to become healthy. For example: i-0\w{16} is unhealthy.$/,
    );
    world.after(HOUR);
    expect(world.running()).to.deep.equal(three(world.oldImage));
    expect(world.group.Instances).to.have.length(3);
    expect(world.group.LaunchTemplate?.Version).to.equal("2");
    expect(world.account.autoscaling.refreshing.size).to.equal(0);
  });

  it("fails so for a launch configuration as well, which still is the bad one", () => {
    const world = refreshWorld("configuration");
    const { launchConfigurations } = world.account.autoscaling;
    launchConfigurations.get("other-team-initial")!.ImageId = world.newImage;
    world.account.ec2.badImages.add(world.newImage);
    world.call("UpdateAutoScalingGroup", { ...ofWeb, LaunchConfigurationName: "other-team-initial" });
    world.start({});
    expect(world.after(2 * HOUR).Status).to.equal("Failed");
    // One was terminated first, and what the group launches in its place is bad again.
    expect(world.running()).to.deep.equal([world.oldImage, world.oldImage]);
    expect(world.group.Instances).to.have.length(3);
    world.call("UpdateAutoScalingGroup", { ...ofWeb, LaunchConfigurationName: "web-initial" });
    world.start(launchFirst);
    expect(world.after(HOUR).Status).to.equal("Successful");
    expect(world.running()).to.deep.equal(three(world.oldImage));
  });

  for (const [what, preferences] of [
    ["launches first", launchFirst],
    ["terminates first", { MinHealthyPercentage: 50, InstanceWarmup: 60 }],
    ["replaces all at once", { MinHealthyPercentage: 0, InstanceWarmup: 60 }],
  ] as const) {
    it(`is rolled back by itself where it ${what}`, () => {
      const world = bad({ ...preferences, AutoRollback: true });
      const back = world.after(HOUR + 60);
      expect(["RollbackInProgress", "RollbackSuccessful"]).to.include(back.Status);
      expect(back.RollbackDetails).to.include({
        PercentageCompleteOnRollback: 0,
        InstancesToUpdateOnRollback: 3,
      });
      expect(back.RollbackDetails?.RollbackReason).to.match(/^Automatic rollback was initiated. Waited one/);
      expect(world.after(HOUR)).to.include({
        Status: "RollbackSuccessful",
        PercentageComplete: 0,
        StatusReason: back.RollbackDetails?.RollbackReason,
      });
      expect(world.running()).to.deep.equal(three(world.oldImage));
      expect(world.group.LaunchTemplate?.Version).to.equal("2");
    });
  }

  it("cannot be rolled back to an image that is bad, too", () => {
    const world = bad({ MinHealthyPercentage: 0, InstanceWarmup: 60, AutoRollback: true });
    world.account.ec2.badImages.add(world.oldImage);
    expect(world.after(3 * HOUR).Status).to.equal("RollbackFailed");
  });

  it("fails where the image cannot be launched any more", () => {
    const world = refreshWorld();
    world.start(launchFirst, { DesiredConfiguration: world.desired });
    world.account.ec2.removeImage(world.newImage);
    const failed = world.after(2 * HOUR);
    expect(failed.Status).to.equal("Failed");
    expect(failed.StatusReason).to.equal(
      "No instance of the Auto Scaling group web could be replaced for one hour.",
    );
    expect(world.running()).to.deep.equal(three(world.oldImage));
  });
});

describe("an instance refresh that somebody", () => {
  it("rolls back replaces what it has replaced, and counts down to zero", () => {
    const world = refreshWorld();
    const id = world.start(launchFirst, { DesiredConfiguration: world.desired });
    expect(world.after(300).PercentageComplete).to.equal(66);
    expect(world.call("RollbackInstanceRefresh", ofWeb)).to.deep.equal(id);
    expect(world.after(0)).to.deep.include({
      Status: "RollbackInProgress",
      PercentageComplete: 66,
      RollbackDetails: {
        RollbackReason: "Rollback was initiated by user request.",
        RollbackStartTime: later(300),
        PercentageCompleteOnRollback: 66,
        InstancesToUpdateOnRollback: 1,
      },
    });
    expect(world.after(200).PercentageComplete).to.be.within(1, 65);
    expect(world.after(HOUR)).to.include({
      Status: "RollbackSuccessful",
      PercentageComplete: 0,
      InstancesToUpdate: 1,
    });
    expect(world.running()).to.deep.equal(three(world.oldImage));
    for (const { old, new: fresh } of world.fleet()) {
      expect(old[0] + fresh[0]).to.be.at.least(3);
    }
  });

  it("rolls back while it bakes goes back, too", () => {
    const world = refreshWorld();
    world.start({ ...launchFirst, BakeTime: HOUR }, { DesiredConfiguration: world.desired });
    expect(world.after(900)).to.include({ Status: "Baking", PercentageComplete: 100 });
    expect(world.group.LaunchTemplate?.Version).to.equal("2");
    world.call("RollbackInstanceRefresh", ofWeb);
    expect(world.after(HOUR).Status).to.equal("RollbackSuccessful");
    expect(world.running()).to.deep.equal(three(world.oldImage));
  });

  it("cancels keeps what it has replaced", () => {
    const world = refreshWorld();
    const id = world.start(launchFirst, { DesiredConfiguration: world.desired });
    world.after(280);
    expect(world.call("CancelInstanceRefresh", ofWeb)).to.deep.equal(id);
    expect(world.after(0)).to.include({
      Status: "Cancelling",
      StatusReason: "Cancelling due to user request.",
    });
    expect(world.after(31)).to.deep.include({
      Status: "Cancelled",
      StatusReason: "Cancelled due to user request.",
    });
    world.after(HOUR);
    expect(world.running().filter((image) => image === world.newImage)).to.have.length(2);
    expect(world.group.Instances).to.have.length(3);
    expect(world.group.LaunchTemplate?.Version).to.equal("2");
  });

  it("cancels without waiting is cancelled at once, and what is under way arrives", () => {
    const world = refreshWorld();
    world.start(launchFirst, { DesiredConfiguration: world.desired });
    world.after(30);
    world.call("CancelInstanceRefresh", { ...ofWeb, WaitForTransitioningInstances: false });
    expect(world.after(0)).to.deep.include({ Status: "Cancelled", EndTime: later(30) });
    world.after(HOUR);
    expect(world.running()).to.have.members([world.oldImage, world.oldImage, world.newImage]);
    expect(world.group.Instances).to.have.length(3);
  });

  it("cancels leaves no bad instance behind", () => {
    const world = refreshWorld();
    world.account.ec2.badImages.add(world.newImage);
    world.start({ InstanceWarmup: 60 }, { DesiredConfiguration: world.desired });
    world.after(300);
    expect(world.running()).to.have.length(2);
    world.call("CancelInstanceRefresh", ofWeb);
    world.after(HOUR);
    expect(world.running()).to.deep.equal(three(world.oldImage));
  });

  it("cancels can be followed by another at once", () => {
    const world = refreshWorld();
    world.start({ MinHealthyPercentage: 0, InstanceWarmup: 60 }, { DesiredConfiguration: world.desired });
    world.after(20);
    world.call("CancelInstanceRefresh", { ...ofWeb, WaitForTransitioningInstances: false });
    world.start(launchFirst, { DesiredConfiguration: world.desired });
    expect(world.after(HOUR).Status).to.equal("Successful");
    expect(world.running()).to.deep.equal(three(world.newImage));
    const { InstanceRefreshes } = world.call("DescribeInstanceRefreshes", ofWeb);
    const statuses = (InstanceRefreshes as Members[]).map(({ Status }) => Status);
    expect(statuses).to.deep.equal(["Successful", "Cancelled"]);
  });
});

describe("an instance refresh waits", () => {
  it("at each checkpoint for the delay", () => {
    const world = refreshWorld("template", 4);
    const checkpoints = { CheckpointPercentages: [25, 30, 75, 100], CheckpointDelay: 1000 };
    world.start({ ...launchFirst, ...checkpoints }, { DesiredConfiguration: world.desired });
    expect(world.after(900).PercentageComplete).to.equal(25);
    expect(world.after(0).StatusReason).to.equal("Waiting for 1000 seconds at the checkpoint of 25 percent.");
    world.after(400);
    // 30 percent of four instances are two of them.
    expect(world.after(600).PercentageComplete).to.equal(50);
    expect(world.after(1000).PercentageComplete).to.equal(75);
    const end = world.after(2 * HOUR);
    expect(end.Status).to.equal("Successful");
    expect(end.EndTime!.getTime()).to.be.greaterThan(later(3 * 1000 + 4 * 150).getTime());
  });

  it("an hour at a checkpoint unless told otherwise", () => {
    const world = refreshWorld();
    world.start({ ...launchFirst, CheckpointPercentages: [1, 100] });
    expect(world.after(HOUR)).to.include({ Status: "InProgress", PercentageComplete: 33 });
    expect(world.after(0).Preferences?.CheckpointDelay).to.equal(HOUR);
    expect(world.after(HOUR).Status).to.equal("Successful");
  });

  it("for the bake time before it is successful", () => {
    const world = refreshWorld();
    world.start({ ...launchFirst, BakeTime: 2 * HOUR }, { DesiredConfiguration: world.desired });
    expect(world.after(2 * HOUR).Status).to.equal("Baking");
    expect(world.after(HOUR)).to.deep.include({ Status: "Successful", EndTime: later(455 + 2 * HOUR) });
  });

  it("for a warm-up that is longer than its patience", () => {
    const world = refreshWorld("template", 1);
    world.group.DefaultInstanceWarmup = 2 * HOUR;
    world.start({}, { DesiredConfiguration: world.desired });
    expect(world.after(2 * HOUR).Status).to.equal("InProgress");
    expect(world.after(HOUR).Status).to.equal("Successful");
  });

  for (const [what, change, free, fixed] of [
    [
      "in standby",
      { LifecycleState: "Standby" },
      { LifecycleState: "InService" },
      { StandbyInstances: "Ignore" },
    ],
    [
      "protected from scale in",
      { ProtectedFromScaleIn: true },
      { ProtectedFromScaleIn: false },
      { ScaleInProtectedInstances: "Ignore" },
    ],
  ] as const) {
    describe(`for an instance that is ${what}`, () => {
      function waiting(preferences: Members = {}) {
        const world = refreshWorld();
        const [member] = world.group.Instances;
        Object.assign(member, change);
        if (what === "in standby") {
          world.group.DesiredCapacity = 2;
        }
        world.start({ ...launchFirst, ...preferences }, { DesiredConfiguration: world.desired });
        return { ...world, member };
      }

      it("and fails after an hour", () => {
        const world = waiting();
        expect(world.after(HOUR)).to.include({ Status: "InProgress", PercentageComplete: 66 });
        const failed = world.after(HOUR);
        expect(failed.Status).to.equal("Failed");
        expect(failed.StatusReason).to.contain(`${world.member.InstanceId} is ${what}.`);
        expect(world.group.Instances).to.include(world.member);
      });

      it("and goes on when it is not any more", () => {
        const world = waiting();
        world.after(HOUR);
        Object.assign(world.member, free);
        if (what === "in standby") {
          world.group.DesiredCapacity = 3;
        }
        expect(world.after(HOUR).Status).to.equal("Successful");
        expect(world.group.Instances).to.not.include(world.member);
      });

      it("or ignores it", () => {
        const world = waiting(fixed);
        expect(world.after(HOUR)).to.include({ Status: "Successful", PercentageComplete: 100 });
        expect(world.group.Instances).to.include(world.member);
        expect(world.running().filter((image) => image === world.newImage)).to.have.length(2);
      });
    });
  }

  it("for none in standby that it may terminate, nor for a protected one that it may replace", () => {
    const world = refreshWorld();
    const [standby, protectedOne] = world.group.Instances;
    standby.LifecycleState = "Standby";
    protectedOne.ProtectedFromScaleIn = true;
    world.group.DesiredCapacity = 2;
    const preferences = { StandbyInstances: "Terminate", ScaleInProtectedInstances: "Refresh" };
    world.start({ ...launchFirst, ...preferences }, { DesiredConfiguration: world.desired });
    expect(world.after(HOUR)).to.include({ Status: "Successful", InstancesToUpdate: 0 });
    expect(world.running()).to.deep.equal([world.newImage, world.newImage]);
    expect(world.group.Instances).to.have.length(2);
  });

  it("for processes that are suspended meanwhile", () => {
    const world = refreshWorld();
    world.start(launchFirst, { DesiredConfiguration: world.desired });
    world.group.SuspendedProcesses.push({ ProcessName: "Launch", SuspensionReason: "" });
    expect(world.after(1800).PercentageComplete).to.equal(0);
    world.group.SuspendedProcesses.pop();
    expect(world.after(1800).Status).to.equal("Successful");
  });
});

describe("an instance refresh with skip matching", () => {
  it("replaces only what is of another version", () => {
    const world = refreshWorld();
    world.start(launchFirst, { DesiredConfiguration: world.desired });
    world.after(200);
    world.call("CancelInstanceRefresh", ofWeb);
    world.after(HOUR);
    const [kept] = world.group.Instances.slice(-1);
    world.start({ ...launchFirst, SkipMatching: true }, { DesiredConfiguration: world.desired });
    expect(world.after(10).InstancesToUpdate).to.be.oneOf([1, 2]);
    expect(world.after(HOUR).Status).to.equal("Successful");
    expect(world.group.Instances).to.include(kept);
    expect(world.running()).to.deep.equal(three(world.newImage));
  });

  it("has nothing to do where all are what the group launches", () => {
    const world = refreshWorld("template-default");
    world.start({ SkipMatching: true });
    expect(world.after(10)).to.include({ Status: "Successful", PercentageComplete: 100 });
    expect(world.account.autoscaling.fleet).to.have.length(1);
  });
});
