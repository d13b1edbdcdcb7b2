import { expect } from "chai";
import type { Account } from "../../../rehearsal/account/account";
import type { Members } from "../../../rehearsal/account/api";
import type { MixedInstancesPolicy } from "../../../rehearsal/account/autoscaling/shapes";
import type { LaunchTemplate, LaunchTemplateData } from "../../../rehearsal/account/ec2/launchTemplateShapes";
import { findLaunchTemplate } from "../../../rehearsal/account/ec2/launchTemplates";
import type { AwsError } from "../../../rehearsal/account/errors";
import type { Statement } from "../../../rehearsal/account/policy";
import { NotModelled } from "../../../rehearsal/errors";
import { allow, at, furnished, goldenId, itNeeds, notAllowed, principal, refusal, roleArn } from "./support";

type World = ReturnType<typeof furnished>;

function validationError(message: string) {
  return { code: "ValidationError", message, status: 400 };
}

const badTemplate = (words: string) =>
  validationError(`You must use a valid fully-formed launch template. ${words}`);
const oneOfBoth = validationError(
  "Valid requests must contain either launchTemplateId or LaunchTemplateName",
);
const oneOfThree = validationError(
  "Valid requests must contain either LaunchTemplate, LaunchConfigurationName or MixedInstancesPolicy parameter.",
);

const template = (account: Account, name = "web"): LaunchTemplate =>
  findLaunchTemplate(account.ec2, { LaunchTemplateName: name });
const idOf = (account: Account, name?: string) => template(account, name).LaunchTemplateId;
const dataOf = (account: Account, version: number, name?: string): LaunchTemplateData =>
  template(account, name).versions.get(version)!.LaunchTemplateData;
const groupOf = ({ autoscaling }: Account) => autoscaling.groups.get("web")!;

/** A call that changes the group `web`. */
const update = ({ call }: World, params: Members) =>
  call("UpdateAutoScalingGroup", { AutoScalingGroupName: "web", ...params });

/** The group as AWS answers it. */
const described = ({ call }: World) =>
  at(
    call("DescribeAutoScalingGroups", { AutoScalingGroupNames: ["web"] }),
    "AutoScalingGroups",
    0,
  ) as Members;

/** The policy of the mixed world as a careful caller sends it: with the ids alone. */
function policyToSend(account: Account): MixedInstancesPolicy {
  const policy = structuredClone(groupOf(account).MixedInstancesPolicy)!;
  delete policy.LaunchTemplate?.LaunchTemplateSpecification?.LaunchTemplateName;
  policy.LaunchTemplate?.Overrides?.forEach(
    ({ LaunchTemplateSpecification: own }) => delete own?.LaunchTemplateName,
  );
  return policy;
}

const asMembers = (value: object) => value as unknown as Members;

describe("a group on a launch template", () => {
  it("is answered with both the id and the name, and its members with the version that they were launched with", () => {
    for (const [kind, version, launched] of [
      ["template", "2", "2"],
      ["template-default", "$Default", "2"],
      ["template-latest", "$Latest", "3"],
    ] as const) {
      const world = furnished(kind);
      const both = { LaunchTemplateId: idOf(world.account), LaunchTemplateName: "web" };
      const group = described(world);
      expect(group.LaunchTemplate, kind).to.deep.equal({ ...both, Version: version });
      expect(group).not.to.have.any.keys("LaunchConfigurationName", "MixedInstancesPolicy");
      expect(at(group, "Instances")).to.have.length(3);
      expect(at(group, "Instances", 0, "LaunchTemplate")).to.deep.equal({ ...both, Version: launched });
      expect(at(group, "Instances", 0)).not.to.have.property("LaunchConfigurationName");
    }
  });

  it("is set to a version, by id or by name, and keeps both and the version as it was sent", () => {
    for (const by of ["LaunchTemplateId", "LaunchTemplateName"] as const) {
      for (const Version of ["1", "3", "$Latest", "$Default", undefined]) {
        const world = furnished("template");
        const { LaunchTemplateId, LaunchTemplateName } = template(world.account);
        const named: Members = by === "LaunchTemplateId" ? { LaunchTemplateId } : { LaunchTemplateName };
        const sent: Members = Version === undefined ? named : { ...named, Version };
        expect(update(world, { LaunchTemplate: sent })).to.deep.equal({});
        expect(described(world).LaunchTemplate).to.deep.equal({
          ...sent,
          LaunchTemplateId,
          LaunchTemplateName,
        });
      }
    }
  });

  it("changes nothing but that: instances keep what they were launched with", () => {
    const world = furnished("template");
    const before = world.account.snapshotState();
    update(world, { LaunchTemplate: { LaunchTemplateId: idOf(world.account), Version: "3" } });
    const after = world.account.snapshotState();
    expect(at(after, "groups", 0, "LaunchTemplate", "Version")).to.equal("3");
    (at(after, "groups", 0, "LaunchTemplate") as Members).Version = "2";
    expect(after).to.deep.equal(before);
  });

  it("can be switched from each kind to each, which replaces the other kind", () => {
    const kinds: Record<string, (world: World) => Members> = {
      LaunchConfigurationName: () => ({ LaunchConfigurationName: "other-team-initial" }),
      LaunchTemplate: ({ account }) => ({
        LaunchTemplate: { LaunchTemplateId: idOf(account, "other-team-batch"), Version: "1" },
      }),
      MixedInstancesPolicy: ({ account }) => ({
        MixedInstancesPolicy: {
          LaunchTemplate: {
            LaunchTemplateSpecification: {
              LaunchTemplateId: idOf(account, "other-team-batch"),
              Version: "1",
            },
          },
        },
      }),
    };
    for (const from of ["configuration", "template", "mixed"] as const) {
      for (const [member, params] of Object.entries(kinds)) {
        const world = furnished(from);
        update(world, params(world));
        const held = Object.keys(kinds).filter((one) => one in described(world));
        expect(held, `${from} to ${member}`).to.deep.equal([member]);
      }
    }
  });

  it("takes one of the three sources at a time", () => {
    const world = furnished("template");
    const LaunchTemplate = { LaunchTemplateId: idOf(world.account), Version: "2" };
    const MixedInstancesPolicy = { LaunchTemplate: { LaunchTemplateSpecification: LaunchTemplate } };
    const LaunchConfigurationName = "other-team-initial";
    for (const params of [
      { LaunchTemplate, LaunchConfigurationName },
      { LaunchTemplate, MixedInstancesPolicy },
      { LaunchConfigurationName, MixedInstancesPolicy },
    ] as Members[]) {
      expect(refusal(() => update(world, params))).to.deep.equal(oneOfThree);
    }
  });
});

