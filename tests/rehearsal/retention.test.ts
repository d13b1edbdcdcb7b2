import { isDeepStrictEqual } from "node:util";
import { expect } from "chai";
import type { Account } from "../../rehearsal/account/account";
import { AwsError } from "../../rehearsal/account/errors";
import type { Image } from "../../rehearsal/account/ec2/shapes";
import { addLaunchConfiguration } from "../../rehearsal/account/world/launchConfigurations";
import { sourceKinds } from "../../rehearsal/account/world/sourceKinds";
import type { Run } from "../../rehearsal/nights";
import { boundChecks, countsOf } from "../../rehearsal/verification";
import { addVersion, earlierNights, imageOf } from "./history";
import { launchNewest } from "./interventions";
import {
  answering,
  broken,
  configured,
  GOLDEN,
  GROUP,
  launchedNow,
  madeImages,
  refresh,
  rollBack,
  runOf,
  runsOf,
  sentence,
  START,
  template,
  type Wanted,
} from "./refresh";
import { deployable, failedChecks, Life } from "./rules";

const nightsFrom = (count: number) =>
  Array.from({ length: count }, (_, index) => new Date(START.getTime() + index * 24 * 3600 * 1000));
const RETIRE = [{ runbook: "retire" }];
const DRY_RUN = [{ runbook: "retire", parameters: { DryRun: ["true"] } }];

/** An output that has nothing to say has the one word "none". */
const listed = (run: Run, name: string) =>
  (run.outputs[`report.${name}`] as string[]).filter((one) => one !== "none");
const retired = (run: Run) => listed(run, "Retired");
const kept = (run: Run) => listed(run, "Kept");
const images = (texts: string[]) => texts.filter((what) => what.startsWith("image "));
const deletions = ({ calls }: Run) => calls.filter(({ api }) => /^(Delete|Deregister)/.test(api));
const statuses = (runs: Run[]) => runs.map(({ status }) => status);
const days = (account: Account) => madeImages(account).map(({ Name }) => Name.slice(-2));

const ownSnapshots = (account: Account) =>
  account.ec2.allSnapshots().filter(({ Tags }) => Tags.some(({ Value }) => Value === GROUP));
const ownConfigurations = ({ autoscaling }: Account) =>
  [...autoscaling.launchConfigurations.keys()].filter((name) => /^web_20/.test(name));
const ownVersions = (account: Account, name: string) =>
  [...template(account, name).versions.values()].filter(({ VersionDescription = "" }) =>
    VersionDescription.startsWith("web_20"),
  );

/** Names the templates of which a group has versions. */
const templatesOf = (launchSource: string): string[] =>
  ({ configuration: [], parameter: [], mixed: ["web", "web-large"] })[launchSource] ?? ["web"];

/** An image that is nobody's business here. */
function other(account: Account): string {
  return account.ec2.allImages().find(({ Name }) => Name === "other-team")?.ImageId ?? "";
}

/** So many nights were before, and the group launches the newest. */
function after(account: Account, count: number): Image[] {
  const earlier = earlierNights(account, count);
  launchNewest(account, earlier);
  return earlier;
}

/** One run of what retires, alone. */
async function retiring(wanted: Wanted): Promise<{ account: Account; run: Run }> {
  const { account, run, checks } = await refresh({ byHand: RETIRE, ...wanted });
  expect(broken(checks), sentence(run)).to.deep.equal([]);
  return { account, run };
}

