import { expect } from "chai";
import type { Account } from "../../rehearsal/account/account";
import type { Members } from "../../rehearsal/account/api";
import type { Image, Snapshot } from "../../rehearsal/account/ec2/shapes";
import type { Night, Run } from "../../rehearsal/nights/run";
import { type Configured, standing, verifyNight, watchDeletions } from "../../rehearsal/verification";
import type { Deleter } from "../../rehearsal/verification/deletion";
import { judgeDeletion } from "../../rehearsal/verification/deletions";
import { goldenId } from "./account/support";
import { nightly } from "./nightly";
import { sharedPython } from "./python";
import {
  addConfiguration,
  addImage,
  addVersion,
  afterNights,
  CONFIGURED,
  group,
  image,
  type Left,
  template,
} from "./afterNights";

const judge = (account: Account, api: string, params: Members, by?: Deleter, given?: Partial<Configured>) =>
  judgeDeletion(
    account,
    { ...CONFIGURED, ...given },
    { service: api === "DeleteLaunchConfiguration" ? "autoscaling" : "ec2", api, params, by },
  );
const notOurs = "it is not the runbooks' own";
const young = "it is younger than 12 hours";
const HOUR = 60 * 60 * 1000;

/** So that a second more makes it twelve hours old. */
const almostOld = ({ clock }: Account) => new Date(clock.now().getTime() - 12 * HOUR + 1000);

/** The snapshots that an image was made of. */
function removeSnapshots({ ec2 }: Account, imageId: string): void {
  const made = ec2.allSnapshots().filter(({ Description }) => Description.endsWith(` for ${imageId}`));
  made.forEach(({ SnapshotId }) => ec2.removeSnapshot(SnapshotId));
}