describe("a launch template specification is refused", () => {
  const absent = "lt-0123456789abcdef0";
  const refusals: [string, (account: Account) => Members, ReturnType<typeof validationError>][] = [
    [
      "with both the id and the name",
      (account) => ({ LaunchTemplateId: idOf(account), LaunchTemplateName: "web", Version: "2" }),
      oneOfBoth,
    ],
    ["with neither", () => ({ Version: "2" }), oneOfBoth],
    [
      "with an unknown id",
      () => ({ LaunchTemplateId: absent }),
      badTemplate(`The specified launch template, with template ID ${absent}, does not exist.`),
    ],
    [
      "with an unknown name",
      () => ({ LaunchTemplateName: "none" }),
      badTemplate("The specified launch template, with template name none, does not exist."),
    ],
  ];
  for (const [what, specification, answer] of refusals) {
    for (const where of ["of the group", "of a policy", "of an override"]) {
      it(`${what}, ${where}`, () => {
        const world = furnished("mixed");
        const before = world.account.snapshotState();
        const wrong = specification(world.account);
        const policy = policyToSend(world.account);
        const launchTemplate = policy.LaunchTemplate!;
        if (where === "of a policy") {
          launchTemplate.LaunchTemplateSpecification = wrong;
        } else {
          launchTemplate.Overrides![0].LaunchTemplateSpecification = wrong;
        }
        const params: Members =
          where === "of the group" ? { LaunchTemplate: wrong } : { MixedInstancesPolicy: asMembers(policy) };
        expect(refusal(() => update(world, params))).to.deep.equal(answer);
        expect(world.account.snapshotState()).to.deep.equal(before);
      });
    }
  }

  it("with an unknown version", () => {
    const world = furnished("template");
    const id = idOf(world.account);
    expect(
      refusal(() => update(world, { LaunchTemplate: { LaunchTemplateId: id, Version: "9" } })),
    ).to.deep.equal(
      badTemplate(`Could not find the specified version 9 for the launch template with ID ${id}.`),
    );
    expect(
      refusal(() => update(world, { LaunchTemplate: { LaunchTemplateId: id, Version: "newest" } })).message,
    ).to.match(/^You must use a valid fully-formed launch template\. Invalid launch template version/);
  });

  it("with a version that is no text, before anything is sent", () => {
    const world = furnished("template");
    const LaunchTemplate = { LaunchTemplateId: idOf(world.account), Version: 2 };
    expect(refusal(() => update(world, { LaunchTemplate })).code).to.equal("ParamValidationError");
  });

  it("with what botocore's model does not take", () => {
    const world = furnished("template");
    for (const [params, path] of [
      [{ LaunchTemplate: { LaunchTemplateName: "a b" } }, "launchTemplate.launchTemplateName"],
      [{ LaunchTemplate: { LaunchTemplateName: "a".repeat(129) } }, "launchTemplate.launchTemplateName"],
      [{ LaunchTemplate: { LaunchTemplateId: "a".repeat(256) } }, "launchTemplate.launchTemplateId"],
      [
        { MixedInstancesPolicy: { LaunchTemplate: { Overrides: [{ ImageId: "image" }] } } },
        "mixedInstancesPolicy.launchTemplate.overrides.1.member.imageId",
      ],
      [
        { MixedInstancesPolicy: { LaunchTemplate: { Overrides: [{ WeightedCapacity: "1".repeat(33) }] } } },
        "mixedInstancesPolicy.launchTemplate.overrides.1.member.weightedCapacity",
      ],
    ] as [Members, string][]) {
      const { code, message } = refusal(() => update(world, params));
      expect(code).to.equal("ValidationError");
      expect(message).to.contain(`at '${path}' failed to satisfy constraint`);
    }
    const short = { LaunchTemplate: { LaunchTemplateName: "ab" } };
    expect(refusal(() => update(world, short)).code).to.equal("ParamValidationError");
  });
});

