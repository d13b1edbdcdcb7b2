import { expect } from "chai";
import { Account } from "../../../rehearsal/aws/account";
import { Clock } from "../../../rehearsal/aws/clock";
import { furnish } from "../../../rehearsal/aws/world";
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

  it("needs no instance profile", () => {
    const account = new Account(place, new Clock(start));
    furnish(account, { instanceId: goldenId, groupName: "web" });
    expect(account.ec2.instances.get(goldenId)!.instance.IamInstanceProfile).to.equal(undefined);
    expect(account.autoscaling.launchConfigurations.get("web-initial")!.IamInstanceProfile).to.equal(
      undefined,
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
    expect([...account.autoscaling.groups.keys()]).to.deep.equal(["web", "other-team"]);
    expect([...account.autoscaling.launchConfigurations.keys()]).to.deep.equal([
      "web-initial",
      "other-team-initial",
    ]);
    expect(account.ec2.allImages().map(({ Name }) => Name)).to.include("other-team");
  });

  it("was there for days before the rehearsal begins", () => {
    const { account } = furnished();
    const dates = [
      ...[...account.ec2.instances.values()].map(({ instance }) => instance.LaunchTime),
      ...account.ec2.allImages().map(({ CreationDate }) => new Date(CreationDate)),
      ...account.ec2.allSnapshots().map(({ StartTime }) => StartTime),
      ...[...account.autoscaling.groups.values()].map(({ CreatedTime }) => CreatedTime),
      ...[...account.autoscaling.launchConfigurations.values()].map(({ CreatedTime }) => CreatedTime),
    ];
    const dayBefore = start.getTime() - 24 * 60 * 60 * 1000;
    expect(dates.every((date) => date.getTime() < dayBefore)).to.equal(true);
  });

  it("is in the partition and Region that it is put into", () => {
    const china = { partition: "aws-cn", region: "cn-north-1", accountId: "444455556666" };
    const account = new Account(china, new Clock(start));
    furnish(account, {
      instanceId: goldenId,
      groupName: "web",
      instanceProfileRoleArn: "arn:aws-cn:iam::444455556666:role/web",
    });
    const text = JSON.stringify(account.snapshotState());
    expect(text).not.to.include("arn:aws:").and.not.to.include("ap-northeast-1");
    expect(text).to.include("arn:aws-cn:autoscaling:cn-north-1:444455556666:").and.to.include("cn-north-1a");
  });
});
