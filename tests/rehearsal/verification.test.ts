import { expect } from "chai";
import type { Account } from "../../rehearsal/account/account";
import type { Members } from "../../rehearsal/account/api";
import type {
  AutoScalingGroup,
  LaunchConfiguration,
  LaunchTemplateOverride,
} from "../../rehearsal/account/autoscaling/shapes";
import type { LaunchTemplate } from "../../rehearsal/account/ec2/launchTemplateShapes";
import { findLaunchTemplate } from "../../rehearsal/account/ec2/launchTemplates";
import type { SourceKind } from "../../rehearsal/account/world/sourceKinds";
import type { Night } from "../../rehearsal/nights/run";
import {
  type Check,
  type Configured,
  type Standing,
  standing,
  verifyNight,
} from "../../rehearsal/verification";
import { administrator, furnished, goldenId } from "./account/support";

/** A night as the runbook would leave it, made by hand: the verification goes by the account alone. */
interface Done {
  account: Account;
  before: Standing;
  night: Night;
  imageId: string;
}

const NAME = `${goldenId}_2026-11-23`;
const CONFIGURED: Configured = {
  instanceId: goldenId,
  autoScalingGroupName: "web",
  prefix: "web",
  launchConfigurationFrom: "instance",
  allowSharedTemplate: false,
  retire: true,
  retainImages: 14,
  retainLaunchConfigurations: 2,
};

const group = ({ autoscaling }: Account): AutoScalingGroup => autoscaling.groups.get("web")!;
const overrides = (account: Account): LaunchTemplateOverride[] =>
  group(account).MixedInstancesPolicy!.LaunchTemplate!.Overrides!;
const template = ({ ec2 }: Account, name = "web"): LaunchTemplate =>
  findLaunchTemplate(ec2, { LaunchTemplateName: name });
const configuration = ({ autoscaling }: Account) => autoscaling.launchConfigurations.get("web_2026-11-23")!;
const newest = (account: Account, name?: string) => {
  const { versions, lastNumber } = template(account, name);
  return versions.get(lastNumber)!.LaunchTemplateData;
};
const initialImage = ({ ec2 }: Account) => ec2.allImages().find(({ Name }) => Name === "initial")!.ImageId;

function done(kind: SourceKind, prepare: (account: Account) => void = () => undefined): Done {
  const { account, clock, call } = furnished(kind);
  prepare(account);
  const before = standing(account);
  const startedAt = clock.now().toISOString();
  const imageId = String(call("CreateImage", { InstanceId: goldenId, Name: NAME }).ImageId);
  clock.advance(600);
  const update = (params: Members) =>
    account.call(administrator, "autoscaling", "UpdateAutoScalingGroup", {
      AutoScalingGroupName: "web",
      ...params,
    });
  /** Makes a version with the new image and gives its number. */
  const advance = (SourceVersion: string, name?: string): string => {
    const LaunchTemplateId = template(account, name).LaunchTemplateId;
    call("CreateLaunchTemplateVersion", {
      LaunchTemplateId,
      SourceVersion,
      LaunchTemplateData: { ImageId: imageId },
    });
    return String(template(account, name).lastNumber);
  };
  const byId = (Version: string, name?: string) => ({
    LaunchTemplateId: template(account, name).LaunchTemplateId,
    Version,
  });
  switch (kind) {
    case "configuration": {
      const LaunchConfigurationName = "web_2026-11-23";
      call("CreateLaunchConfiguration", { LaunchConfigurationName, InstanceId: goldenId, ImageId: imageId });
      update({ LaunchConfigurationName });
      break;
    }
    case "template":
      update({ LaunchTemplate: byId(advance("2")) });
      break;
    case "template-default":
      call("ModifyLaunchTemplate", {
        LaunchTemplateId: template(account).LaunchTemplateId,
        DefaultVersion: advance("2"),
      });
      break;
    case "template-latest":
      advance("3");
      break;
    case "mixed": {
      const policy = structuredClone(group(account).MixedInstancesPolicy!);
      policy.LaunchTemplate!.LaunchTemplateSpecification = byId(advance("2"));
      const [, , large, arm, compute] = policy.LaunchTemplate!.Overrides!;
      large.LaunchTemplateSpecification = byId("$Default", "web-large");
      arm.LaunchTemplateSpecification = byId("1", "web-arm64");
      compute.ImageId = imageId;
      call("ModifyLaunchTemplate", {
        LaunchTemplateId: template(account, "web-large").LaunchTemplateId,
        DefaultVersion: advance("1", "web-large"),
      });
      update({ MixedInstancesPolicy: policy as unknown as Members });
    }
  }
  const night: Night = {
    number: 1,
    startedAt,
    endedAt: clock.now().toISOString(),
    executionId: "execution",
    status: "Success",
    outputs: {},
    steps: [
      {
        name: "report",
        action: "aws:executeScript",
        status: "Success",
        startedAt,
        endedAt: startedAt,
        attempts: 1,
        outputs: {},
      },
    ],
    calls: [],
    offences: [],
  };
  return { account, before, night, imageId };
}