describe("Auto Scaling looks at what a template would launch", () => {
  const withVersion = (change: (data: LaunchTemplateData) => void) => {
    const world = furnished("template");
    change(dataOf(world.account, 2));
    const LaunchTemplate = { LaunchTemplateId: idOf(world.account), Version: "2" };
    return refusal(() => update(world, { LaunchTemplate }));
  };

  it("and refuses one without an image", () => {
    expect(withVersion((data) => delete data.ImageId)).to.deep.equal(
      badTemplate("The request must contain the parameter ImageId"),
    );
  });

  it("and refuses an image that there is not", () => {
    expect(withVersion((data) => (data.ImageId = "ami-12345678"))).to.deep.equal(
      badTemplate("The image id '[ami-12345678]' does not exist"),
    );
  });

  it("and does not find a new image for a while", () => {
    const world = furnished("template");
    const { ImageId } = world.call("CreateImage", { InstanceId: goldenId, Name: "new" });
    dataOf(world.account, 2).ImageId = String(ImageId);
    const set = () =>
      update(world, { LaunchTemplate: { LaunchTemplateId: idOf(world.account), Version: "2" } });
    expect(refusal(set).message).to.contain(`The image id '[${String(ImageId)}]' does not exist`);
    world.clock.advance(20);
    set();
  });

  it("and refuses a type of another architecture than the image's, in the words of EC2", () => {
    expect(withVersion((data) => (data.InstanceType = "t4g.small")).message).to.match(
      /The architecture 'arm64' of the specified instance type does not match the architecture 'x86_64' of the specified AMI\./,
    );
  });

  it("and refuses a profile that there is not", () => {
    expect(withVersion((data) => (data.IamInstanceProfile = { Name: "none" })).message).to.contain(
      "Value (none) for parameter iamInstanceProfile.name is invalid.",
    );
    const Arn = "arn:aws:iam::111122223333:instance-profile/none";
    expect(withVersion((data) => (data.IamInstanceProfile = { Arn })).message).to.contain(
      `Value (${Arn}) for parameter iamInstanceProfile.arn is invalid.`,
    );
  });

  it("and the rehearsal says that it knows no images behind parameters", () => {
    const world = furnished("template");
    dataOf(world.account, 2).ImageId = "resolve:ssm:/golden";
    const LaunchTemplate = { LaunchTemplateId: idOf(world.account), Version: "2" };
    expect(() => update(world, { LaunchTemplate })).to.throw(NotModelled, "resolve:ssm:/golden");
  });

  it("at that moment only: what becomes of the template later is not looked at again", () => {
    const world = furnished("template-default");
    dataOf(world.account, 2).ImageId = "ami-12345678";
    update(world, { MinSize: 2 });
    expect(groupOf(world.account).MinSize).to.equal(2);
  });
});

