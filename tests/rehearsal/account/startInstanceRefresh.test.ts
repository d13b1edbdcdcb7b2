import { expect } from "chai";
import type { Account } from "../../../rehearsal/account/account";
import type { Members } from "../../../rehearsal/account/api";
import type { Alarm, AlarmState } from "../../../rehearsal/account/cloudwatch/alarm";
import type { Statement } from "../../../rehearsal/account/policy";
import { launchFirst, refreshWorld, type RefreshWorld, version } from "./refreshing";
import { allow, itNeeds, notAllowed, principal, refusal, roleArn } from "./support";

const ofWeb = { AutoScalingGroupName: "web" };
const HOUR = 3600;

function validationError(message: string) {
  return { code: "ValidationError", message, status: 400 };
}

function addAlarm(account: Account, name: string, state: AlarmState): Alarm {
  const alarm: Alarm = {
    name,
    arn: `arn:aws:cloudwatch:ap-northeast-1:111122223333:alarm:${name}`,
    description: "",
    metric: { namespace: "Web", name: "Errors", dimensions: {} },
    statistic: "Sum",
    comparison: "GreaterThanThreshold",
    threshold: 1,
    periodSeconds: 60,
    periods: 1,
    missing: "ignore",
    actionsEnabled: false,
    alarmActions: [],
    okActions: [],
    state,
    hasBeenOk: true,
  };
  account.cloudwatch.alarms.push(alarm);
  return alarm;
}

const alarms = (...Alarms: string[]) => ({ AlarmSpecification: { Alarms } });