describe("the judgement of a deletion", () => {
  it("is none of other calls", () => {
    const { account } = afterNights(1);
    expect(judge(account, "CreateImage", { InstanceId: goldenId, Name: "x" })).to.equal(undefined);
    expect(judge(account, "DeleteVolume", { VolumeId: "vol-1" })).to.equal(undefined);
  });

  describe("of an image", () => {
    const deregister = (account: Account, ImageId: string) => judge(account, "DeregisterImage", { ImageId });

    it("objects to nothing about an old one that nothing uses", () => {
      const { account, left } = afterNights(4);
      expect(left.map(({ imageId }) => deregister(account, imageId) === undefined)).to.deep.equal([
        true,
        true,
        false,
        false,
      ]);
    });

    it("objects to the newest that were rolled out, one sentence with every reason", () => {
      const { account, left, newest } = afterNights(3);
      const kept = "it is one of the newest 2 images that were rolled out";
      expect(deregister(account, left[1].imageId)).to.equal(
        `image ${left[1].imageId} must not be deleted: ${kept}, the group launched it before.`,
      );
      expect(deregister(account, newest.imageId)).to.equal(
        `image ${newest.imageId} must not be deleted: group web refers to it, ${kept}.`,
      );
    });

    it("does not count those that were never rolled out", () => {
      const { account, left } = afterNights(3);
      const failed = addImage(account, 1);
      expect(deregister(account, failed.imageId)).to.equal(undefined);
      expect(deregister(account, left[1].imageId)).to.contain("newest 2 images");
    });

    it("goes by when they were rolled out, not by when they were made", () => {
      const { account, left } = afterNights(4);
      const [oldest, , third] = left;
      image(account, oldest.imageId).Tags.find(({ Key }) => Key === "ami-refresh:rolled-out")!.Value =
        "2026-11-22T20:00:00Z";
      expect(deregister(account, oldest.imageId)).to.contain("newest 2 images");
      // It is what the group launched before all the same.
      expect(deregister(account, third.imageId)).to.equal(
        `image ${third.imageId} must not be deleted: the group launched it before.`,
      );
    });

    it("objects to whatever the group launched before, if one image of ours launches now", () => {
      const { account, left, newest } = afterNights(4);
      const tag = image(account, newest.imageId).Tags.find(
        ({ Key }) => Key === "ami-refresh:previous-image",
      )!;
      tag.Value = `${left[0].imageId} ${left[1].imageId}`;
      for (const { imageId } of left.slice(0, 2)) {
        expect(deregister(account, imageId)).to.contain("the group launched it before");
      }
      // People copy images with their tags.
      delete image(account, newest.imageId).SourceInstanceId;
      expect(deregister(account, left[0].imageId)).to.equal(undefined);
    });

    it("objects to one that is younger than 12 hours, whatever became of its run", () => {
      const { account } = afterNights(4);
      const failed = addImage(account, 1);
      image(account, failed.imageId).CreationDate = almostOld(account).toISOString();
      expect(deregister(account, failed.imageId)).to.contain(`: ${young}.`);
      account.clock.advance(1);
      expect(deregister(account, failed.imageId)).to.equal(undefined);
    });

    it("is about its snapshots too where the call deletes them", () => {
      const { account, left } = afterNights(4);
      const { imageId, snapshotId } = left[0];
      const withSnapshots = () =>
        judge(account, "DeregisterImage", { ImageId: imageId, DeleteAssociatedSnapshots: true });
      const snapshot = account.ec2.snapshot(snapshotId)!;
      expect(withSnapshots()).to.equal(undefined);
      snapshot.Tags = [...snapshot.Tags, { Key: "ami-refresh:keep", Value: "" }];
      expect(deregister(account, imageId)).to.equal(undefined);
      expect(withSnapshots()).to.equal(
        `snapshot ${snapshotId} must not be deleted: it has the tag ami-refresh:keep.`,
      );
      // EC2 leaves one alone of which another image is made.
      const [device] = image(account, imageId).BlockDeviceMappings;
      image(account, left[1].imageId).BlockDeviceMappings.push(device);
      account.ec2.addImage({ ...image(account, left[1].imageId) });
      expect(withSnapshots()).to.equal(undefined);
    });

    it("lets an image be that does not exist", () => {
      const { account } = afterNights(1);
      expect(deregister(account, "ami-00000000000000000")).to.equal(undefined);
    });

    const foreign: [string, (image: Image) => void][] = [
      ["without the tag", (one) => (one.Tags = [])],
      ["with the tag of another group", (one) => (one.Tags[0].Value = "other-team")],
      ["that CreateImage did not make", (one) => delete one.SourceInstanceId],
      ["with the name of another instance", (one) => (one.SourceInstanceId = "i-0aaaaaaaaaaaaaaaa")],
      ["with a name of another form", (one) => (one.Name += "-copy")],
      ["with no date in its name", (one) => (one.Name = `${goldenId}_first`)],
      ["of another account", (one) => (one.OwnerId = "444455556666")],
    ];
    for (const [what, change] of foreign) {
      it(`objects to one ${what}`, () => {
        const { account, oldest } = afterNights(4);
        change(image(account, oldest.imageId));
        expect(deregister(account, oldest.imageId)).to.contain(notOurs);
      });
    }

    it("takes one of a golden instance that was replaced, and of the second run of a day, for the runbook's", () => {
      const { account, left } = afterNights(4);
      Object.assign(image(account, left[0].imageId), {
        SourceInstanceId: "i-0aaaaaaaaaaaaaaaa",
        Name: `i-0aaaaaaaaaaaaaaaa_${left[0].date}`,
      });
      image(account, left[1].imageId).Name += "_05.30.01";
      expect(deregister(account, left[0].imageId)).to.equal(undefined);
      expect(deregister(account, left[1].imageId)).to.equal(undefined);
    });
  });

  describe("of a snapshot", () => {
    const remove = (account: Account, SnapshotId: string) => judge(account, "DeleteSnapshot", { SnapshotId });

    /** The snapshot of the oldest image, left over without it. */
    function leftOver(change: (snapshot: Snapshot) => void = () => undefined) {
      const { account, oldest } = afterNights(4);
      account.ec2.removeImage(oldest.imageId);
      change(account.ec2.snapshot(oldest.snapshotId)!);
      return remove(account, oldest.snapshotId);
    }

    it("objects to nothing about one that is left over", () => {
      expect(leftOver()).to.equal(undefined);
    });
    it("objects while an image is made of it", () => {
      const { account, oldest } = afterNights(4);
      expect(remove(account, oldest.snapshotId)).to.equal(
        `snapshot ${oldest.snapshotId} must not be deleted: image ${oldest.imageId} is made of it.`,
      );
    });
    it("objects while the image exists that it was made for, or another one is made of it", () => {
      const { account, left } = afterNights(4);
      const devices = (one: Left) => image(account, one.imageId).BlockDeviceMappings;
      account.ec2.removeImage(left[0].imageId);
      account.ec2.addImage({
        ...image(account, left[1].imageId),
        BlockDeviceMappings: [
          { ...devices(left[1])[0], Ebs: { ...devices(left[1])[0].Ebs, SnapshotId: left[0].snapshotId } },
        ],
      });
      for (const { snapshotId } of left.slice(0, 2)) {
        expect(remove(account, snapshotId)).to.contain(`image ${left[1].imageId} is made of it`);
      }
    });
    it("objects to one that is to be kept", () => {
      expect(leftOver(({ Tags }) => Tags.push({ Key: "ami-refresh:keep", Value: "" }))).to.contain(
        ": it has the tag ami-refresh:keep.",
      );
    });
    it("objects to one that is younger than 12 hours", () => {
      const { account, oldest } = afterNights(4);
      account.ec2.removeImage(oldest.imageId);
      account.ec2.snapshot(oldest.snapshotId)!.StartTime = almostOld(account);
      expect(remove(account, oldest.snapshotId)).to.contain(`: ${young}.`);
      account.clock.advance(1);
      expect(remove(account, oldest.snapshotId)).to.equal(undefined);
    });
    it("lets one be that does not exist", () => {
      expect(remove(afterNights(1).account, "snap-00000000000000000")).to.equal(undefined);
    });
    for (const [what, change] of [
      ["without the tag", (one: Snapshot) => (one.Tags = [])],
      ["with the tag of another group", (one: Snapshot) => (one.Tags[0].Value = "other-team")],
      ["that CreateImage did not make", (one: Snapshot) => (one.Description = "Copied")],
      ["of another account", (one: Snapshot) => (one.OwnerId = "444455556666")],
    ] as const) {
      it(`objects to one ${what}`, () => expect(leftOver(change)).to.contain(notOurs));
    }
  });

  describe("of a launch configuration", () => {
    const remove = (account: Account, LaunchConfigurationName: string) =>
      judge(account, "DeleteLaunchConfiguration", { LaunchConfigurationName });

    it("objects to nothing about an old one, or one that was never rolled out", () => {
      const { account, left } = afterNights(4);
      const failed = addImage(account, 1);
      expect(remove(account, `web_${left[1].date}`)).to.equal(undefined);
      expect(remove(account, addConfiguration(account, failed, 1))).to.equal(undefined);
      expect(remove(account, "web_none")).to.equal(undefined);
    });
    it("objects to one that is younger than 12 hours", () => {
      const { account, left } = afterNights(4);
      const name = `web_${left[1].date}`;
      account.autoscaling.launchConfigurations.get(name)!.CreatedTime = almostOld(account);
      expect(remove(account, name)).to.contain(`: ${young}.`);
      account.clock.advance(1);
      expect(remove(account, name)).to.equal(undefined);
    });
    it("objects to those of what the group launched before, as long as that is there", () => {
      const { account, left, newest } = afterNights(4);
      const name = `web_${left[0].date}`;
      const { Tags } = image(account, newest.imageId);
      Tags.find(({ Key }) => Key === "ami-refresh:previous-image")!.Value = left[0].imageId;
      expect(remove(account, name)).to.contain(": the group launched its image before.");
      account.ec2.removeImage(left[0].imageId);
      expect(remove(account, name)).to.equal(undefined);
    });
    it("retains none of them longer than their images", () => {
      const { account, left } = afterNights(4);
      const given = { retainImages: 2, retainLaunchConfigurations: 3 };
      const params = { LaunchConfigurationName: `web_${left[1].date}` };
      expect(judge(account, "DeleteLaunchConfiguration", params, undefined, given)).to.equal(undefined);
    });
    it("objects to the newest that were rolled out", () => {
      const { account, left, newest } = afterNights(4);
      const kept = "it is one of the newest 2 launch configurations that were rolled out";
      expect(remove(account, `web_${left[2].date}`)).to.contain(
        `: ${kept}, the group launched its image before.`,
      );
      expect(remove(account, `web_${newest.date}`)).to.contain(`: group web refers to it, ${kept}.`);
    });
    it("objects to one that a group refers to", () => {
      const { account, oldest } = afterNights(4);
      group(account, "other-team").LaunchConfigurationName = `web_${oldest.date}`;
      expect(remove(account, `web_${oldest.date}`)).to.contain(": group other-team refers to it");
    });
    it("objects to one that is not ours", () => {
      const { account, oldest } = afterNights(4);
      for (const name of ["web-initial", "other-team_2026-11-01"]) {
        expect(remove(account, name)).to.contain(notOurs);
      }
      account.ec2.removeImage(oldest.imageId);
      // Its snapshots tell whose it was.
      expect(remove(account, `web_${oldest.date}`)).to.equal(undefined);
      removeSnapshots(account, oldest.imageId);
      expect(remove(account, `web_${oldest.date}`)).to.contain(notOurs);
    });
  });

  describe("of launch template versions", () => {
    const remove = (account: Account, Versions: string[], by?: Deleter) => {
      const { LaunchTemplateId } = template(account);
      return judge(account, "DeleteLaunchTemplateVersions", { LaunchTemplateId, Versions }, by);
    };
    const by = (account: Account, Version: string) => ({
      LaunchTemplateId: template(account).LaunchTemplateId,
      LaunchTemplateName: "web",
      Version,
    });

    it("objects to nothing about old ones, of whichever name of the template", () => {
      const { account } = afterNights(4, "template");
      expect(remove(account, ["4", "5"])).to.equal(undefined);
      expect(remove(account, ["99"])).to.equal(undefined);
      const named = { LaunchTemplateName: "web", Versions: ["4"] };
      expect(judge(account, "DeleteLaunchTemplateVersions", named)).to.equal(undefined);
      expect(
        judge(account, "DeleteLaunchTemplateVersions", { ...named, LaunchTemplateName: "none" }),
      ).to.equal(undefined);
    });
    it("objects to each that is not ours", () => {
      const { account } = afterNights(4, "template");
      expect(remove(account, ["2", "3", "4"])).to.equal(
        "version 2 of launch template web must not be deleted: it is not the runbooks' own. " +
          "version 3 of launch template web must not be deleted: it is not the runbooks' own.",
      );
    });
    it("objects to one whose description or image is another", () => {
      const { account, left } = afterNights(4, "template");
      const versions = template(account).versions;
      for (const description of [
        "web_2026-11-20",
        `web_2026-11-20 ${left[0].executionId} copied`,
        undefined,
      ]) {
        versions.get(4)!.VersionDescription = description;
        expect(remove(account, ["4"]), description).to.contain(notOurs);
      }
      account.ec2.removeImage(left[1].imageId);
      expect(remove(account, ["5"])).to.equal(undefined);
      removeSnapshots(account, left[1].imageId);
      expect(remove(account, ["5"])).to.contain(notOurs);
    });
    it("takes whatever prefix the description has, which may have changed since", () => {
      const { account, left } = afterNights(4, "template");
      const version = template(account).versions.get(4)!;
      version.VersionDescription = `${"p".repeat(190)}_${left[0].date}_05.30.01 ${left[0].executionId}`;
      expect(remove(account, ["4"])).to.equal(undefined);
      version.VersionDescription = `_${left[0].date} ${left[0].executionId}`;
      expect(remove(account, ["4"])).to.contain(notOurs);
    });
    it("objects to the default version", () => {
      const { account } = afterNights(4, "template");
      template(account).DefaultVersionNumber = 4;
      expect(remove(account, ["4"])).to.contain(": it is the default version.");
    });
    it("objects to the latest version", () => {
      const { account, newest } = afterNights(4, "template");
      const number = String(addVersion(account, addImage(account, 1), 1));
      expect(remove(account, [number])).to.contain(": it is the latest version.");
      const { executionId } = newest;
      expect(remove(account, [number], { executionId })).to.contain(": it is the latest version.");
    });
    it("objects to one that is younger than 12 hours", () => {
      const { account } = afterNights(4, "template");
      template(account).versions.get(4)!.CreateTime = almostOld(account);
      expect(remove(account, ["4"])).to.contain(`: ${young}.`);
      account.clock.advance(1);
      expect(remove(account, ["4"])).to.equal(undefined);
    });
    it("lets a roll-out take back what it made itself, but not what anybody uses", () => {
      const { account } = afterNights(4, "template");
      const failed = addImage(account, 0);
      const rollOut = { runbook: "roll-out", executionId: failed.executionId };
      const number = String(addVersion(account, failed, 0));
      expect(remove(account, [number], rollOut)).to.equal(undefined);
      group(account, "other-team-batch").LaunchTemplate = by(account, number);
      expect(remove(account, [number], rollOut)).to.contain(": group other-team-batch refers to it.");
    });
    it("objects to what a roll-out did not make, however old that is", () => {
      const { account, newest } = afterNights(4, "template");
      const { executionId } = newest;
      expect(remove(account, ["4"], { runbook: "retire", executionId })).to.equal(undefined);
      expect(remove(account, ["4"], { runbook: "roll-out", executionId })).to.contain(
        ": this run did not make it.",
      );
    });
    for (const [who, change] of [
      [
        "group other-team-batch",
        (account: Account) => (group(account, "other-team-batch").LaunchTemplate = by(account, "4")),
      ],
      [
        "override 0 of group other-team-batch",
        (account: Account) =>
          (group(account, "other-team-batch").MixedInstancesPolicy = {
            LaunchTemplate: { Overrides: [{ LaunchTemplateSpecification: by(account, "4") }] },
          }),
      ],
      [
        "fleet fleet-x",
        (account: Account) =>
          account.ec2.fleets.push({
            id: "fleet-x",
            kind: "ec2",
            state: "active",
            type: "maintain",
            specifications: [{ LaunchTemplateName: "web", Version: "4" }],
          }),
      ],
      [
        "instance refresh refresh-1 of group web",
        (account: Account) =>
          account.autoscaling.instanceRefreshes.set("web", [
            {
              InstanceRefreshId: "refresh-1",
              AutoScalingGroupName: "web",
              Status: "InProgress",
              DesiredConfiguration: { LaunchTemplate: by(account, "4") },
            },
          ]),
      ],
    ] as const) {
      it(`objects to one that ${who} refers to by its number`, () => {
        const { account } = afterNights(4, "template");
        change(account);
        expect(remove(account, ["4"])).to.contain(`${who} refers to it`);
      });
    }
    it("objects to one that a roll-back would need", () => {
      const { account, left } = afterNights(4, "template");
      expect(remove(account, ["6"])).to.contain(
        `it names image ${left[2].imageId}, and it is one of the newest 2 images that were rolled out, ` +
          "the group launched its image before",
      );
    });
  });
});