describe("a mixed instances policy", () => {
  /** Sends the policy of the mixed world, changed. */
  const sending = (
    change: (policy: MixedInstancesPolicy, account: Account) => void,
    world = furnished("mixed"),
  ) => {
    const policy = policyToSend(world.account);
    change(policy, world.account);
    update(world, { MixedInstancesPolicy: asMembers(policy) });
    return described(world).MixedInstancesPolicy as unknown as MixedInstancesPolicy;
  };
  const refused = (change: Parameters<typeof sending>[0]) => refusal(() => sending(change));

  it("can be sent back as it is, and is then as it was", () => {
    const world = furnished("mixed");
    const before = world.account.snapshotState();
    sending(() => undefined, world);
    expect(world.account.snapshotState()).to.deep.equal(before);
  });

  it("is answered with both id and name wherever it names a template", () => {
    const { account } = furnished("mixed");
    const { LaunchTemplate } = sending(() => undefined);
    const specifications = [
      LaunchTemplate?.LaunchTemplateSpecification,
      ...(LaunchTemplate?.Overrides ?? []).map(({ LaunchTemplateSpecification: own }) => own),
    ].filter((one) => one !== undefined);
    expect(specifications).to.deep.equal([
      { LaunchTemplateId: idOf(account), LaunchTemplateName: "web", Version: "2" },
      { LaunchTemplateId: idOf(account, "web-large"), LaunchTemplateName: "web-large", Version: "$Default" },
      { LaunchTemplateId: idOf(account, "web-arm64"), LaunchTemplateName: "web-arm64", Version: "1" },
    ]);
  });

  it("is what was sent, and nothing of what was not", () => {
    const policy = sending((sent) => {
      delete sent.InstancesDistribution;
      sent.LaunchTemplate!.Overrides = [{ InstanceType: "m5.large" }];
    });
    expect(policy).not.to.have.property("InstancesDistribution");
    expect(policy.LaunchTemplate?.Overrides).to.deep.equal([{ InstanceType: "m5.large" }]);
    const bare = sending((sent) => delete sent.LaunchTemplate?.Overrides);
    expect(bare.LaunchTemplate).to.have.all.keys("LaunchTemplateSpecification");
  });

  it("needs a template", () => {
    expect(refused((policy) => delete policy.LaunchTemplate)).to.deep.equal(oneOfBoth);
  });

  it("may have a base without an image only where every override has one", () => {
    const withoutImage = (account: Account) => delete dataOf(account, 2).ImageId;
    const images = (policy: MixedInstancesPolicy, account: Account, count: number) => {
      withoutImage(account);
      const imageId = groupOf(account).MixedInstancesPolicy!.LaunchTemplate!.Overrides![4].ImageId;
      policy.LaunchTemplate!.Overrides!.slice(0, count).forEach((override) => (override.ImageId ??= imageId));
    };
    // The third and the fourth have a template of their own.
    sending((policy, account) => images(policy, account, 2));
    expect(refused((policy, account) => images(policy, account, 1))).to.deep.equal(
      badTemplate("The request must contain the parameter ImageId"),
    );
    expect(
      refused((policy, account) => {
        withoutImage(account);
        delete policy.LaunchTemplate?.Overrides;
      }),
    ).to.deep.equal(badTemplate("The request must contain the parameter ImageId"));
  });

  it("is looked at override by override: its image, its template's image, and the architecture of its type", () => {
    expect(
      refused((policy) => (policy.LaunchTemplate!.Overrides![1].ImageId = "ami-12345678")),
    ).to.deep.equal(badTemplate("The image id '[ami-12345678]' does not exist"));
    expect(
      refused((_policy, account) => (dataOf(account, 1, "web-arm64").ImageId = "ami-12345678")),
    ).to.deep.equal(badTemplate("The image id '[ami-12345678]' does not exist"));
    expect(
      refused((policy) => (policy.LaunchTemplate!.Overrides![0].InstanceType = "t4g.small")).message,
    ).to.contain("The architecture 'arm64' of the specified instance type does not match");
  });

  const overrideRefusals: [string, (policy: MixedInstancesPolicy) => void, string][] = [
    [
      "a weight for some overrides only",
      (policy) => delete policy.LaunchTemplate!.Overrides![0].WeightedCapacity,
      "If one override has a WeightedCapacity, all of them must have one.",
    ],
    [
      "a weight of 0",
      (policy) => (policy.LaunchTemplate!.Overrides![0].WeightedCapacity = "0"),
      "Invalid WeightedCapacity '0': it must be from 1 to 999.",
    ],
    [
      "a weight of 1000",
      (policy) => (policy.LaunchTemplate!.Overrides![0].WeightedCapacity = "1000"),
      "Invalid WeightedCapacity '1000': it must be from 1 to 999.",
    ],
    [
      "a type beside requirements",
      (policy) =>
        (policy.LaunchTemplate!.Overrides![0].InstanceRequirements = {
          VCpuCount: { Min: 2 },
          MemoryMiB: { Min: 1024 },
        }),
      "You can't specify both InstanceType and InstanceRequirements in an override.",
    ],
    [
      "more than 40 types",
      (policy) =>
        (policy.LaunchTemplate!.Overrides = Array.from({ length: 41 }, (_, n) => ({
          InstanceType: `x${n}.large`,
        }))),
      "The policy has 41 instance types, more than the 40 that are allowed.",
    ],
    [
      "more than 20 templates",
      (policy) =>
        (policy.LaunchTemplate!.Overrides = Array.from({ length: 20 }, (_, n) => ({
          LaunchTemplateSpecification: { LaunchTemplateName: `web-${n}` },
        }))),
      "The policy has 21 launch templates, more than the 20 that are allowed.",
    ],
    [
      "more than 4 sets of requirements",
      (policy) =>
        (policy.LaunchTemplate!.Overrides = Array.from({ length: 5 }, (_, n) => ({
          InstanceRequirements: { VCpuCount: { Min: n }, MemoryMiB: { Min: 1024 } },
        }))),
      "The policy has 5 sets of instance requirements, more than the 4 that are allowed.",
    ],
    [
      "an unknown strategy",
      (policy) => (policy.InstancesDistribution!.SpotAllocationStrategy = "cheapest"),
      "Invalid SpotAllocationStrategy 'cheapest': it must be one of capacity-optimized, capacity-optimized-prioritized, lowest-price, price-capacity-optimized.",
    ],
    [
      "a strategy of the other kind",
      (policy) => (policy.InstancesDistribution!.OnDemandAllocationStrategy = "capacity-optimized"),
      "Invalid OnDemandAllocationStrategy 'capacity-optimized': it must be one of lowest-price, prioritized.",
    ],
    [
      "more than everything",
      (policy) => (policy.InstancesDistribution!.OnDemandPercentageAboveBaseCapacity = 101),
      "Invalid OnDemandPercentageAboveBaseCapacity 101: it must be from 0 to 100.",
    ],
    [
      "pools with a strategy that has none",
      (policy) => (policy.InstancesDistribution!.SpotInstancePools = 2),
      "SpotInstancePools is valid only with the SpotAllocationStrategy lowest-price.",
    ],
  ];
  for (const [what, change, message] of overrideRefusals) {
    it(`is refused with ${what}`, () => {
      expect(refused(change)).to.deep.equal(validationError(message));
    });
  }

  it("may have as much as AWS allows", () => {
    sending(({ LaunchTemplate, InstancesDistribution }) => {
      LaunchTemplate!.Overrides = [
        ...Array.from({ length: 40 }, (_, n) => ({ InstanceType: `x${n}.large`, WeightedCapacity: "999" })),
        ...Array.from({ length: 4 }, (_, n) => ({
          WeightedCapacity: "1",
          InstanceRequirements: {
            VCpuCount: { Min: n, Max: 8 },
            MemoryMiB: { Min: 0 },
            CpuManufacturers: ["intel", "amd"],
            AllowedInstanceTypes: ["m5.*"],
          },
        })),
      ];
      Object.assign(InstancesDistribution!, {
        OnDemandPercentageAboveBaseCapacity: 0,
        SpotAllocationStrategy: "lowest-price",
        SpotInstancePools: 2,
        SpotMaxPrice: "",
      });
    });
  });
});