/** Makes the night's launch configuration a copy of the initial one with the new image. */
function replace({ account: { autoscaling }, imageId }: Done, change: Partial<LaunchConfiguration>): void {
  const LaunchConfigurationName = "web_2026-11-23";
  const initial = structuredClone(autoscaling.launchConfigurations.get("web-initial")!);
  autoscaling.launchConfigurations.set(LaunchConfigurationName, {
    ...initial,
    LaunchConfigurationName,
    ImageId: imageId,
    ...change,
  });
}

const verified = ({ account, night, before }: Done, configured: Partial<Configured> = {}): Check[] =>
  verifyNight(account, night, { ...CONFIGURED, ...configured }, before);
const failing = (checks: Check[]) => checks.filter(({ ok }) => !ok).map(({ check }) => check);

const IMAGE = `image ${NAME} is available`;
const NAMES = "launch configuration web_2026-11-23 names it";
const REFERS = "group web refers to web_2026-11-23";
const AS_GOLDEN = "what it launches is otherwise as the golden instance";
const AS_WAS = "what it launches is otherwise as it was";
const TEMPLATES = "group web refers to its launch templates as before";
const NEW_IMAGE = "what it launches has the new image";
const FOREIGN = "what it launches of another architecture is as it was";
const GROUP = "group web is otherwise as it was";
const OTHERS = "nothing that another group launches has changed";
const DELETED = "nothing was deleted that is not the runbook's own, or that something uses";
const STEPS = "every step succeeded";

