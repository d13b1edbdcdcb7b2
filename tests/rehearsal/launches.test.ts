import { expect } from "chai";
import type { Account } from "../../rehearsal/account/account";
import type { LaunchTemplateData } from "../../rehearsal/account/ec2/launchTemplateShapes";
import { findLaunchTemplate } from "../../rehearsal/account/ec2/launchTemplates";
import { launchSourceWords } from "../../rehearsal/launchSource";
import { type Launch, launches, launchName } from "../../rehearsal/launches";
import { furnished } from "./account/support";

const groupOf = ({ autoscaling }: Account) => autoscaling.groups.get("web")!;
const launched = (account: Account) => launches(account, groupOf(account)) as Launch[];
const templateOf = ({ ec2 }: Account, name = "web") => findLaunchTemplate(ec2, { LaunchTemplateName: name });
const dataOf = (account: Account, version: number, name?: string): LaunchTemplateData =>
  templateOf(account, name).versions.get(version)!.LaunchTemplateData;
const imageNamed = ({ ec2 }: Account, name: string) =>
  ec2.allImages().find(({ Name }) => Name === name)!.ImageId;

describe("what a group would launch now", () => {
  it("is what its launch configuration says", () => {
    const { account } = furnished("configuration");
    expect(launched(account)).to.deep.equal([
      {
        for: "base",
        imageId: imageNamed(account, "initial"),
        architecture: "x86_64",
        instanceType: "t3.small",
        keyName: "operations",
        securityGroups: ["sg-0123456789abcdef0"],
        profile: "arn:aws:iam::111122223333:instance-profile/web",
        userData: undefined,
        metadataOptions: { HttpTokens: "required", HttpPutResponseHopLimit: 2, HttpEndpoint: "enabled" },
        monitoring: false,
        blockDevices: [],
        network: { AssociatePublicIpAddress: undefined },
        placement: { PlacementTenancy: undefined },
        others: { ClassicLinkVPCSecurityGroups: [], KernelId: "", RamdiskId: "", EbsOptimized: true },
      },
    ]);
  });

  it("is what the version says that the group refers to", () => {
    for (const [kind, version] of [
      ["template", 2],
      ["template-default", 2],
      ["template-latest", 3],
    ] as const) {
      const { account } = furnished(kind);
      const data = dataOf(account, version);
      Object.assign(data, {
        Placement: { Tenancy: "dedicated" },
        NetworkInterfaces: [{ DeviceIndex: 0, AssociatePublicIpAddress: true }],
        KernelId: "aki-1",
      });
      expect(launched(account)).to.deep.equal([
        {
          for: "base",
          imageId: imageNamed(account, "initial"),
          architecture: "x86_64",
          instanceType: "t3.small",
          instanceRequirements: undefined,
          weightedCapacity: undefined,
          keyName: "operations",
          securityGroups: ["sg-0123456789abcdef0"],
          profile: "arn:aws:iam::111122223333:instance-profile/web",
          userData: data.UserData,
          metadataOptions: { HttpTokens: "required", HttpPutResponseHopLimit: 2, HttpEndpoint: "enabled" },
          monitoring: true,
          blockDevices: data.BlockDeviceMappings,
          tags: data.TagSpecifications,
          network: [{ DeviceIndex: 0, AssociatePublicIpAddress: true }],
          placement: { Tenancy: "dedicated" },
          others: { EbsOptimized: true, KernelId: "aki-1" },
        },
      ]);
    }
  });

  it("follows the default version and the latest one, and not a number", () => {
    const move = (kind: "template" | "template-default" | "template-latest") => {
      const { account } = furnished(kind);
      const template = templateOf(account);
      const newest = { ...template.versions.get(1)!, VersionNumber: 4 };
      newest.LaunchTemplateData = { ...newest.LaunchTemplateData, InstanceType: "m5.large" };
      template.versions.set(4, newest);
      const byLatest = launched(account)[0].instanceType;
      template.DefaultVersionNumber = 4;
      return [byLatest, launched(account)[0].instanceType];
    };
    expect(move("template")).to.deep.equal(["t3.small", "t3.small"]);
    expect(move("template-default")).to.deep.equal(["t3.small", "m5.large"]);
    expect(move("template-latest")).to.deep.equal(["m5.large", "m5.large"]);
  });

  it("takes the default version where the group names none", () => {
    const { account } = furnished("template");
    delete groupOf(account).LaunchTemplate!.Version;
    expect(launched(account)[0].instanceType).to.equal("t2.micro");
  });

  it("is one kind of instance for each override, and the base's own is not among them", () => {
    const { account } = furnished("mixed");
    dataOf(account, 2).InstanceType = "m6i.large";
    const of = (index: number) => launched(account)[index];
    expect(launched(account).map(({ for: which }) => which)).to.deep.equal([0, 1, 2, 3, 4]);
    expect(launched(account).map(({ instanceType }) => instanceType)).to.deep.equal([
      "t3.small",
      "t3.large",
      "m5.large",
      "t4g.small",
      "c5.large",
    ]);
    expect(launched(account).map(({ weightedCapacity }) => weightedCapacity)).to.deep.equal([
      "1",
      "2",
      "4",
      "1",
      "3",
    ]);
    expect(of(1).imageId).to.equal(imageNamed(account, "initial"));
    expect(of(2).userData)
      .to.equal(dataOf(account, 1, "web-large").UserData)
      .and.not.to.equal(of(1).userData);
    expect(of(3)).to.include({ imageId: imageNamed(account, "initial-arm64"), architecture: "arm64" });
    expect(of(4)).to.include({
      imageId: imageNamed(account, "initial-compute"),
      userData: dataOf(account, 2).UserData,
    });
  });

  it("is the base where a policy has no overrides", () => {
    const { account } = furnished("mixed");
    delete groupOf(account).MixedInstancesPolicy!.LaunchTemplate!.Overrides;
    expect(launched(account).map((launch) => [launch.for, launch.instanceType])).to.deep.equal([
      ["base", "t3.small"],
    ]);
  });

  it("has requirements instead of a type, the override's before the template's", () => {
    const { account } = furnished("mixed");
    const requirements = { VCpuCount: { Min: 2 }, MemoryMiB: { Min: 1024 } };
    const overrides = groupOf(account).MixedInstancesPolicy!.LaunchTemplate!.Overrides!;
    const ofTemplate = { VCpuCount: { Min: 4 }, MemoryMiB: { Min: 4096 } };
    Object.assign(dataOf(account, 2), { InstanceRequirements: ofTemplate, InstanceType: undefined });
    overrides[0] = { InstanceRequirements: requirements };
    overrides[1] = {};
    overrides[4] = {
      InstanceRequirements: requirements,
      LaunchTemplateSpecification: overrides[2].LaunchTemplateSpecification,
    };
    const seen = launched(account).map((launch) => [launch.instanceType, launch.instanceRequirements]);
    expect(seen).to.deep.equal([
      [undefined, requirements],
      [undefined, ofTemplate],
      ["m5.large", undefined],
      ["t4g.small", undefined],
      // Its template names a type.
      [undefined, requirements],
    ]);
    expect(launchName(launched(account)[0])).to.equal("override 0 (any type that fits)");
  });

  it("has its type's architecture where the image is gone", () => {
    const { account } = furnished("mixed");
    dataOf(account, 1, "web-arm64").ImageId = "ami-0gone";
    dataOf(account, 1, "web-large").ImageId = "ami-0gone";
    expect(launched(account).map(({ architecture }) => architecture)).to.deep.equal([
      "x86_64",
      "x86_64",
      "x86_64",
      "arm64",
      "x86_64",
    ]);
  });

  it("is nothing where what the group refers to is gone, and says so", () => {
    const { account } = furnished("configuration");
    account.autoscaling.launchConfigurations.delete("web-initial");
    expect(launches(account, groupOf(account))).to.equal("launch configuration web-initial does not exist");
    for (const kind of ["template", "mixed"] as const) {
      const world = furnished(kind).account;
      templateOf(world).versions.delete(2);
      expect(launches(world, groupOf(world))).to.match(/^Could not find the specified version 2 /);
      world.ec2.launchTemplates.clear();
      expect(launches(world, groupOf(world))).to.match(
        /^The specified launch template, .* does not exist\.$/,
      );
    }
  });

  it("has a name in a sentence", () => {
    const { account } = furnished("mixed");
    expect(launchName(launched(account)[2])).to.equal("override 2 (m5.large)");
    expect(launchName(launched(furnished("template").account)[0])).to.equal("t3.small");
  });
});