describe("the dry run that Auto Scaling makes with the caller's rights", () => {
  const ec2 = (resource: string) => `arn:aws:ec2:ap-northeast-1:111122223333:${resource}`;
  const ofNobody = (resource: string) => `arn:aws:ec2:ap-northeast-1::${resource}`;
  const updates = allow("autoscaling:UpdateAutoScalingGroup");
  const passes = allow("iam:PassRole", roleArn, {
    StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" },
  });
  /** How Auto Scaling says what was missing. */
  const refusedFor = (id: string) => (missing: Statement) => ({
    code: "AccessDenied",
    message:
      (missing === updates ? "" : `You are not authorized to use launch template: ${id}. `) +
      notAllowed(principal(), missing === updates ? { ...updates, Resource: groupArn } : missing),
    status: 403,
  });
  const groupArn = groupOf(furnished("template").account).AutoScalingGroupARN;
  const id = idOf(furnished("template").account);
  const arn = ec2(`launch-template/${id}`);
  const runs = (resource: string, condition: Statement["Condition"] = {}) =>
    allow("ec2:RunInstances", resource, { ArnEquals: { "ec2:LaunchTemplate": arn }, ...condition });
  const isTemplates = (value: boolean) => ({ Bool: { "ec2:IsLaunchTemplateResource": String(value) } });
  const tags = (Value: string) => ({
    StringEquals: {
      "ec2:CreateAction": "RunInstances",
      "aws:RequestTag/Name": Value,
      "aws:RequestTag/managed-by": "operations",
    },
  });

  const imageOf = (account: Account) => account.ec2.visibleImage(dataOf(account, 2).ImageId!)!;
  const first = furnished("template").account;
  const needs = [
    updates,
    runs(arn, isTemplates(true)),
    runs(ec2("instance/*"), {
      ...isTemplates(true),
      StringEquals: {
        "ec2:InstanceType": "t3.small",
        "ec2:InstanceProfile": "arn:aws:iam::111122223333:instance-profile/web",
        "aws:RequestTag/Name": "web",
      },
    }),
    runs(ofNobody(`image/${imageOf(first).ImageId}`), {
      ...isTemplates(true),
      StringEquals: { "ec2:Owner": "111122223333", "ec2:ImageID": imageOf(first).ImageId },
    }),
    runs(ec2("network-interface/*"), isTemplates(true)),
    runs(ec2("volume/*"), isTemplates(true)),
    runs(ec2("subnet/subnet-0123456789abcdef0"), isTemplates(false)),
    runs(ec2("security-group/sg-0123456789abcdef0"), {
      ...isTemplates(true),
      StringEquals: { "ec2:SecurityGroupID": "sg-0123456789abcdef0" },
    }),
    runs(ec2("key-pair/operations"), {
      ...isTemplates(true),
      StringEquals: { "ec2:KeyPairName": "operations" },
    }),
    passes,
    allow("ec2:CreateTags", ec2("instance/*"), tags("web")),
    allow("ec2:CreateTags", ec2("volume/*"), tags("web")),
  ];
  const setTo = (world: World, Version: string, caller = principal(...needs)) =>
    world.call(
      "UpdateAutoScalingGroup",
      {
        AutoScalingGroupName: "web",
        LaunchTemplate: { LaunchTemplateId: idOf(world.account), Version },
      },
      caller,
    );

  describe("of one template needs", () => {
    itNeeds(needs, () => (caller) => setTo(furnished("template"), "2", caller), refusedFor(id));
  });

  it("is not made where no launch source is sent, nor for a launch configuration", () => {
    const { call } = furnished("template");
    const caller = principal(updates);
    call("UpdateAutoScalingGroup", { AutoScalingGroupName: "web", MinSize: 1 }, caller);
    const LaunchConfigurationName = "other-team-initial";
    call("UpdateAutoScalingGroup", { AutoScalingGroupName: "web", LaunchConfigurationName }, caller);
  });

  it("changes nothing where it is denied", () => {
    const world = furnished("template");
    const before = world.account.snapshotState();
    refusal(() => setTo(world, "3", principal(updates)));
    expect(world.account.snapshotState()).to.deep.equal(before);
  });

  it("comes after what the checks refuse", () => {
    const world = furnished("template");
    expect(refusal(() => setTo(world, "9", principal(updates))).code).to.equal("ValidationError");
    expect(refusal(() => setTo(world, "9", principal())).code).to.equal("AccessDenied");
  });

  it("is of the version that is meant at that moment", () => {
    const world = furnished("template");
    dataOf(world.account, 3).KeyName = "trial";
    const { message } = refusal(() => setTo(world, "$Latest"));
    expect(message).to.contain("not authorized to perform: ec2:RunInstances on resource: ");
    const types = allow("ec2:RunInstances", ec2("instance/*"));
    const images = allow("ec2:RunInstances", ofNobody("*"));
    const tagging = allow("ec2:CreateTags");
    const more = principal(...needs, types, images, tagging);
    expect(refusal(() => setTo(world, "$Latest", more)).message).to.contain("key-pair/trial");
    setTo(world, "$Latest", principal(...needs, types, images, tagging, runs(ec2("key-pair/trial"))));
  });

  describe("of what a template may name besides needs", () => {
    const licence = "arn:aws:license-manager:ap-northeast-1:111122223333:license-configuration:lic-1";
    const reservations = "arn:aws:resource-groups:ap-northeast-1:111122223333:group/reservations";
    const hosts = "arn:aws:resource-groups:ap-northeast-1:111122223333:group/hosts";
    const secondary = ec2("secondary-subnet/secondary-1");
    const spotRequests = ec2("spot-instances-request/*");
    const add = (data: LaunchTemplateData) =>
      Object.assign(data, {
        InstanceMarketOptions: { MarketType: "spot" },
        Placement: { GroupName: "rack", HostResourceGroupArn: hosts },
        CapacityReservationSpecification: {
          CapacityReservationTarget: {
            CapacityReservationId: "cr-1",
            CapacityReservationResourceGroupArn: reservations,
          },
        },
        LicenseSpecifications: [{ LicenseConfigurationArn: licence }],
        SecondaryInterfaces: [{ SecondarySubnetId: "secondary-1" }],
        NetworkInterfaces: [{ DeviceIndex: 0, Groups: ["sg-interface"] }],
        BlockDeviceMappings: [
          { DeviceName: "/dev/sdb", Ebs: { SnapshotId: "snap-data" } },
          { DeviceName: "x" },
        ],
        TagSpecifications: [
          { ResourceType: "network-interface", Tags: [{ Key: "Name", Value: "interface" }] },
        ],
      });
    // EC2 has no key `ec2:LaunchTemplate` for these five.
    const withoutKey = { Null: { "ec2:LaunchTemplate": "true", "ec2:IsLaunchTemplateResource": "true" } };
    const own = [
      runs(ec2("placement-group/rack"), { StringEquals: { "ec2:PlacementGroupName": "rack" } }),
      runs(ec2("capacity-reservation/cr-1")),
      runs(ec2("security-group/sg-interface")),
      runs(ofNobody("snapshot/snap-data")),
      ...[licence, reservations, hosts, secondary, spotRequests].map((resource) =>
        allow("ec2:RunInstances", resource, withoutKey),
      ),
      allow("ec2:CreateTags", ec2("network-interface/*"), {
        StringEquals: { "aws:RequestTag/Name": "interface" },
      }),
    ];
    const usual = needs.filter(
      ({ Action, Resource }) => Action !== "ec2:CreateTags" && Resource !== ec2("instance/*"),
    );
    const rest = [...usual, runs(ec2("instance/*"))];
    it("all of it, and nothing else", () => {
      const world = furnished("template");
      add(dataOf(world.account, 2));
      setTo(world, "2", principal(...rest, ...own));
    });
    for (const missing of own) {
      it(`${String(missing.Action)} on ${String(missing.Resource)}`, () => {
        const world = furnished("template");
        add(dataOf(world.account, 2));
        const caller = principal(...rest, ...own.filter((one) => one !== missing));
        expect(refusal(() => setTo(world, "2", caller))).to.deep.equal(refusedFor(id)(missing));
      });
    }
  });

  it("needs Spot requests, too, where the template tags them", () => {
    const world = furnished("template");
    dataOf(world.account, 2).TagSpecifications?.push({
      ResourceType: "spot-instances-request",
      Tags: [{ Key: "Name", Value: "web" }],
    });
    const requests = ec2("spot-instances-request/*");
    const tagging = allow("ec2:CreateTags", requests);
    const running = allow("ec2:RunInstances", requests);
    expect(refusal(() => setTo(world, "2", principal(...needs, tagging)))).to.deep.equal(
      refusedFor(id)(running),
    );
    setTo(world, "2", principal(...needs, tagging, running));
  });

  it("needs the placement group of the group itself, and one that the template names by its id", () => {
    const world = furnished("template");
    groupOf(world.account).PlacementGroup = "rack";
    dataOf(world.account, 2).Placement = { GroupId: "pg-1" };
    const groups = [
      runs(ec2("placement-group/rack"), isTemplates(false)),
      runs(ec2("placement-group/pg-1"), isTemplates(true)),
    ];
    setTo(world, "2", principal(...needs, ...groups));
    for (const [one, missing] of [groups, [...groups].reverse()]) {
      expect(refusal(() => setTo(world, "2", principal(...needs, one)))).to.deep.equal(
        refusedFor(id)(missing),
      );
    }
  });

  it("needs some security group where the template names none, and no key pair and no role", () => {
    const world = furnished("template");
    const data = dataOf(world.account, 2);
    delete data.SecurityGroupIds;
    delete data.KeyName;
    delete data.IamInstanceProfile;
    delete data.TagSpecifications;
    const few = needs.filter(
      ({ Action, Resource }) =>
        !/key-pair|security-group|instance\//.test(String(Resource)) &&
        Action !== "iam:PassRole" &&
        Action !== "ec2:CreateTags",
    );
    const instances = runs(ec2("instance/*"), {
      Null: { "ec2:InstanceProfile": "true", "aws:TagKeys": "true" },
    });
    expect(refusal(() => setTo(world, "2", principal(...few, instances))).message).to.contain(
      `on resource: ${ec2("security-group/*")} `,
    );
    setTo(world, "2", principal(...few, instances, runs(ec2("security-group/*"))));
  });

  it("is of every subnet that the group has", () => {
    const world = furnished("template");
    groupOf(world.account).VPCZoneIdentifier = "subnet-0123456789abcdef0,subnet-2";
    const second = runs(ec2("subnet/subnet-2"), { StringEquals: { "ec2:SubnetID": "subnet-2" } });
    expect(refusal(() => setTo(world, "2"))).to.deep.equal(refusedFor(id)(second));
    setTo(world, "2", principal(...needs, second));
  });

  it("is not satisfied by the rights to another template", () => {
    const other = needs.map((need) =>
      need.Action === "ec2:RunInstances"
        ? allow("ec2:RunInstances", "*", { ArnEquals: { "ec2:LaunchTemplate": `${arn}0` } })
        : need,
    );
    expect(refusal(() => setTo(furnished("template"), "2", principal(...other)))).to.deep.equal(
      refusedFor(id)(needs[1]),
    );
  });

  describe("of a policy", () => {
    const send = (caller: Parameters<World["call"]>[2], world = furnished("mixed")) =>
      world.call(
        "UpdateAutoScalingGroup",
        {
          AutoScalingGroupName: "web",
          MixedInstancesPolicy: asMembers(policyToSend(world.account)),
        },
        caller,
      );
    const { account } = furnished("mixed");
    const templates = ["web", "web-large", "web-arm64"].map((name) => idOf(account, name));
    const runsOf = templates.map((one) =>
      allow("ec2:RunInstances", "*", { ArnEquals: { "ec2:LaunchTemplate": ec2(`launch-template/${one}`) } }),
    );
    const requests = allow("ec2:RunInstances", ec2("spot-instances-request/*"));
    const others = [updates, passes, allow("ec2:CreateTags", "*"), requests];

    it("needs Spot requests only where not all that it launches is On-Demand", () => {
      const without = principal(...others.filter((one) => one !== requests), ...runsOf);
      const launching = (percentage: number | undefined) => {
        const world = furnished("mixed");
        groupOf(world.account).MixedInstancesPolicy!.InstancesDistribution =
          percentage === undefined ? {} : { OnDemandPercentageAboveBaseCapacity: percentage };
        return () => send(without, world);
      };
      expect(refusal(launching(99)).message).to.contain("spot-instances-request/*");
      launching(100)();
      launching(undefined)();
    });

    it("needs the rights to its base and to the template of every override, and no more", () => {
      send(principal(...others, ...runsOf));
      for (const missing of runsOf) {
        const index = runsOf.indexOf(missing);
        const caller = principal(...others, ...runsOf.filter((one) => one !== missing));
        expect(refusal(() => send(caller)).message).to.match(
          new RegExp(
            `^You are not authorized to use launch template: ${templates[index]}\\. User: .* ec2:RunInstances`,
          ),
        );
      }
    });

    it("is of the image of every override, which is not the template's where the override names it", () => {
      const world = furnished("mixed");
      const ImageId = groupOf(world.account).MixedInstancesPolicy!.LaunchTemplate!.Overrides![4].ImageId!;
      const image = ofNobody(`image/${ImageId}`);
      const deny = (condition: Statement["Condition"]): Statement => ({
        ...allow("ec2:RunInstances", image, condition),
        Effect: "Deny",
      });
      const { message } = refusal(() => send(principal(...others, ...runsOf, deny(isTemplates(false)))));
      expect(message).to.contain(`ec2:RunInstances on resource: ${image} with an explicit deny`);
      send(principal(...others, ...runsOf, deny(isTemplates(true))));
    });

    it("is of the type of every override, which is not the template's", () => {
      for (const type of ["t3.small", "t3.large", "m5.large", "t4g.small", "c5.large"]) {
        const deny: Statement = {
          ...allow("ec2:RunInstances", "*", {
            StringEquals: { "ec2:InstanceType": type },
            ...isTemplates(false),
          }),
          Effect: "Deny",
        };
        expect(refusal(() => send(principal(...others, ...runsOf, deny))).message).to.contain("instance/*");
      }
    });

    it("is of the role of every template's profile", () => {
      const world = furnished("mixed");
      world.account.iam.putInstanceProfile("arm", "arn:aws:iam::111122223333:role/arm");
      dataOf(world.account, 1, "web-arm64").IamInstanceProfile = { Name: "arm" };
      expect(refusal(() => send(principal(...others, ...runsOf), world)).message).to.contain(
        "not authorized to perform: iam:PassRole on resource: arn:aws:iam::111122223333:role/arm",
      );
    });
  });
});

