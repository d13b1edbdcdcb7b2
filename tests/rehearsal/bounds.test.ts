import { expect } from "chai";
import type { Account } from "../../rehearsal/account/account";
import { boundChecks, type Check, countsOf, type NightCounts } from "../../rehearsal/verification";
import type { Night } from "../../rehearsal/nights/run";
import { addInstance } from "../../rehearsal/account/world/machines";
import {
  addConfiguration,
  addImage,
  addVersion,
  afterNights,
  CONFIGURED,
  group,
  image,
  template,
} from "./afterNights";

const checks = (account: Account, nights: NightCounts[] = []): Check[] =>
  boundChecks(account, CONFIGURED, nights);
const failing = (account: Account, nights?: NightCounts[]) =>
  checks(account, nights)
    .filter(({ ok }) => !ok)
    .map(({ check }) => check);

const IMAGES = "at most 3 images are the runbooks'";
const SNAPSHOTS = "each snapshot that the runbooks made belongs to an image that exists";
const CONFIGURATIONS = "at most 3 launch configurations are the runbooks'";
const VERSIONS = "at most 3 versions of each launch template are the runbooks'";

describe("the bounds of what the runbooks keep", () => {
  it("hold where it keeps one more than it retains, and say what there is", () => {
    const { account } = afterNights(3);
    expect(checks(account)).to.deep.equal([
      { check: IMAGES, ok: true, detail: "3 images" },
      { check: SNAPSHOTS, ok: true, detail: "3 snapshots" },
      { check: CONFIGURATIONS, ok: true, detail: "3 launch configurations" },
      { check: VERSIONS, ok: true, detail: "there are none" },
    ]);
    expect(checks(afterNights(3, "template").account).at(-1)).to.deep.equal({
      check: VERSIONS,
      ok: true,
      detail: "3 versions of launch template web",
    });
  });

  it("do not count what is not the runbooks'", () => {
    const { account } = afterNights(3);
    addImage(account, 50, undefined, "other-team");
    expect(failing(account)).to.deep.equal([]);
  });

  it("are checked only where something is retired", () => {
    expect(boundChecks(afterNights(9).account, { ...CONFIGURED, retire: false }, [])).to.deep.equal([]);
  });

  it("fail where there is an image more, rolled out or not, or a launch configuration", () => {
    expect(failing(afterNights(4).account)).to.deep.equal([IMAGES, CONFIGURATIONS]);
    const { account } = afterNights(3);
    addImage(account, 1);
    expect(failing(account)).to.deep.equal([IMAGES]);
  });

  it("do not count what failed less than 12 hours ago, and name it", () => {
    const { account } = afterNights(3);
    const failed = addImage(account, 0.4);
    const name = addConfiguration(account, failed, 0.4);
    expect(failing(account)).to.deep.equal([]);
    const [images, , configurations] = checks(account);
    expect(images.detail).to.match(/^3 images, and beside these i-\S+, because it is younger than 12 hours$/);
    expect(configurations.detail).to.contain(`beside these ${name}, because it is younger than 12 hours`);
    account.clock.advance(3 * 60 * 60);
    expect(failing(account)).to.deep.equal([IMAGES, CONFIGURATIONS]);

    const templates = afterNights(3, "template");
    addVersion(templates.account, addImage(templates.account, 0.4), 0.4);
    addVersion(templates.account, templates.newest, 0.4);
    expect(failing(templates.account)).to.deep.equal([]);
    templates.account.clock.advance(3 * 60 * 60);
    expect(failing(templates.account)).to.deep.equal([IMAGES, VERSIONS]);
  });

  it("count what was rolled out less than 12 hours ago, as far as it is one of the newest", () => {
    const { account, left, newest } = afterNights(3);
    addImage(account, 0.4, newest.imageId);
    expect(failing(account)).to.deep.equal([]);
    addImage(account, 30, left[0].imageId);
    expect(failing(account)).to.deep.equal([IMAGES]);
  });

  it("do not count what the group launched before, where that is none of the newest", () => {
    const { account, oldest, newest } = afterNights(4);
    image(account, newest.imageId).Tags.find(({ Key }) => Key === "ami-refresh:previous-image")!.Value =
      oldest.imageId;
    expect(failing(account)).to.deep.equal([]);
    expect(checks(account)[0].detail).to.contain("because the group launched it before");
  });

  it("count of each image the newest version alone, for each roll-back makes one", () => {
    const { account, left } = afterNights(3, "template");
    addVersion(account, left[1], 1);
    expect(failing(account)).to.deep.equal([]);
  });

  it("fail where there is a version more", () => {
    const { account } = afterNights(4, "template");
    expect(failing(account)).to.deep.equal([IMAGES, VERSIONS]);
    expect(checks(account).at(-1)?.detail).to.equal("4 versions of launch template web");
  });

  it("fail where a snapshot is left over", () => {
    const { account, oldest } = afterNights(3);
    account.ec2.removeImage(oldest.imageId);
    const [, snapshots] = checks(account);
    expect(snapshots).to.deep.equal({
      check: SNAPSHOTS,
      ok: false,
      detail: `${oldest.snapshotId} was made for ${oldest.imageId}, which does not`,
    });
    const snapshot = account.ec2.snapshot(oldest.snapshotId)!;
    const { StartTime } = snapshot;
    snapshot.StartTime = account.clock.now();
    expect(failing(account)).to.deep.equal([]);
    Object.assign(snapshot, { StartTime, Tags: [{ Key: "ami-refresh:keep", Value: "" }, ...snapshot.Tags] });
    expect(failing(account)).to.deep.equal([]);
  });

  it("do not count what somebody else keeps, and name it", () => {
    const { account, left } = afterNights(4);
    addInstance(account, { id: "i-0aaaaaaaaaaaaaaaa", imageId: left[0].imageId, daysOld: 1, tags: [] });
    group(account, "other-team").LaunchConfigurationName = `web_${left[0].date}`;
    expect(failing(account)).to.deep.equal([]);
    const [images, , configurations] = checks(account);
    expect(images.detail).to.equal(
      `3 images, and beside these i-0123456789abcdef0_${left[0].date}, because group other-team refers to it`,
    );
    expect(configurations.detail).to.match(
      /^3 launch configurations, and beside these web_\S+, because group other-team refers to it$/,
    );
  });

  it("do not count what is protected, or what a version of somebody else's names", () => {
    const { account, left } = afterNights(5);
    image(account, left[0].imageId).DeregistrationProtection = "enabled-without-cooldown";
    const others = template(account, "other-team-batch").versions.get(1)!;
    template(account, "other-team-batch").versions.set(2, {
      ...others,
      VersionNumber: 2,
      LaunchTemplateData: { ...others.LaunchTemplateData, ImageId: left[1].imageId },
    });
    template(account, "other-team-batch").versions.set(3, { ...others, VersionNumber: 3 });
    expect(checks(account)[0].detail).to.match(
      /^3 images, and beside these \S+, because it is protected against deregistration; \S+, because version 2 of launch template other-team-batch names it$/,
    );
  });

  it("do not count a version that somebody else refers to, or whose image somebody keeps", () => {
    const { account, left } = afterNights(5, "template");
    const { LaunchTemplateId } = template(account);
    group(account, "other-team-batch").LaunchTemplate = { LaunchTemplateId, Version: "4" };
    addInstance(account, { id: "i-0aaaaaaaaaaaaaaaa", imageId: left[1].imageId, daysOld: 1, tags: [] });
    expect(failing(account)).to.deep.equal([]);
    expect(checks(account).at(-1)?.detail).to.equal(
      "3 versions of launch template web, and beside these version 4, because group other-team-batch refers to it; " +
        "version 5, because instance i-0aaaaaaaaaaaaaaaa runs on it",
    );
  });

  it("count what the group itself refers to, whoever else does", () => {
    const { account, newest } = afterNights(4);
    addInstance(account, { id: "i-0aaaaaaaaaaaaaaaa", imageId: newest.imageId, daysOld: 1, tags: [] });
    expect(failing(account)).to.deep.equal([IMAGES, CONFIGURATIONS]);
  });

  it("count what can never be retired any more because its image is gone", () => {
    const { account, left, oldest } = afterNights(4);
    account.ec2.removeImage(oldest.imageId);
    expect(failing(account)).to.deep.equal([SNAPSHOTS, CONFIGURATIONS]);
    const made = afterNights(3, "template");
    const gone = addImage(made.account, 1);
    addVersion(made.account, gone, 1);
    addVersion(made.account, made.newest, 1);
    made.account.ec2.removeImage(gone.imageId);
    made.account.ec2.removeSnapshot(gone.snapshotId);
    expect(failing(made.account)).to.deep.equal([VERSIONS]);
    // One of another form is somebody's own.
    addConfiguration(account, { ...left[0], date: "by-hand" }, 1);
    expect(checks(account)[2].detail).to.equal("4 launch configurations");
  });
});