describe("StartInstanceRefresh refuses", () => {
  const preferences: [string, Members, RegExp][] = [
    ["a most without a least", { MaxHealthyPercentage: 110 }, /MaxHealthyPercentage cannot .* without Min/],
    [
      "a range of more than 100",
      { MinHealthyPercentage: 50, MaxHealthyPercentage: 151 },
      /cannot be greater than 100/,
    ],
    [
      "a most below 100",
      { MinHealthyPercentage: 50, MaxHealthyPercentage: 201 },
      /less than or equal to 200/,
    ],
    ["checkpoints that do not ascend", { CheckpointPercentages: [50, 20, 100] }, /ascending order/],
    ["checkpoints twice", { CheckpointPercentages: [50, 50, 100] }, /unique/],
    ["checkpoints without 100", { CheckpointPercentages: [20, 50] }, /must be 100/],
    ["no checkpoints at all", { CheckpointPercentages: [] }, /must be 100/],
    ["a delay without checkpoints", { CheckpointDelay: 60 }, /without CheckpointPercentages/],
    ["a delay of more than two days", { CheckpointPercentages: [100], CheckpointDelay: 172801 }, /172800/],
    ["a bake time of more than two days", { BakeTime: 172801 }, /172800/],
    ["an unknown way with standby", { StandbyInstances: "Refresh" }, /enum value set/],
    ["more than ten alarms", alarms(..."abcdefghijk"), /more than the 10/],
    ["an alarm that there is not", alarms("none"), /alarm none does not exist/],
  ];
  for (const [what, sent, words] of preferences) {
    it(what, () => {
      const { code, message } = refusal(() => refreshWorld().start(sent));
      expect(code).to.equal("ValidationError");
      expect(message).to.match(words);
    });
  }

  it("an alarm that is not OK", () => {
    for (const state of ["ALARM", "INSUFFICIENT_DATA"] as const) {
      const world = refreshWorld();
      addAlarm(world.account, "errors", state);
      expect(refusal(() => world.start(alarms("errors"))).message).to.contain(`is in the ${state} state`);
    }
  });

  it("auto rollback without a desired configuration, or where the group's version moves", () => {
    for (const kind of ["template", "configuration"] as const) {
      expect(refusal(() => refreshWorld(kind).start({ AutoRollback: true }))).to.deep.equal(
        validationError(
          "The request isn't valid. The AutoRollback parameter cannot be set to true when the DesiredConfiguration " +
            "parameter is empty. Set AutoRollback to false or specify a desired configuration and try again.",
        ),
      );
    }
    for (const kind of ["template-latest", "template-default"] as const) {
      const world = refreshWorld(kind);
      const start = () => world.start({ AutoRollback: true }, { DesiredConfiguration: world.desired });
      expect(refusal(start).message).to.match(/\$Latest or \$Default/);
      world.start({}, { DesiredConfiguration: world.desired });
    }
    // One of the overrides means $Default.
    const mixed = refreshWorld("mixed");
    const { MixedInstancesPolicy } = mixed.group;
    const policy = { LaunchTemplate: { LaunchTemplateSpecification: base(mixed) } };
    const start = () =>
      mixed.start({ AutoRollback: true }, { DesiredConfiguration: { MixedInstancesPolicy: policy } });
    expect(refusal(start).message).to.match(/\$Latest or \$Default/);
    MixedInstancesPolicy!.LaunchTemplate!.Overrides = [];
    start();
  });

  it("a desired configuration or skip matching for a launch configuration", () => {
    const world = refreshWorld("configuration");
    const template = [...world.account.ec2.launchTemplates.values()][0];
    const DesiredConfiguration = { LaunchTemplate: version(template, "1") };
    expect(refusal(() => world.start({}, { DesiredConfiguration })).message).to.match(/launch configuration/);
    expect(refusal(() => world.start({ SkipMatching: true })).message).to.match(/launch configuration/);
  });

  it("both for attribute-based instance types", () => {
    const world = refreshWorld("mixed");
    const policy = (overrides: Members[]) => ({
      MixedInstancesPolicy: {
        LaunchTemplate: { LaunchTemplateSpecification: base(world), Overrides: overrides },
      },
    });
    const attributes = [{ InstanceRequirements: { VCpuCount: { Min: 1 }, MemoryMiB: { Min: 1 } } }];
    const start = (overrides: Members[]) => () =>
      world.start({}, { DesiredConfiguration: policy(overrides) });
    expect(refusal(start(attributes)).message).to.match(/attribute-based/);
    world.group.MixedInstancesPolicy!.LaunchTemplate!.Overrides = attributes;
    expect(refusal(start([])).message).to.match(/attribute-based/);
    expect(refusal(() => world.start({ SkipMatching: true })).message).to.match(/attribute-based/);
    world.start();
  });

  it("a desired configuration with nothing, with both, or with a template that there is not", () => {
    const world = refreshWorld();
    const start = (DesiredConfiguration: Members) =>
      refusal(() => world.start({}, { DesiredConfiguration })).message;
    expect(start({})).to.match(/either a LaunchTemplate or a MixedInstancesPolicy/);
    expect(start({ ...world.desired, MixedInstancesPolicy: {} })).to.match(/must contain either/);
    expect(start({ LaunchTemplate: version(world.group.LaunchTemplate!, "9") })).to.match(/version 9/);
    expect(world.account.autoscaling.instanceRefreshes.size).to.equal(0);
  });

  it("other root volumes without an image in each override of a policy by number", () => {
    const world = refreshWorld("mixed");
    const [{ image, number }] = [{ image: world.newImage, number: base(world) }];
    const start = (LaunchTemplateSpecification: Members, Overrides: Members[]) =>
      world.start(
        {},
        {
          Strategy: "ReplaceRootVolume",
          DesiredConfiguration: {
            MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification, Overrides } },
          },
        },
      );
    const own = { InstanceType: "t3.small", ImageId: image };
    const latest = { ...number, Version: "$Latest" };
    expect(refusal(() => start(number, [own, { InstanceType: "t3.large" }])).message).to.match(/ImageId in/);
    expect(refusal(() => start(latest, [own])).message).to.match(/version number/);
    expect(refusal(() => world.start({}, { Strategy: "ReplaceRootVolume" })).message).to.match(
      /requires a Des/,
    );
    const { BlockDeviceMappings: devices } = world.account.ec2.image(image)!;
    devices.push({ ...devices[0], DeviceName: "/dev/sdb" });
    expect(refusal(() => start(number, [own])).message).to.match(/has several/);
    devices.pop();
    start(number, [own]);
  });

  it("a group whose launches or terminations are suspended, or that there is not", () => {
    for (const ProcessName of ["Launch", "Terminate"]) {
      const world = refreshWorld();
      world.group.SuspendedProcesses.push({ ProcessName, SuspensionReason: "" });
      expect(refusal(() => world.start()).message).to.contain(`The ${ProcessName} process`);
    }
    const world = refreshWorld();
    const none = { AutoScalingGroupName: "none" };
    for (const api of ["Start", "Cancel", "Rollback"]) {
      expect(refusal(() => world.call(`${api}InstanceRefresh`, none))).to.deep.equal(
        validationError("AutoScalingGroup name not found - null"),
      );
    }
  });

  it("a second one while one is active", () => {
    const world = refreshWorld();
    world.start(launchFirst);
    expect(refusal(() => world.start())).to.deep.equal({
      code: "InstanceRefreshInProgress",
      message:
        "An Instance Refresh is already in progress and blocks the execution of this Instance Refresh.",
      status: 400,
    });
    world.after(HOUR);
    world.start();
  });
});