describe("a night that is watched", function () {
  before(() => sharedPython());

  /** Deregisters the other team's image, and then an image that nothing is the matter with. */
  const runbook = ({ ec2 }: Account) => `
schemaVersion: "0.3"
assumeRole: arn:aws:iam::111122223333:role/nightly
parameters:
  InstanceId: { type: String, default: ${goldenId} }
  AutoScalingGroupName: { type: String, default: web }
mainSteps:
  - name: vandal
    action: aws:executeAwsApi
    inputs:
      Service: ec2
      Api: DeregisterImage
      ImageId: ${ec2.imagesNamed("other-team")[0].ImageId}
`;
  const watched = (...faults: string[]) =>
    nightly({
      runbook,
      faults,
      hooks: (account) => ({ watch: (run) => watchDeletions(account, CONFIGURED, run) }),
    });
  const offence = /^image ami-\S+ must not be deleted: it is not the runbooks' own, group other-team refers/;

  it("collects what was deleted and should not have been, which the verification tells", async () => {
    const { account, nights, runs } = await watched();
    const [run] = runs;
    expect(run.offences).to.have.length(1);
    expect(run.offences[0]).to.match(offence);
    expect(checkOf(account, nights[0])).to.deep.include({ ok: false, detail: run.offences[0] });
  });

  for (const kind of ["error-after", "no-answer-after"]) {
    it(`does so also where the answer is lost (${kind})`, async () => {
      const { runs } = await watched(`ec2:DeregisterImage:${kind}`);
      expect(runs[0].offences[0]).to.match(offence);
    });
  }
  for (const kind of ["denied", "error", "no-answer"]) {
    it(`does not where nothing was done (${kind})`, async () => {
      const { account, nights, runs } = await watched(`ec2:DeregisterImage:${kind}`);
      expect(runs[0].offences).to.deep.equal([]);
      expect(checkOf(account, nights[0])).to.deep.include({ ok: true, detail: "0 deletions" });
    });
  }

  it("does not blame the run for what somebody else deleted", async () => {
    const { runs } = await nightly({
      faults: ["image-vanishes"],
      hooks: (account) => ({ watch: (run) => watchDeletions(account, CONFIGURED, run) }),
    });
    expect(runs[0].offences).to.deep.equal([]);
  });

  const checkOf = (account: Account, night: Night) =>
    verifyNight(account, night, CONFIGURED, standing(account)).find(({ check }) =>
      check.startsWith("nothing was deleted"),
    );

  it("counts of one call only the versions that it did delete", () => {
    const { account, call } = afterNights(4, "template");
    const run = { offences: [] as string[], executionId: "x" } as unknown as Run;
    const watch = watchDeletions(account, CONFIGURED, run)((_service, api, params) => call(api, params));
    const { LaunchTemplateId } = template(account);
    const remove = (...Versions: string[]) =>
      watch("ec2", "DeleteLaunchTemplateVersions", { LaunchTemplateId, Versions });
    account.ec2.versionDeletionFailure = "no";
    remove("3", "4");
    expect(run.offences).to.deep.equal([]);
    delete account.ec2.versionDeletionFailure;
    expect(() => remove("1", "3")).to.throw();
    expect(run.offences).to.deep.equal([]);
    remove("3", "4", "99");
    expect(run.offences).to.deep.equal([
      "version 3 of launch template web must not be deleted: it is not the runbooks' own.",
    ]);
  });
});