describe("UpdateAutoScalingGroup tells policies", () => {
  const allowed = (world: World, params: Members, condition: Statement["Condition"]) => {
    const caller = principal(
      allow("autoscaling:UpdateAutoScalingGroup", "*", condition),
      allow("ec2:*"),
      allow("iam:*"),
    );
    try {
      world.call("UpdateAutoScalingGroup", { AutoScalingGroupName: "web", ...params }, caller);
      return true;
    } catch (error) {
      expect((error as AwsError).code).to.equal("AccessDenied");
      return false;
    }
  };
  const byNumber = (value: string) => ({
    Bool: { "autoscaling:LaunchTemplateVersionSpecified": value },
  });

  it("whether the version is named by its number", () => {
    for (const [Version, numbered] of [
      ["2", "true"],
      ["$Default", "false"],
      ["$Latest", "false"],
      [undefined, "false"],
    ]) {
      const world = furnished("template");
      const by = { LaunchTemplateId: idOf(world.account) };
      const params = { LaunchTemplate: Version === undefined ? by : { ...by, Version } };
      expect(allowed(world, params, byNumber(numbered!)), Version).to.equal(true);
      expect(allowed(world, params, byNumber(numbered === "true" ? "false" : "true"))).to.equal(false);
    }
  });

  it("of a policy, whether every version is", () => {
    const world = furnished("mixed");
    const policy = policyToSend(world.account);
    const params = () => ({ MixedInstancesPolicy: asMembers(policy) });
    expect(allowed(world, params(), byNumber("false"))).to.equal(true);
    policy.LaunchTemplate!.Overrides![2].LaunchTemplateSpecification!.Version = "1";
    expect(allowed(world, params(), byNumber("true"))).to.equal(true);
    policy.LaunchTemplate!.LaunchTemplateSpecification!.Version = "$Latest";
    expect(allowed(world, params(), byNumber("true"))).to.equal(false);
  });

  it("nothing of a version where none is sent", () => {
    const without = { Null: { "autoscaling:LaunchTemplateVersionSpecified": "true" } };
    const world = furnished("template");
    expect(allowed(world, { LaunchConfigurationName: "other-team-initial" }, without)).to.equal(true);
    const LaunchTemplate = { LaunchTemplateId: idOf(world.account), Version: "2" };
    expect(allowed(world, { LaunchTemplate }, without)).to.equal(false);
  });

  it("the types that a policy's overrides name", () => {
    const world = furnished("mixed");
    const params = { MixedInstancesPolicy: asMembers(policyToSend(world.account)) };
    const has = (type: string) => ({ StringEquals: { "autoscaling:InstanceTypes": type } });
    expect(allowed(world, params, has("c5.large"))).to.equal(true);
    expect(allowed(world, params, has("m6i.large"))).to.equal(false);
  });

  const target = { CapacityReservationIds: ["cr-1", "cr-2"] };
  const groups = { CapacityReservationResourceGroupArns: ["arn:aws:resource-groups:x:1:group/g"] };
  for (const [key, params, value] of [
    ["VPCZoneIdentifiers", { VPCZoneIdentifier: "subnet-1,subnet-2" }, "subnet-2"],
    [
      "CapacityReservationIds",
      { CapacityReservationSpecification: { CapacityReservationTarget: target } },
      "cr-2",
    ],
    [
      "CapacityReservationResourceGroupArns",
      { CapacityReservationSpecification: { CapacityReservationTarget: groups } },
      groups.CapacityReservationResourceGroupArns[0],
    ],
    ["MinSize", { MinSize: 1 }, "1"],
    ["MaxSize", { MaxSize: 5 }, "5"],
    ["LaunchConfigurationName", { LaunchConfigurationName: "other-team-initial" }, "other-team-initial"],
  ] as [string, Members, string][]) {
    it(`${key}, and only where it is sent`, () => {
      const world = furnished("template");
      const name = `autoscaling:${key}`;
      const without = { Null: { [name]: "true" } };
      expect(allowed(world, {}, without)).to.equal(true);
      expect(allowed(world, params, without)).to.equal(false);
      expect(allowed(world, params, { StringEquals: { [name]: value } })).to.equal(true);
      expect(allowed(world, params, { StringEquals: { [name]: `${value}-other` } })).to.equal(false);
    });
  }

  it("the capacity that a policy's distribution segments name", () => {
    const world = furnished("mixed");
    const policy = policyToSend(world.account);
    const has = { StringEquals: { "autoscaling:TargetCapacityTypes": "capacity-block" } };
    expect(allowed(world, { MixedInstancesPolicy: asMembers(policy) }, has)).to.equal(false);
    policy.InstancesDistribution = { DistributionSegments: [{ TargetCapacityTypes: ["capacity-block"] }] };
    expect(allowed(world, { MixedInstancesPolicy: asMembers(policy) }, has)).to.equal(true);
  });

  it("the image of what would be launched", () => {
    const world = furnished("template");
    const { ImageId } = dataOf(world.account, 2);
    const is = { StringEquals: { "autoscaling:ImageId": ImageId! } };
    const by = { LaunchTemplateId: idOf(world.account) };
    expect(allowed(world, { LaunchTemplate: { ...by, Version: "2" } }, is)).to.equal(true);
    expect(allowed(world, { LaunchTemplate: { ...by, Version: "3" } }, is)).to.equal(false);
    expect(allowed(world, {}, is)).to.equal(false);
  });
});