/** The base template of a mixed group, by number, as a request names it. */
function base({ group }: RefreshWorld): Members {
  return version(group.MixedInstancesPolicy!.LaunchTemplate!.LaunchTemplateSpecification!, "2");
}

describe("an instance refresh that is not active", () => {
  const none = {
    code: "ActiveInstanceRefreshNotFound",
    message: "No in progress or pending Instance Refresh found for Auto Scaling group web",
    status: 400,
  };

  it("cannot be cancelled or rolled back", () => {
    const world = refreshWorld();
    for (const api of ["CancelInstanceRefresh", "RollbackInstanceRefresh"]) {
      expect(refusal(() => world.call(api, ofWeb))).to.deep.equal(none);
    }
    world.start(launchFirst, { DesiredConfiguration: world.desired });
    world.after(HOUR);
    expect(refusal(() => world.call("RollbackInstanceRefresh", ofWeb))).to.deep.equal(none);
  });

  it("nor rolled back twice, but a rollback can be cancelled", () => {
    const world = refreshWorld();
    world.start(launchFirst, { DesiredConfiguration: world.desired });
    world.after(200);
    world.call("RollbackInstanceRefresh", ofWeb);
    expect(refusal(() => world.call("RollbackInstanceRefresh", ofWeb))).to.deep.equal(none);
    world.call("CancelInstanceRefresh", ofWeb);
    expect(world.after(120).Status).to.equal("Cancelled");
  });
});

describe("an instance refresh that is irreversible", () => {
  it("has no desired configuration, or a group whose version moves", () => {
    for (const kind of ["configuration", "template", "template-latest"] as const) {
      const world = refreshWorld(kind);
      world.start(launchFirst, kind === "template-latest" ? { DesiredConfiguration: world.desired } : {});
      world.after(70);
      expect(refusal(() => world.call("RollbackInstanceRefresh", ofWeb)).code).to.equal(
        "IrreversibleInstanceRefresh",
      );
      expect(world.after(HOUR).Status).to.equal("Successful");
    }
  });
});

describe("UpdateAutoScalingGroup during an instance refresh", () => {
  const update = (world: RefreshWorld, params: Members) =>
    world.call("UpdateAutoScalingGroup", { ...ofWeb, ...params });

  it("with a desired configuration changes nothing of what is launched", () => {
    const world = refreshWorld();
    const LaunchTemplate = version(world.group.LaunchTemplate!, "1");
    world.start(launchFirst, { DesiredConfiguration: world.desired });
    for (const params of [
      { LaunchTemplate },
      { LaunchConfigurationName: "web-initial" },
      { MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification: LaunchTemplate } } },
    ] as Members[]) {
      expect(refusal(() => update(world, params))).to.deep.equal(
        validationError(
          "An active instance refresh with a desired configuration exists. All configuration options derived from the " +
            "desired configuration are not available for update while the instance refresh is active.",
        ),
      );
    }
    update(world, { MaxSize: 9 });
    world.after(HOUR);
    update(world, { LaunchTemplate });
  });

  it("without one changes what is launched from then on", () => {
    const world = refreshWorld();
    world.start(launchFirst);
    update(world, { LaunchTemplate: version(world.group.LaunchTemplate!, "3") });
    world.after(HOUR);
    expect(world.running()).to.deep.equal([world.newImage, world.newImage, world.newImage]);
  });
});

describe("a named alarm", () => {
  function alarmed(preferences: Members = {}) {
    const world = refreshWorld();
    const alarm = addAlarm(world.account, "errors", "OK");
    const sent = { ...launchFirst, ...alarms("errors"), ...preferences };
    world.start(sent, { DesiredConfiguration: world.desired });
    return { ...world, alarm };
  }

  it("that goes off fails the refresh where it stands", () => {
    const world = alarmed();
    world.after(300);
    world.alarm.state = "ALARM";
    expect(world.after(0)).to.include({
      Status: "Failed",
      StatusReason: "The CloudWatch alarm errors is in the ALARM state.",
    });
    world.after(HOUR);
    expect(world.running()).to.include(world.newImage);
    expect(world.group.Instances).to.have.length(3);
  });

  it("that goes off rolls it back, while it bakes too", () => {
    for (const seconds of [300, 900]) {
      const world = alarmed({ AutoRollback: true, BakeTime: HOUR });
      world.after(seconds);
      world.alarm.state = "ALARM";
      expect(world.after(0).Status).to.equal("RollbackInProgress");
      expect(world.after(HOUR).Status).to.equal("RollbackSuccessful");
      expect(world.running()).to.deep.equal([world.oldImage, world.oldImage, world.oldImage]);
    }
  });

  it("that stays OK, or is another one, does nothing", () => {
    const world = alarmed();
    addAlarm(world.account, "other", "ALARM");
    expect(world.after(HOUR).Status).to.equal("Successful");
  });
});