describe("what a group launches from, in words", () => {
  const words = (account: Account) => launchSourceWords(groupOf(account));

  it("names the source", () => {
    expect(words(furnished("configuration").account)).to.equal("launch configuration web-initial");
    expect(words(furnished("template").account)).to.equal("launch template web, version 2");
    expect(words(furnished("template-default").account)).to.equal("launch template web, version $Default");
    expect(words(furnished("template-latest").account)).to.equal("launch template web, version $Latest");
    const { account } = furnished("template");
    delete groupOf(account).LaunchTemplate!.Version;
    expect(words(account)).to.equal("launch template web, version $Default");
  });

  it("names what overrides have of their own", () => {
    const { account } = furnished("mixed");
    expect(words(account)).to.equal(
      "a mixed instances policy: launch template web, version 2; of 5 overrides, 2 from launch template web-large, " +
        `version $Default, 3 from launch template web-arm64, version 1, 4 with image ${imageNamed(account, "initial-compute")}`,
    );
    const policy = groupOf(account).MixedInstancesPolicy!;
    policy.LaunchTemplate!.Overrides = [{ InstanceType: "t3.small" }];
    expect(words(account)).to.equal(
      "a mixed instances policy: launch template web, version 2, with 1 override",
    );
    delete policy.LaunchTemplate!.Overrides;
    expect(words(account)).to.equal("a mixed instances policy: launch template web, version 2");
  });
});
