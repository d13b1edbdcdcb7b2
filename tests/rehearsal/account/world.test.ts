import { expect } from "chai";
import { Account } from "../../../rehearsal/account/account";
import { architecturesOf } from "../../../rehearsal/account/autoscaling/architectures";
import { Clock } from "../../../rehearsal/account/clock";
import type { LaunchTemplateVersion } from "../../../rehearsal/account/ec2/launchTemplateShapes";
import { findLaunchTemplate, latestNumber } from "../../../rehearsal/account/ec2/launchTemplates";
import { furnish } from "../../../rehearsal/account/world";
import { sourceKinds } from "../../../rehearsal/account/world/sourceKinds";
import { type Launch, launches } from "../../../rehearsal/launches";
import { references } from "../../../rehearsal/verification/references";
import { furnished, goldenId, place, roleArn, start } from "./support";

describe("the world that a rehearsal begins in", () => {
  it("has a golden instance, launched from an image of somebody else's", () => {
    const { account } = furnished();
    const golden = account.ec2.instances.get(goldenId)!.instance;
    const source = account.ec2.visibleImage(golden.ImageId);
    expect(source).to.include({ ImageOwnerAlias: "amazon", State: "available", Public: true });
    expect(source?.OwnerId).not.to.equal(place.accountId);
    expect(account.iam.instanceProfile(golden.IamInstanceProfile!.Arn)?.roleArn).to.equal(roleArn);
  });

  it("has an instance profile with some role where no role is wanted", () => {
    const account = new Account(place, new Clock(start));
    furnish(account, { instanceId: goldenId, groupName: "web" });
    const profile = "arn:aws:iam::111122223333:instance-profile/web-server";
    expect(account.ec2.instances.get(goldenId)!.instance.IamInstanceProfile?.Arn).to.equal(profile);
    expect(account.autoscaling.launchConfigurations.get("web-initial")!.IamInstanceProfile).to.equal(profile);
    expect(account.iam.instanceProfile(profile)?.roleArn).to.equal(
      "arn:aws:iam::111122223333:role/web-server",
    );
  });

  it("has a full group on an older, untagged image of the golden instance", () => {
    const { account } = furnished();
    const group = account.autoscaling.groups.get("web")!;
    const configuration = account.autoscaling.launchConfigurations.get(group.LaunchConfigurationName!)!;
    const image = account.ec2.visibleImage(configuration.ImageId)!;
    expect(image).to.deep.include({
      Name: "initial",
      OwnerId: place.accountId,
      State: "available",
      SourceInstanceId: goldenId,
      Tags: [],
    });
    const snapshot = account.ec2
      .allSnapshots()
      .find(({ SnapshotId }) => SnapshotId === image.BlockDeviceMappings[0].Ebs.SnapshotId);
    expect(snapshot?.Description).to.equal(`Created by CreateImage(${goldenId}) for ${image.ImageId}`);
    for (const { InstanceId } of group.Instances) {
      const { instance } = account.ec2.instances.get(InstanceId)!;
      expect(instance.ImageId).to.equal(image.ImageId);
      expect(instance.Tags).to.deep.include({ Key: "aws:autoscaling:groupName", Value: "web" });
    }
  });

  it("has what belongs to another team", () => {
    const { account } = furnished();
    expect([...account.autoscaling.groups.keys()]).to.deep.equal(["web", "other-team", "other-team-batch"]);
    expect([...account.autoscaling.launchConfigurations.keys()]).to.deep.equal([
      "web-initial",
      "other-team-initial",
      "other-team_2026-11-01",
    ]);
    expect(account.ec2.allImages().map(({ Name }) => Name)).to.include("other-team");
    const [batch, fleet] = account.ec2.launchTemplates.values();
    expect(account.autoscaling.groups.get("other-team-batch")!.LaunchTemplate).to.deep.equal({
      LaunchTemplateId: batch.LaunchTemplateId,
      LaunchTemplateName: "other-team-batch",
      Version: "$Latest",
    });
    expect(account.ec2.fleets.map(({ specifications }) => specifications[0].LaunchTemplateId)).to.deep.equal([
      fleet.LaunchTemplateId,
    ]);
  });

  it("has what the same software has made for another team", () => {
    const { account } = furnished();
    const tagged = account.ec2
      .allImages()
      .filter(({ Tags }) => Tags.some(({ Key }) => Key.startsWith("ami-refresh:")));
    expect(tagged).to.have.length(2);
    const [older, newer] = tagged;
    for (const { Name, SourceInstanceId, Tags } of tagged) {
      expect(Name).to.match(new RegExp(`^${SourceInstanceId}_\\d{4}-\\d\\d-\\d\\d$`));
      expect(SourceInstanceId).not.to.equal(goldenId);
      expect(Tags).to.deep.include({ Key: "ami-refresh:auto-scaling-group", Value: "other-team" });
    }
    expect(older.CreationDate < new Date(start.getTime() - 20 * 24 * 3600 * 1000).toISOString()).to.equal(
      true,
    );
    const configuration = account.autoscaling.launchConfigurations.get("other-team_2026-11-01");
    expect(configuration?.ImageId).to.equal(newer.ImageId);
  });

  it("was there for days before the rehearsal begins", () => {
    for (const kind of sourceKinds) {
      const { account } = furnished(kind);
      const dates = [
        ...[...account.ec2.instances.values()].map(({ instance }) => instance.LaunchTime),
        ...account.ec2.allImages().map(({ CreationDate }) => new Date(CreationDate)),
        ...account.ec2.allSnapshots().map(({ StartTime }) => StartTime),
        ...[...account.autoscaling.groups.values()].map(({ CreatedTime }) => CreatedTime),
        ...[...account.autoscaling.launchConfigurations.values()].map(({ CreatedTime }) => CreatedTime),
        ...versionsOf(account).map(({ CreateTime }) => CreateTime),
      ];
      const dayBefore = start.getTime() - 24 * 60 * 60 * 1000;
      expect(dates.every((date) => date.getTime() < dayBefore)).to.equal(true);
    }
  });

  it("is in the partition and Region that it is put into", () => {
    const china = { partition: "aws-cn", region: "cn-north-1", accountId: "444455556666" };
    for (const launchSource of sourceKinds) {
      for (const instanceProfileRoleArn of ["arn:aws-cn:iam::444455556666:role/web", undefined]) {
        const account = new Account(china, new Clock(start));
        furnish(account, { instanceId: goldenId, groupName: "web", launchSource, instanceProfileRoleArn });
        const text = JSON.stringify(account.snapshotState());
        expect(text).not.to.include("arn:aws:").and.not.to.include("ap-northeast-1");
        expect(text)
          .to.include("arn:aws-cn:autoscaling:cn-north-1:444455556666:")
          .and.to.include("cn-north-1a");
      }
    }
  });

  for (const kind of sourceKinds) {
    describe(`with a group on ${kind}`, () => {
      const { account } = furnished(kind);
      const group = account.autoscaling.groups.get("web")!;
      const launched = launches(account, group) as Launch[];

      it("is the same every time", () => {
        expect(furnished(kind).account.snapshotState()).to.deep.equal(account.snapshotState());
      });

      it("has one source, and three members that it launched", () => {
        const held = ["LaunchConfigurationName", "LaunchTemplate", "MixedInstancesPolicy"].filter(
          (member) => member in group,
        );
        expect(held).to.have.length(1);
        for (const member of group.Instances) {
          const { instance } = account.ec2.instances.get(member.InstanceId)!;
          expect(instance.InstanceType).to.equal(launched[0].instanceType).and.to.equal(member.InstanceType);
          expect(instance.ImageId).to.equal(launched[0].imageId);
          expect(instance.Architecture).to.equal(launched[0].architecture);
          expect(instance.IamInstanceProfile?.Arn).to.equal(launched[0].profile);
          expect(member.WeightedCapacity).to.equal(launched[0].weightedCapacity);
        }
        expect(group.Instances).to.have.length(3);
      });

      it("launches images that are available, on types that run them, with the golden instance's profile", () => {
        for (const { imageId, architecture, instanceType, profile } of launched) {
          expect(account.ec2.visibleImage(imageId!)).to.include({ State: "available" });
          expect(architecturesOf(instanceType)).to.include(architecture);
          expect(account.iam.instanceProfile(profile!)?.roleArn).to.equal(roleArn);
        }
      });

      it("shares none of the group's templates with anyone", () => {
        const own = new Set(references(account, group).map(({ launchTemplateId }) => launchTemplateId));
        const others = [...account.autoscaling.groups.values()].filter((other) => other !== group);
        const theirs = [
          ...others.flatMap((other) => references(account, other).map((one) => one.launchTemplateId)),
          ...account.ec2.fleets.flatMap(({ specifications }) =>
            specifications.map(({ LaunchTemplateId }) => LaunchTemplateId),
          ),
        ];
        expect(theirs).to.have.length(2);
        expect(theirs.filter((id) => own.has(id))).to.deep.equal([]);
      });
    });
  }

  for (const [kind, version, used, byDefault, latest] of [
    ["template", "2", 2, 1, 3],
    ["template-default", "$Default", 2, 2, 3],
    ["template-latest", "$Latest", 3, 1, 3],
    ["mixed", "2", 2, 1, 3],
  ] as const) {
    describe(`the template of ${kind}`, () => {
      const { account } = furnished(kind);
      const { LaunchTemplate, MixedInstancesPolicy: policy } = account.autoscaling.groups.get("web")!;
      const template = findLaunchTemplate(account.ec2, { LaunchTemplateName: "web" });
      const data = (number: number) => template.versions.get(number)!.LaunchTemplateData;

      it("is referred to in its way", () => {
        expect(LaunchTemplate ?? policy?.LaunchTemplate?.LaunchTemplateSpecification).to.deep.equal({
          LaunchTemplateId: template.LaunchTemplateId,
          LaunchTemplateName: "web",
          Version: version,
        });
        expect(template.DefaultVersionNumber).to.equal(byDefault);
        expect(latestNumber(template)).to.equal(latest);
      });

      it("has a version in use with whatever a careful person writes down", () => {
        expect(data(used)).to.deep.include({
          InstanceType: "t3.small",
          KeyName: "operations",
          SecurityGroupIds: ["sg-0123456789abcdef0"],
          MetadataOptions: { HttpTokens: "required", HttpPutResponseHopLimit: 2, HttpEndpoint: "enabled" },
          Monitoring: { Enabled: true },
          IamInstanceProfile: { Name: "web" },
          BlockDeviceMappings: [
            {
              DeviceName: "/dev/xvda",
              Ebs: { VolumeSize: 8, VolumeType: "gp3", DeleteOnTermination: true },
            },
          ],
        });
        expect(Buffer.from(data(used).UserData!, "base64").toString()).to.match(/^#!/);
        expect(account.ec2.visibleImage(data(used).ImageId!)?.Name).to.equal("initial");
      });

      it("has others that differ in everything but what permissions are made for", () => {
        const others = [1, 2, 3].filter((number) => number !== used);
        const types = (number: number) =>
          data(number).TagSpecifications?.map(({ ResourceType }) => ResourceType);
        for (const number of others) {
          for (const member of ["ImageId", "InstanceType", "UserData", "TagSpecifications"] as const) {
            expect(data(number)[member], `${number} ${member}`).not.to.deep.equal(data(used)[member]);
          }
          expect(types(number)).to.deep.equal(["instance", "volume"]).and.to.deep.equal(types(used));
          expect(data(number).IamInstanceProfile).to.deep.equal(data(used).IamInstanceProfile);
        }
      });
    });
  }

  it("has a policy with two architectures and each way in which an override comes by its image", () => {
    const { account } = furnished("mixed");
    const policy = account.autoscaling.groups.get("web")!.MixedInstancesPolicy!;
    expect(policy.InstancesDistribution).to.deep.equal({
      OnDemandAllocationStrategy: "prioritized",
      OnDemandBaseCapacity: 1,
      OnDemandPercentageAboveBaseCapacity: 50,
      SpotAllocationStrategy: "price-capacity-optimized",
    });
    const overrides = policy.LaunchTemplate!.Overrides!;
    const launched = launches(account, account.autoscaling.groups.get("web")!) as Launch[];
    const seen = overrides.map(({ LaunchTemplateSpecification: own, ImageId, WeightedCapacity }, index) => [
      launched[index].instanceType,
      launched[index].architecture,
      account.ec2.visibleImage(launched[index].imageId!)?.Name,
      own && `${own.LaunchTemplateName} ${own.Version}`,
      ImageId !== undefined,
      WeightedCapacity,
    ]);
    expect(seen).to.deep.equal([
      ["t3.small", "x86_64", "initial", undefined, false, "1"],
      ["t3.large", "x86_64", "initial", undefined, false, "2"],
      ["m5.large", "x86_64", "initial", "web-large $Default", false, "4"],
      ["t4g.small", "arm64", "initial-arm64", "web-arm64 1", false, "1"],
      ["c5.large", "x86_64", "initial-compute", undefined, true, "3"],
    ]);
    const arm = account.ec2.visibleImage(launched[3].imageId!)!;
    expect(arm.SourceInstanceId).not.to.equal(goldenId);
    expect(account.ec2.instances.get(arm.SourceInstanceId!)!.instance).to.include({
      Architecture: "arm64",
      InstanceType: "t4g.small",
    });
  });
});

function versionsOf({ ec2 }: Account): LaunchTemplateVersion[] {
  return [...ec2.launchTemplates.values()].flatMap(({ versions }) => [...versions.values()]);
}