describe("the bound of what a night costs", () => {
  const nights = (calls: (number: number) => number, count = 40): NightCounts[] =>
    Array.from({ length: count }, (_, index) => ({
      number: index + 1,
      status: "Success",
      calls: calls(index + 1),
    }));
  const costs = (given: NightCounts[]) => checks(afterNights(1).account, given).slice(4);

  it("compares the last night with the thirtieth", () => {
    expect(costs(nights((number) => (number < 30 ? 1 : 50)))).to.deep.equal([
      {
        check: "night 40 made at most 1.1 times the calls of night 30",
        ok: true,
        detail: "50 calls, and 50",
      },
    ]);
  });
  it("fails where the nights grow", () => {
    expect(costs(nights((number) => number))).to.deep.include({
      check: "night 40 made at most 1.1 times the calls of night 30",
      ok: false,
      detail: "40 calls, and 30",
    });
    expect(costs(nights((number) => (number === 40 ? 55 : 50)))[0].ok).to.equal(true);
    expect(costs(nights((number) => (number === 40 ? 56 : 50)))[0].ok).to.equal(false);
  });
  it("is none of thirty nights or fewer", () => {
    expect(costs(nights(() => 50, 30))).to.deep.equal([]);
    expect(costs([])).to.deep.equal([]);
  });
  it("compares nights that succeeded only", () => {
    const given = nights((number) => 50 + number);
    given[29].status = "Failed";
    given[39].status = "Cancelled";
    expect(costs(given)[0].check).to.equal("night 39 made at most 1.1 times the calls of night 31");
  });
  it("remembers of a night the number of calls of all its runs, and whether all succeeded", () => {
    const night = (...statuses: string[]) =>
      ({ number: 7, runs: statuses.map((status) => ({ status, calls: [{}, {}] })) }) as unknown as Night;
    expect(countsOf(night("Success", "Failed", "TimedOut"))).to.deep.equal({
      number: 7,
      status: "Failed",
      calls: 6,
    });
    expect(countsOf(night("Success", "Success"))).to.deep.equal({ number: 7, status: "Success", calls: 4 });
  });
});