describe("the verification of a night", () => {
  for (const [kind, checks] of Object.entries({
    configuration: [IMAGE, NAMES, REFERS, AS_GOLDEN, GROUP, OTHERS, DELETED, STEPS],
    template: [IMAGE, TEMPLATES, NEW_IMAGE, AS_WAS, GROUP, OTHERS, DELETED, STEPS],
    "template-default": [IMAGE, TEMPLATES, NEW_IMAGE, AS_WAS, GROUP, OTHERS, DELETED, STEPS],
    "template-latest": [IMAGE, TEMPLATES, NEW_IMAGE, AS_WAS, GROUP, OTHERS, DELETED, STEPS],
    mixed: [IMAGE, TEMPLATES, NEW_IMAGE, AS_WAS, FOREIGN, GROUP, OTHERS, DELETED, STEPS],
  })) {
    it(`is made of these checks on ${kind}, which hold after a good night and not before it`, () => {
      const good = done(kind as SourceKind);
      expect(verified(good).map(({ check }) => check)).to.deep.equal(checks);
      expect(verified(good).filter(({ ok }) => !ok)).to.deep.equal([]);

      const { account } = furnished(kind as SourceKind);
      const undone = { ...good, account, before: standing(account) };
      const unmoved = kind === "configuration" ? [NAMES, REFERS] : [TEMPLATES, NEW_IMAGE];
      expect(failing(verified(undone))).to.deep.equal([IMAGE, ...unmoved]);
    });
  }

  it("tells what it found", () => {
    const good = done("mixed");
    const id = (name: string) => template(good.account, name).LaunchTemplateId;
    expect(verified(good).map(({ detail }) => detail)).to.deep.equal([
      `${good.imageId} is available`,
      `the group to version 4 of ${id("web")}, override 2 to version $Default of ${id("web-large")}, override 3 to version 1 of ${id("web-arm64")}`,
      "override 0 (t3.small), override 1 (t3.large), override 2 (m5.large), override 4 (c5.large)",
      "override 0 (t3.small), override 1 (t3.large), override 2 (m5.large), override 4 (c5.large)",
      "override 3 (t4g.small)",
      "no difference",
      "other-team, other-team-batch",
      "0 deletions",
      "1 steps of execution execution",
    ]);
  });

  it("compares with the group before where the launch configuration is made from that", () => {
    const good = done("configuration");
    const fromGroup = { launchConfigurationFrom: "group" };
    // What is made from the instance has no metadata options here, and the initial one had.
    expect(failing(verified(good, fromGroup))).to.deep.equal([AS_WAS]);
    replace(good, {});
    expect(failing(verified(good, fromGroup))).to.deep.equal([]);
    configuration(good.account).SpotPrice = "0.10";
    expect(verified(good, fromGroup)[3]).to.deep.include({ ok: false, detail: "it differs in others" });
  });

  it("does not count the image's own snapshots, nor that they are not said to be encrypted", () => {
    const device = (Ebs: object) => [{ DeviceName: "/dev/xvda", Ebs: { VolumeSize: 30, ...Ebs } }];
    const good = done("configuration", ({ autoscaling }) => {
      autoscaling.launchConfigurations.get("web-initial")!.BlockDeviceMappings = device({
        SnapshotId: "snap-0old",
        Encrypted: false,
      });
    });
    const verifiedWith = (Ebs: object) => {
      replace(good, { BlockDeviceMappings: device(Ebs) });
      return failing(verified(good, { launchConfigurationFrom: "group" }));
    };
    expect(verifiedWith({ SnapshotId: "snap-0new" })).to.deep.equal([]);
    expect(verifiedWith({ SnapshotId: "snap-0new", Encrypted: true })).to.deep.equal([AS_WAS]);
    expect(verifiedWith({ SnapshotId: "snap-0new", VolumeSize: 31 })).to.deep.equal([AS_WAS]);
  });

  it("leaves out what others launch where templates may be shared", () => {
    const good = done("template");
    expect(verified(good, { allowSharedTemplate: true }).map(({ check }) => check)).not.to.contain(OTHERS);
  });

  it("takes instances as coming and going by themselves", () => {
    const good = done("template");
    group(good.account).Instances.pop();
    expect(failing(verified(good))).to.deep.equal([]);
  });

  it("does not ask for the new image where a group has a version without one of its own", () => {
    const good = done("mixed", (account) => {
      delete template(account).versions.get(2)!.LaunchTemplateData.ImageId;
      for (const index of [0, 1]) {
        overrides(account)[index].ImageId = initialImage(account);
      }
    });
    // The base was advanced although it has no image, and the two overrides were not.
    expect(failing(verified(good))).to.deep.equal([TEMPLATES, NEW_IMAGE]);
    group(good.account).MixedInstancesPolicy!.LaunchTemplate!.LaunchTemplateSpecification!.Version = "2";
    for (const index of [0, 1]) {
      overrides(good.account)[index].ImageId = good.imageId;
    }
    expect(failing(verified(good))).to.deep.equal([]);
  });

  it("goes by an override's own image where it has one beside a template", () => {
    const good = done("mixed", (account) => (overrides(account)[2].ImageId = initialImage(account)));
    expect(failing(verified(good))).to.deep.equal([NEW_IMAGE]);
    overrides(good.account)[2].ImageId = good.imageId;
    template(good.account, "web-large").DefaultVersionNumber = 1;
    expect(failing(verified(good))).to.deep.equal([]);
  });

  it("goes by the types where the images before are gone", () => {
    const good = done("mixed", (account) => {
      template(account).versions.get(2)!.LaunchTemplateData.ImageId = "ami-0gone";
      template(account, "web-large").versions.get(1)!.LaunchTemplateData.ImageId = "ami-0gone";
    });
    expect(failing(verified(good))).to.deep.equal([]);
  });

  type Change = [what: string, change: (done: Done) => unknown, fails: string[], detail: RegExp];
  const finds = (kind: SourceKind, changes: Change[]) => {
    for (const [what, change, fails, detail] of changes) {
      it(`on ${kind} finds ${what}`, () => {
        const good = done(kind);
        change(good);
        const checks = verified(good);
        expect(failing(checks)).to.deep.equal(fails);
        expect(checks.find(({ ok }) => !ok)?.detail).to.match(detail);
      });
    }
  };
  const reimaged = (change: object) => (good: Done) => {
    const image = good.account.ec2.allImages().find(({ ImageId }) => ImageId === good.imageId)!;
    good.account.ec2.addImage({ ...image, ...change });
  };

  const common: Change[] = [
    ["an image that is not available", reimaged({ State: "failed" }), [IMAGE], /is failed/],
    [
      "a group whose size changed",
      ({ account }) => (group(account).MaxSize = 9),
      [GROUP],
      /^MaxSize changed$/,
    ],
    [
      "a change of what another group launches, of its launch configuration",
      ({ account }) => {
        account.autoscaling.launchConfigurations.get("other-team-initial")!.ImageId = "ami-0another";
      },
      [OTHERS],
      /^what other-team launches has changed$/,
    ],
    [
      "a change of what another group launches, by a version of its template",
      ({ account, imageId }) => {
        const { versions } = template(account, "other-team-batch");
        const first = versions.get(1)!;
        versions.set(2, {
          ...first,
          VersionNumber: 2,
          LaunchTemplateData: { ...first.LaunchTemplateData, ImageId: imageId },
        });
      },
      [OTHERS],
      /^what other-team-batch launches has changed$/,
    ],
    [
      "another group that is gone",
      ({ account }) => account.autoscaling.groups.delete("other-team"),
      [OTHERS],
      /other-team/,
    ],
    ["a step that failed", ({ night }) => (night.steps[0].status = "Failed"), [STEPS], /report failed/],
    ["a run that failed", ({ night }) => (night.status = "Failed"), [STEPS], /the run is Failed/],
    ["no step at all", ({ night }) => (night.steps = []), [STEPS], /the run is Success/],
  ];

  finds("configuration", [
    ...common,
    ["no image", reimaged({ Name: "x" }), [IMAGE, NAMES], /no such image was made/],
    [
      "an image of another instance",
      reimaged({ SourceInstanceId: "i-0other" }),
      [IMAGE, NAMES],
      /no such image was made/,
    ],
    [
      "an image of another day",
      reimaged({ CreationDate: "2026-11-22T05:30:00.000Z" }),
      [IMAGE, NAMES],
      /no such image was made/,
    ],
    [
      "no launch configuration",
      ({ account }) => account.autoscaling.launchConfigurations.delete("web_2026-11-23"),
      [NAMES, AS_GOLDEN],
      /there is no such launch configuration/,
    ],
    [
      "a launch configuration with another image",
      ({ account }) => (configuration(account).ImageId = "ami-0another"),
      [NAMES],
      /it names ami-0another/,
    ],
    [
      "a group that refers to another launch configuration",
      ({ account }) => (group(account).LaunchConfigurationName = "web-initial"),
      [REFERS],
      /it refers to web-initial/,
    ],
    [
      "no group",
      ({ account }) => account.autoscaling.groups.delete("web"),
      [REFERS, AS_GOLDEN, GROUP],
      /there is no such group/,
    ],
    [
      "no golden instance any more",
      ({ account }) => account.ec2.instances.delete(goldenId),
      [AS_GOLDEN],
      /there is no golden instance/,
    ],
    ...(
      [
        ["InstanceType", "m5.large", "instanceType"],
        ["KeyName", "other", "keyName"],
        ["SecurityGroups", ["sg-2"], "securityGroups"],
        ["UserData", "eA==", "userData"],
        ["IamInstanceProfile", "other", "profile"],
      ] as const
    ).map(([member, value, name]): Change => [
      `another ${member} than the golden instance's`,
      ({ account }) => Object.assign(configuration(account), { [member]: value }),
      [AS_GOLDEN],
      new RegExp(`^it differs in ${name}$`),
    ]),
  ]);

  const onTemplates: Change[] = [
    ...common,
    ["no image", reimaged({ Name: "x" }), [IMAGE, TEMPLATES, NEW_IMAGE], /no such image was made/],
    [
      "a version with another image",
      ({ account }) => (newest(account).ImageId = initialImage(account)),
      [TEMPLATES, NEW_IMAGE],
      /which names ami-/,
    ],
    ...(
      [
        ["InstanceType", "m5.large", "instanceType"],
        ["UserData", "eA==", "userData"],
        ["MetadataOptions", { HttpTokens: "optional" }, "metadataOptions"],
        ["Monitoring", { Enabled: false }, "monitoring"],
        ["TagSpecifications", [], "tags"],
        ["SecurityGroupIds", ["sg-2"], "securityGroups"],
        ["KeyName", undefined, "keyName"],
        ["IamInstanceProfile", undefined, "profile"],
        ["NetworkInterfaces", [{ DeviceIndex: 0 }], "network"],
        ["Placement", { Tenancy: "dedicated" }, "placement"],
        ["EbsOptimized", false, "others"],
        ["BlockDeviceMappings", [], "blockDevices"],
      ] as const
    ).map(([member, value, name]): Change => [
      `a version with another ${member}`,
      ({ account }) => Object.assign(newest(account), { [member]: value }),
      [AS_WAS],
      new RegExp(`: ${name}$`),
    ]),
    [
      "a version that is gone",
      ({ account }) => {
        const { versions, lastNumber } = template(account);
        versions.delete(lastNumber);
      },
      [TEMPLATES, NEW_IMAGE],
      /version/,
    ],
    [
      "no group",
      ({ account }) => account.autoscaling.groups.delete("web"),
      [TEMPLATES, NEW_IMAGE, AS_WAS, GROUP],
      /it refers to 0 of them/,
    ],
    [
      "a group on a launch configuration",
      ({ account }) => {
        delete group(account).LaunchTemplate;
        group(account).LaunchConfigurationName = "web-initial";
        const initial = structuredClone(account.autoscaling.launchConfigurations.get("other-team-initial")!);
        account.autoscaling.launchConfigurations.set("web-initial", initial);
      },
      [TEMPLATES, NEW_IMAGE, AS_WAS],
      /it refers to 0 of them/,
    ],
  ];
  const gone = (what: string, fails: string[]) =>
    onTemplates.map((change): Change =>
      change[0] === what ? [change[0], change[1], fails, change[3]] : change,
    );
  const referring = (specification: object) => (good: Done) =>
    Object.assign(group(good.account).LaunchTemplate!, specification);

  finds("template", [
    ...gone("a version that is gone", [TEMPLATES, NEW_IMAGE, AS_WAS]),
    [
      "a number that is the default version's",
      referring({ Version: "1" }),
      [TEMPLATES, NEW_IMAGE, AS_WAS],
      /^the group refers to version 1 of lt-\w+, which names ami-/,
    ],
    [
      "a number that became a word",
      referring({ Version: "$Latest" }),
      [TEMPLATES],
      /^the group refers to version \$Latest of lt-\w+, before it was version 2 of lt-\w+$/,
    ],
    [
      "another template",
      (good) => {
        const other = template(good.account, "other-team-batch");
        other.versions.get(1)!.LaunchTemplateData = newest(good.account);
        referring({ LaunchTemplateId: other.LaunchTemplateId, Version: "1" })(good);
        good.before.delete("other-team-batch");
      },
      [TEMPLATES],
      /before it was version 2/,
    ],
  ]);
  finds("template-default", [
    ...gone("a version that is gone", [TEMPLATES, NEW_IMAGE, AS_WAS]),
    [
      "a default version that was not moved",
      ({ account }) => (template(account).DefaultVersionNumber = 2),
      [TEMPLATES, NEW_IMAGE],
      /version \$Default of lt-\w+, which names ami-/,
    ],
    [
      "a word that became a number",
      referring({ Version: "4" }),
      [TEMPLATES],
      /version 4 of lt-\w+, before it was version \$Default/,
    ],
    [
      "a word that is not said any more, although it means the same",
      referring({ Version: undefined }),
      [TEMPLATES],
      /version \(none, so the default\) of lt-\w+, before it was version \$Default/,
    ],
  ]);
  finds("template-latest", [
    ...onTemplates,
    [
      "a word that became a number",
      referring({ Version: "4" }),
      [TEMPLATES],
      /version 4 of lt-\w+, before it was version \$Latest/,
    ],
  ]);

  finds("mixed", [
    ...common,
    [
      "a base that was not advanced",
      ({ account }) => {
        group(account).MixedInstancesPolicy!.LaunchTemplate!.LaunchTemplateSpecification!.Version = "2";
      },
      [TEMPLATES, NEW_IMAGE],
      /^the group refers to version 2 of lt-\w+, as it did before/,
    ],
    [
      "an override's template that was not advanced",
      ({ account }) => (template(account, "web-large").DefaultVersionNumber = 1),
      [TEMPLATES, NEW_IMAGE],
      /^override 2 refers to version \$Default of lt-\w+, which names ami-/,
    ],
    [
      "an override's template in another version",
      ({ account }) => (template(account, "web-large").DefaultVersionNumber = 2),
      [TEMPLATES, NEW_IMAGE, AS_WAS],
      /^override 2 /,
    ],
    [
      "an override's image that was not advanced",
      ({ account }) => (overrides(account)[4].ImageId = initialImage(account)),
      [NEW_IMAGE],
      /^override 4 \(c5\.large\): image ami-/,
    ],
    [
      "the new image in an override that does not fit it",
      ({ account, imageId }) => {
        template(account, "web-arm64").versions.get(1)!.LaunchTemplateData.ImageId = imageId;
      },
      [TEMPLATES, FOREIGN],
      /^override 3 refers to version 1 of lt-\w+, which names ami-/,
    ],
    [
      "another version of a template that the image does not fit",
      ({ account }) => {
        const { versions } = template(account, "web-arm64");
        versions.set(2, { ...versions.get(1)!, VersionNumber: 2 });
        overrides(account)[3].LaunchTemplateSpecification!.Version = "2";
      },
      [TEMPLATES],
      /^override 3 refers to version 2 /,
    ],
    [
      "something else in an override that the image does not fit",
      ({ account }) => {
        template(account, "web-arm64").versions.get(1)!.LaunchTemplateData.UserData = "eA==";
      },
      [FOREIGN],
      /^override 3 \(t4g\.small\): userData$/,
    ],
    [
      "another type",
      ({ account }) => (overrides(account)[1].InstanceType = "t3.micro"),
      [AS_WAS, GROUP],
      /^override 1 \(t3\.micro\): instanceType$/,
    ],
    [
      "another weight",
      ({ account }) => (overrides(account)[1].WeightedCapacity = "3"),
      [AS_WAS, GROUP],
      /^override 1 \(t3\.large\): weightedCapacity$/,
    ],
    [
      "another mix of purchases",
      ({ account }) => delete group(account).MixedInstancesPolicy!.InstancesDistribution,
      [GROUP],
      /^MixedInstancesPolicy changed$/,
    ],
    [
      "an override less",
      ({ account }) => overrides(account).pop(),
      [NEW_IMAGE, AS_WAS, GROUP],
      /^4 kinds of instance, and not 5$/,
    ],
    [
      "an override's own template that it has no more",
      ({ account }) => delete overrides(account)[2].LaunchTemplateSpecification,
      [TEMPLATES, AS_WAS, GROUP],
      /it refers to 2 of them/,
    ],
    [
      "an override's own template at another override",
      ({ account }) => {
        const all = overrides(account);
        all[1].LaunchTemplateSpecification = all[2].LaunchTemplateSpecification;
        delete all[2].LaunchTemplateSpecification;
      },
      [TEMPLATES, AS_WAS, GROUP],
      /^override 1 refers to version \$Default of lt-\w+, before it was version \$Default of lt-\w+ at override 2$/,
    ],
    [
      "a group on the base's launch template alone",
      ({ account }) => {
        const policy = group(account).MixedInstancesPolicy!;
        group(account).LaunchTemplate = policy.LaunchTemplate!.LaunchTemplateSpecification;
        delete group(account).MixedInstancesPolicy;
      },
      [TEMPLATES, NEW_IMAGE, AS_WAS, GROUP],
      /it refers to 1 of them/,
    ],
  ]);

  it("fails where the golden instance's image fits nothing that the group launches", () => {
    const good = done("template");
    good.account.ec2.instances.get(goldenId)!.instance.Architecture = "arm64";
    const checks = verified(good);
    expect(checks.find(({ check }) => check === NEW_IMAGE)).to.deep.include({
      ok: false,
      detail: "it launches nothing that the image fits",
    });
  });

  it("fails where the group could launch nothing before, and says why", () => {
    const { account } = furnished("template");
    template(account).versions.delete(2);
    const nothing = { ...done("template"), account, before: standing(account) };
    expect(verified(nothing).find(({ check }) => check === NEW_IMAGE)?.detail).to.match(
      /^Could not find the specified version 2 /,
    );
  });
});