describe("the preferences of an instance refresh", () => {
  it("come from the group where they are not sent", () => {
    const world = refreshWorld();
    world.group.InstanceMaintenancePolicy = { MinHealthyPercentage: 100, MaxHealthyPercentage: 120 };
    world.group.DefaultInstanceWarmup = 7;
    world.start({ MinHealthyPercentage: 95 });
    expect(world.after(0).Preferences).to.include({
      MinHealthyPercentage: 95,
      MaxHealthyPercentage: 120,
      InstanceWarmup: 7,
    });
    const unset = refreshWorld();
    unset.group.InstanceMaintenancePolicy = { MinHealthyPercentage: -1, MaxHealthyPercentage: -1 };
    unset.start();
    expect(unset.after(0).Preferences).to.include({ MinHealthyPercentage: 90, MaxHealthyPercentage: 100 });
  });
});

describe("the permissions of an instance refresh", () => {
  const groupArn =
    "arn:aws:autoscaling:ap-northeast-1:111122223333:autoScalingGroup:*:autoScalingGroupName/web";
  const alarmArn = "arn:aws:cloudwatch:ap-northeast-1:111122223333:alarm:errors";

  function denied(missing: Statement, world: RefreshWorld, ofTemplate = false) {
    const resource = missing.Resource === groupArn ? world.group.AutoScalingGroupARN : missing.Resource;
    const prefix = ofTemplate
      ? `You are not authorized to use launch template: ${world.group.LaunchTemplate?.LaunchTemplateId}. `
      : "";
    const message = prefix + notAllowed(principal(), { ...missing, Resource: resource });
    return { code: "AccessDenied", message, status: 403 };
  }

  for (const kind of ["configuration", "template"] as const) {
    describe(`of ${kind} as it is, with an alarm, to start`, () => {
      itNeeds(
        [allow("autoscaling:StartInstanceRefresh", groupArn), allow("cloudwatch:DescribeAlarms", alarmArn)],
        () => (caller) => {
          const world = refreshWorld(kind);
          addAlarm(world.account, "errors", "OK");
          world.call("StartInstanceRefresh", { ...ofWeb, Preferences: alarms("errors") }, caller);
        },
        (missing) => denied(missing, refreshWorld(kind)),
      );
    });
  }

  describe("to another version, to start", () => {
    const start = allow("autoscaling:StartInstanceRefresh", groupArn);
    const ofDryRun = [allow("iam:PassRole", roleArn)];
    const all = [allow("ec2:RunInstances"), allow("ec2:CreateTags"), ...ofDryRun];
    const make = (...statements: Statement[]) => {
      const world = refreshWorld();
      const request = { ...ofWeb, DesiredConfiguration: world.desired };
      world.call("StartInstanceRefresh", request, principal(...statements));
    };

    it("takes the launch of the template as well", () => make(start, ...all));

    it("is refused without any of it", () => {
      expect(refusal(() => make(...all)).message).to.contain("autoscaling:StartInstanceRefresh");
      for (const missing of all) {
        const rest = all.filter((one) => one !== missing);
        const { code, message } = refusal(() => make(start, ...rest));
        expect(code).to.equal("AccessDenied");
        expect(message).to.match(/^You are not authorized to use launch template: lt-/);
        expect(message).to.contain(String(missing.Action));
      }
    });
  });

  for (const api of ["CancelInstanceRefresh", "RollbackInstanceRefresh"]) {
    describe(`of ${api}`, () => {
      itNeeds(
        [allow(`autoscaling:${api}`, groupArn)],
        () => (caller) => {
          const world = refreshWorld();
          world.start(launchFirst, { DesiredConfiguration: world.desired });
          world.call(api, ofWeb, caller);
        },
        (missing) => denied(missing, refreshWorld()),
      );
    });
  }

  it("can depend on the group's tags", () => {
    const tagged = (value: string) =>
      principal(
        allow("autoscaling:*", groupArn, { StringEquals: { "autoscaling:ResourceTag/Name": value } }),
      );
    refreshWorld().call("StartInstanceRefresh", ofWeb, tagged("web"));
    expect(refusal(() => refreshWorld().call("StartInstanceRefresh", ofWeb, tagged("other"))).code).to.equal(
      "AccessDenied",
    );
  });
});