describe("retention", () => {
  for (const launchSource of sourceKinds) {
    it(`keeps the newest images, and what names them, of a group on ${launchSource}`, async () => {
      const args = { retainImages: 3, retainLaunchConfigurations: 2 };
      const { account, nights, checks } = await refresh({ launchSource, args, starts: nightsFrom(7) });
      const bounds = boundChecks(account, configured({ args }), nights.map(countsOf));
      expect(broken([...checks, ...bounds])).to.deep.equal([]);
      // Of each night one, and the three that were the newest when it began.
      expect(days(account)).to.deep.equal(["27", "28", "29", "30"]);
      expect(ownSnapshots(account)).to.have.length(4);
      const names = ["28", "29", "30"].map((day) => `web_2026-11-${day}`);
      expect(ownConfigurations(account)).to.deep.equal(launchSource === "configuration" ? names : []);
      for (const name of templatesOf(launchSource)) {
        expect(ownVersions(account, name), name).to.have.length(4);
      }
      const runs = runsOf(nights, "retire");
      expect(runs.map((run) => images(retired(run)).length)).to.deep.equal([0, 0, 0, 0, 1, 1, 1]);
      expect(runs.flatMap(kept)).to.deep.equal([]);
    });
  }

  it("keeps every image for so many days, beside the newest ones, whatever became of its run", async () => {
    const args = { retainImages: 1, retainDays: 3 };
    const { account, nights, checks } = await refresh({
      args,
      starts: nightsFrom(7),
      faults: ["autoscaling:UpdateAutoScalingGroup:denied@5"],
    });
    const bounds = boundChecks(account, configured({ args }), nights.map(countsOf));
    expect(broken(bounds)).to.deep.equal([]);
    expect(broken(checks).filter(({ check }) => /delet/.test(check))).to.deep.equal([]);
    // The last night began a moment before the one of three days before was three days old.
    expect(days(account)).to.deep.equal(["27", "28", "29", "30"]);
    expect(runsOf(nights, "retire").flatMap(kept)).to.deep.equal([]);
  });

  it("takes the images of failed runs away, and keeps those that were rolled out", async () => {
    const { account, nights } = await refresh({
      args: { retainImages: 2 },
      starts: nightsFrom(6),
      faults: ["autoscaling:CreateLaunchConfiguration:denied@3", "image-fails@4", "image-vanishes@5"],
    });
    const made = [..."SSFFFS"].map((letter) => (letter === "S" ? "Success" : "Failed"));
    expect(statuses(runsOf(nights, "create-image"))).to.deep.equal(made);
    expect(runsOf(nights, "retire").map(sentence)).to.deep.equal(made.map(() => ""));
    expect(days(account)).to.deep.equal(["24", "25", "29"]);
    expect(ownSnapshots(account)).to.have.length(3);
  });

  it("keeps the account bounded while every roll-out fails, night after night", async () => {
    const { account, nights } = await refresh({
      args: { retainImages: 2 },
      world: (account) => void after(account, 2),
      starts: nightsFrom(4),
      faults: ["autoscaling:UpdateAutoScalingGroup:denied"],
    });
    expect(new Set(statuses(runsOf(nights, "create-image")))).to.deep.equal(new Set(["Failed"]));
    expect(new Set(statuses(runsOf(nights, "retire")))).to.deep.equal(new Set(["Success"]));
    expect(days(account)).to.deep.equal(["22", "23", "27"]);
    expect(ownConfigurations(account)).to.deep.equal(["22", "23", "27"].map((day) => `web_2026-11-${day}`));
    expect(ownSnapshots(account)).to.have.length(3);
  });

  it("takes a backlog in several nights, in the time that a script has", async () => {
    const { account, nights, checks } = await refresh({
      args: { retainImages: 2 },
      starts: nightsFrom(4),
      byHand: RETIRE,
      world: (account) => void after(account, 92),
    });
    expect(broken(checks)).to.deep.equal([]);
    const runs = runsOf(nights, "retire");
    const gone = runs.map(({ calls }) => calls.filter(({ api }) => api === "DeregisterImage").length);
    expect(gone).to.deep.equal([30, 30, 30, 0]);
    const [first, second, third] = runs;
    expect(first.outputs["report.Summary"]).to.contain(" and 80 more; kept against its age: ");
    expect(kept(first)[0]).to.match(/^image ami-\w+ \(its turn comes in a later run\)$/);
    expect(kept(second).at(0)).to.contain("its turn comes in a later run");
    expect(kept(third)).to.deep.equal([]);
    for (const { startedAt, endedAt } of runs) {
      expect((Date.parse(endedAt) - Date.parse(startedAt)) / 1000).to.be.lessThan(600);
    }
    expect(days(account)).to.deep.equal(["22", "23"]);
  });

  for (const launchSource of ["configuration", "template"] as const) {
    it(`keeps what a roll-back has left, however long no image is made (${launchSource})`, async () => {
      const back = { at: new Date(START.getTime() + 3.5 * 24 * 3600 * 1000), byHand: [rollBack()] };
      const [one, two, three, four, ...later] = nightsFrom(7);
      const { account, nights } = await refresh({
        launchSource,
        args: { retainImages: 1, retainLaunchConfigurations: 1 },
        starts: [one, two, three, four, back, ...later],
        faults: [5, 6, 7, 8].map((night) => `ec2:CreateImage:denied@${night}`),
      });
      expect(statuses(runsOf(nights, "create-image")).slice(4)).to.deep.equal(Array(3).fill("Failed"));
      expect(statuses(runsOf(nights, "retire"))).to.deep.equal(Array(7).fill("Success"));
      // It launches the third again, and what it launched before is one call away.
      expect(days(account)).to.deep.equal(["26", "27"]);
      expect(launchedNow(account)[0].imageId).to.equal(madeImages(account)[0].ImageId);
      const names = ["26", "27"].map((day) => `web_2026-11-${day}`);
      expect(ownConfigurations(account)).to.deep.equal(launchSource === "configuration" ? names : []);
    });
  }

  it("leaves alone what only looks like ours", async () => {
    let decoys: string[] = [];
    const { account, run } = await retiring({
      args: { retainImages: 1 },
      world: (account) => {
        const [first, second] = after(account, 4);
        const copy = (changes: Partial<Image>): string => {
          const ImageId = account.ids.next("ami");
          account.ec2.addImage({ ...structuredClone(first), ImageId, ...changes });
          return ImageId;
        };
        const otherGroup = first.Tags.map((tag) =>
          tag.Key === "ami-refresh:auto-scaling-group" ? { ...tag, Value: "web-group-2" } : tag,
        );
        decoys = [
          copy({ Name: `${GOLDEN}_2026-01-01`, SourceInstanceId: undefined }),
          copy({ Name: `${GOLDEN}_2026-01-02`, SourceInstanceId: "i-0000000000000000f" }),
          copy({ Name: `${GOLDEN}_2026-01-03-copy` }),
          copy({ Name: `copy of ${first.Name}` }),
          copy({ Name: `${GOLDEN}_2026-01-04`, Tags: [] }),
          copy({ Name: `${GOLDEN}_2026-01-05`, Tags: otherGroup }),
        ];
        // Launch configurations: another form of name, and our form with an image that is not ours.
        addLaunchConfiguration(account, { name: "web_2026-01-01_x", imageId: second.ImageId, daysOld: 300 });
        addLaunchConfiguration(account, { name: "web_2026-01-01", imageId: other(account), daysOld: 300 });
        // A snapshot with our tag that CreateImage did not make.
        const [{ Ebs }] = first.BlockDeviceMappings;
        const SnapshotId = "snap-0123456789abcdef0";
        account.ec2.addSnapshot({
          ...account.ec2.snapshot(Ebs.SnapshotId)!,
          SnapshotId,
          Description: "copied",
        });
      },
    });
    expect(decoys.filter((id) => account.ec2.image(id) === undefined)).to.deep.equal([]);
    expect(ownConfigurations(account)).to.include.members(["web_2026-01-01_x", "web_2026-01-01"]);
    expect(account.ec2.snapshot("snap-0123456789abcdef0")).to.not.equal(undefined);
    // The copies are made of the first image's snapshot, and the second is what web_2026-01-01_x names.
    expect(images(retired(run))).to.have.length(1);
    expect(kept(run).join()).to.match(/snapshot snap-\w+ \(An error occurred \(InvalidSnapshot\.InUse\)/);
  });

  it("does the same with a boto3 that knows less", async () => {
    const outcome = async (knows: boolean) => {
      const { account, run } = await retiring({
        args: { retainImages: 1 },
        world: (account) => {
          after(account, 4);
          account.ec2.knowsImageReferences = knows;
          account.ec2.knowsAssociatedSnapshots = knows;
        },
      });
      return { retired: retired(run), days: days(account), calls: deletions(run).map(({ api }) => api) };
    };
    const [known, unknown] = [await outcome(true), await outcome(false)];
    expect(unknown.retired).to.deep.equal(known.retired).and.have.length(6);
    expect(unknown.days).to.deep.equal(known.days);
    expect(known.calls).not.to.include("DeleteSnapshot");
    expect(unknown.calls).to.include("DeleteSnapshot");
  });

  describe("where something cannot be deleted", () => {
    it("goes on past an image whose deletion a policy forbids, night after night", async () => {
      let held = "";
      const { nights, account, checks } = await refresh({
        args: { retainImages: 1 },
        starts: nightsFrom(4),
        world: (fresh) => (held = after(fresh, 3)[0].ImageId),
        account: (fresh) =>
          answering(fresh, (api, { ImageId }) => {
            if (api === "DeregisterImage" && ImageId === held) {
              const words = "You are not authorized, with an explicit deny in a service control policy.";
              throw new AwsError("UnauthorizedOperation", words, 403);
            }
            return undefined;
          }),
      });
      expect(broken(checks)).to.deep.equal([]);
      const runs = runsOf(nights, "retire");
      expect(runs.map((run) => kept(run).length)).to.deep.equal([1, 1, 1, 1]);
      expect(runs.every((run) => kept(run)[0].startsWith(`image ${held} (`))).to.equal(true);
      expect(runs.every((run) => kept(run)[0].includes("explicit deny"))).to.equal(true);
      expect(imageOf(account, held).State).to.equal("available");
      // It, what the group launched before this night and before that, and what it launches now.
      expect(days(account)).to.deep.equal(["21", "25", "26", "27"]);
    });

    for (const fault of ["ec2:DescribeFleets:denied", "ec2:DeregisterImage:denied"]) {
      it(`fails, and the night's image is rolled out (${fault})`, async () => {
        const { night, account } = await refresh({
          args: { retainImages: 1 },
          world: (fresh) => void after(fresh, 3),
          faults: [fault],
        });
        const run = runOf(night, "retire");
        expect([run.status, run.steps.at(-1)?.name]).to.deep.equal(["Failed", "retire"]);
        expect(sentence(run)).to.contain("UnauthorizedOperation");
        expect(runOf(night, "create-image").status).to.equal("Success");
        expect(launchedNow(account)[0].imageId).to.equal(madeImages(account).at(-1)?.ImageId);
        expect(days(account)).to.deep.equal(["21", "22", "23", "24"]);
      });
    }
  });

  it("makes room for a launch configuration where the account is full of ours", async () => {
    const fill = ({ autoscaling }: Account) =>
      (autoscaling.quotas.launchConfigurations = autoscaling.launchConfigurations.size);
    const { checks } = await refresh({
      world: (account) => {
        after(account, 5);
        fill(account);
      },
    });
    expect(broken(checks)).to.deep.equal([]);
    const full = await refresh({ world: fill });
    expect(sentence(full.run)).to.contain("This account has all of the");
  });

  it("is nobody's work where it is turned off", async () => {
    const { night, account, checks } = await refresh({
      args: { retire: false, retainImages: 1 },
      world: (fresh) => void after(fresh, 5),
    });
    expect(broken(checks)).to.deep.equal([]);
    expect(night.runs.map(({ runbook }) => runbook)).to.deep.equal(["create-image", "roll-out"]);
    expect(night.runs.flatMap(deletions)).to.deep.equal([]);
    expect(madeImages(account)).to.have.length(6);
  });

  for (const launchSource of ["configuration", "mixed"] as const) {
    it(`says in a dry run what a run would do, and does nothing (${launchSource})`, async () => {
      let before: unknown;
      const wanted: Wanted = {
        launchSource,
        args: { retainImages: 1 },
        world: (account) => {
          const [first] = after(account, 4);
          first.Tags.push({ Key: "ami-refresh:keep", Value: "" });
          if (launchSource === "mixed") {
            addVersion(account, { imageId: other(account) });
          }
        },
      };
      const { run, account } = await retiring({
        ...wanted,
        byHand: DRY_RUN,
        account: (fresh) => (before = fresh.snapshotState()),
      });
      expect(isDeepStrictEqual(account.snapshotState(), before)).to.equal(true);
      expect(deletions(run)).to.deep.equal([]);
      const real = await retiring(wanted);
      expect(retired(run)).to.deep.equal(retired(real.run)).and.not.deep.equal([]);
      expect(kept(run)).to.deep.equal(kept(real.run)).and.have.length(1);
      expect(run.outputs["report.Summary"]).to.match(
        /^Dry run, and nothing was deleted: a run would retire .*image ami-\w+, snapshot snap-\w+; kept against its age: image ami-\w+ \(it has the tag ami-refresh:keep\)\.$/,
      );
    });
  }

  it("has the Recycle Bin keep for a while what it deletes, and nothing else", async () => {
    const { deployment, ...life } = await keeping(7);
    const kinds = { EC2_IMAGE: life.images, EBS_SNAPSHOT: life.snapshots };
    expect(deployment.binRules.map(({ resourceType }) => resourceType)).to.have.members(Object.keys(kinds));
    for (const { resourceType, resourceTags, retentionPeriod } of deployment.binRules) {
      const [{ resourceTagKey, resourceTagValue }, ...more] = resourceTags as Record<string, string>[];
      expect(more).to.deep.equal([]);
      const { ours, others } = kinds[resourceType];
      const isKept = ({ Tags }: Tagged) =>
        Tags.some(({ Key, Value }) => Key === resourceTagKey && Value === resourceTagValue);
      expect(ours.every(isKept), resourceType).to.equal(true);
      expect(others.some(isKept), resourceType).to.equal(false);
      expect(retentionPeriod).to.deep.equal({ retentionPeriodValue: 7, retentionPeriodUnit: "DAYS" });
    }
    expect((await keeping(undefined)).deployment.binRules).to.deep.equal([]);
  });
});

type Tagged = Pick<Image, "Tags">;

/** What is there after a night, ours and others'. */
async function keeping(recycleBinDays: number | undefined) {
  const life = new Life(await deployable({ args: { recycleBinDays } }));
  const { account, deployment } = life;
  const others = { images: account.ec2.allImages(), snapshots: account.ec2.allSnapshots() };
  expect(failedChecks(life.night())).to.deep.equal([]);
  const made = <T>(all: T[], were: T[]) => ({ ours: all.filter((one) => !were.includes(one)), others: were });
  const images = made<Tagged>(account.ec2.allImages(), others.images);
  const snapshots = made<Tagged>(account.ec2.allSnapshots(), others.snapshots);
  expect([images.ours.length, snapshots.ours.length]).to.deep.equal([1, 1]);
  return { deployment, images, snapshots };
}
