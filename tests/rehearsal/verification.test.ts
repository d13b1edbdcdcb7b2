import { expect } from "chai";
import type { Account } from "../../rehearsal/account/account";
import type { LaunchConfiguration } from "../../rehearsal/account/autoscaling/shapes";
import type { SourceKind } from "../../rehearsal/account/world/sourceKinds";
import { standing } from "../../rehearsal/verification";
import { furnished, goldenId } from "./account/support";
import { type Done, done, failing, group, NAME, overrides, template, verified } from "./goodNight";

const configuration = ({ autoscaling }: Account) => autoscaling.launchConfigurations.get("web_2026-11-23")!;
const newest = (account: Account, name?: string) => {
  const { versions, lastNumber } = template(account, name);
  return versions.get(lastNumber)!.LaunchTemplateData;
};
const initialImage = ({ ec2 }: Account) => ec2.allImages().find(({ Name }) => Name === "initial")!.ImageId;

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

const IMAGE = `image ${NAME} is available`;
const NAMES = "launch configuration web_2026-11-23 names it";
const REFERS = "group web refers to web_2026-11-23";
const AS_GOLDEN = "what it launches is otherwise as the golden instance";
const AS_WAS = "what it launches is otherwise as it was";
const TEMPLATES = "group web refers to its launch templates as before";
const NEW_IMAGE = "what it launches has the image";
const FOREIGN = "what it launches of another architecture is as it was";
const GROUP = "group web is otherwise as it was";
const OTHERS = "nothing that another group launches has changed";
const WHEN = "its tag ami-refresh:rolled-out has the time of its roll-out";
const BEFORE = "its tag ami-refresh:previous-image names what the group launched before";
const DELETED = "nothing was deleted that is not the runbooks' own, or that something uses";
const DUTIES = "each runbook kept to its own work";
const STEPS = "every step succeeded";
const BY_TEMPLATE = [IMAGE, TEMPLATES, NEW_IMAGE, AS_WAS];
const ALWAYS = [WHEN, BEFORE, GROUP, OTHERS, DELETED, DUTIES, STEPS];

describe("the verification of a night", () => {
  for (const [kind, checks] of Object.entries({
    configuration: [IMAGE, NAMES, REFERS, AS_GOLDEN, ...ALWAYS],
    template: [...BY_TEMPLATE, ...ALWAYS],
    "template-default": [...BY_TEMPLATE, ...ALWAYS],
    "template-latest": [...BY_TEMPLATE, ...ALWAYS],
    parameter: [...BY_TEMPLATE, ...ALWAYS],
    mixed: [...BY_TEMPLATE, FOREIGN, ...ALWAYS],
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
    const tags = good.account.ec2.image(good.imageId)!.Tags;
    expect(verified(good).map(({ detail }) => detail)).to.deep.equal([
      `${good.imageId} is available`,
      `the group to version 4 of ${id("web")}, override 2 to version $Default of ${id("web-large")}, override 3 to version 1 of ${id("web-arm64")}`,
      "override 0 (t3.small), override 1 (t3.large), override 2 (m5.large), override 4 (c5.large)",
      "override 0 (t3.small), override 1 (t3.large), override 2 (m5.large), override 4 (c5.large)",
      "override 3 (t4g.small)",
      tags[2].Value,
      tags[3].Value.split(" ").join(", "),
      "no difference",
      "other-team, other-team-batch",
      "0 deletions",
      "create-image, roll-out, retire",
      "1 of create-image, 1 of roll-out, 1 of retire",
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
    [
      "a step that failed",
      ({ night }) => (night.runs[1].steps[0].status = "Failed"),
      [STEPS],
      /^the run of roll-out is Success, report failed$/,
    ],
    [
      "runs that failed",
      ({ night }) => night.runs.slice(1).forEach((run) => (run.status = "Failed")),
      [STEPS],
      /^the run of roll-out is Failed; the run of retire is Failed$/,
    ],
    ["no step at all", ({ night }) => (night.runs[2].steps = []), [STEPS], /the run of retire is Success/],
    [
      "a roll-out that wrote nothing down",
      ({ account, imageId }) => account.ec2.image(imageId)!.Tags.splice(2),
      [WHEN, BEFORE],
      /^it has none$/,
    ],
    ...(
      [
        ["of the time before its roll-out", "2026-11-23T05:39:59Z"],
        ["of the time after its roll-out", "2026-11-23T05:41:00Z"],
        ["of another form", "2026-11-23T05:40:10.123Z"],
      ] as const
    ).map(([what, value]): Change => [
      `a tag ${what}`,
      ({ account, imageId }) => (account.ec2.image(imageId)!.Tags[2].Value = value),
      [WHEN],
      new RegExp(`^${value}$`),
    ]),
    [
      "a tag that leaves out what the group launched before",
      ({ account, imageId }) => {
        const tag = account.ec2.image(imageId)!.Tags[3];
        tag.Value = tag.Value.split(" ").slice(1).join(" ");
      },
      [BEFORE],
      /^it does not name ami-/,
    ],
    [
      "a tag that names something else that the group did not launch before",
      ({ account, imageId }) => (account.ec2.image(imageId)!.Tags[3].Value += " ami-0another"),
      [BEFORE],
      /^it names ami-0another, which the group did not launch$/,
    ],
    [
      "a tag that names the image itself",
      ({ account, imageId }) => (account.ec2.image(imageId)!.Tags[3].Value += ` ${imageId}`),
      [BEFORE],
      /^it names ami-/,
    ],
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

  it("fails where the image fits nothing that the group launches", () => {
    const good = done("template");
    good.account.ec2.image(good.imageId)!.Architecture = "arm64";
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
