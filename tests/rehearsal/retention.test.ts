import { expect } from "chai";
import type { Account } from "../../rehearsal/account/account";
import type { Image } from "../../rehearsal/account/ec2/shapes";
import { AwsError } from "../../rehearsal/account/errors";
import { addGroup } from "../../rehearsal/account/world/groups";
import { addLaunchConfiguration } from "../../rehearsal/account/world/launchConfigurations";
import { addLaunchTemplate, contents } from "../../rehearsal/account/world/launchTemplates";
import { addInstance, addOwnImage } from "../../rehearsal/account/world/machines";
import type { SourceKind } from "../../rehearsal/account/world/sourceKinds";
import type { Run } from "../../rehearsal/nights";
import { addVersion, earlier, earlierNights, imageOf } from "./history";
import {
  answering,
  GOLDEN,
  golden,
  GROUP,
  group,
  launchedNow,
  madeImages,
  refresh,
  sentence,
  START,
  template,
  type Wanted,
} from "./refresh";
import { sharedPython } from "./python";

const nightsFrom = (count: number) =>
  Array.from({ length: count }, (_, index) => new Date(START.getTime() + index * 24 * 3600 * 1000));
const DAY = 24 * 3600 * 1000;
/** An output that has nothing to say has the one word "none": what Automation makes of an empty list is not known. */
const listed = (run: Run, name: string) =>
  (run.outputs[`report.${name}`] as string[]).filter((one) => one !== "none");
const retired = (run: Run) => listed(run, "Retired");
const kept = (run: Run) => listed(run, "Kept");
const snapshotsOf = ({ BlockDeviceMappings }: Image) => BlockDeviceMappings.map(({ Ebs }) => Ebs.SnapshotId);
const ownSnapshots = (account: Account) =>
  account.ec2.allSnapshots().filter(({ Tags }) => Tags.some(({ Value }) => Value === GROUP));
const deletions = ({ calls }: Run) => calls.filter(({ api }) => /^(Delete|Deregister)/.test(api));
const succeeded = (run: Run) => expect(run.status, sentence(run)).to.equal("Success");

/** What an image of ours that is old enough to go has been put into use by. */
const USES: Record<
  string,
  { use: (account: Account, image: Image) => void; why: RegExp; source?: SourceKind }
> = {
  "a group on a launch configuration of others": {
    use: (account, { ImageId: imageId }) => {
      const source = addLaunchConfiguration(account, { name: "theirs", imageId, daysOld: 3 });
      addGroup(account, { name: "theirs", size: 0, daysOld: 3, source });
    },
    why: /used by Auto Scaling group theirs/,
  },
  "a launch configuration of others that no group uses": {
    use: (account, { ImageId: imageId }) => {
      addLaunchConfiguration(account, { name: "web_by_hand", imageId, daysOld: 3 });
    },
    why: /used by launch configuration web_by_hand/,
  },
  "another group on a launch configuration of ours": {
    use: (account, { Name }) => {
      const source = { LaunchConfigurationName: Name.replace(GOLDEN, "web") };
      addGroup(account, { name: "theirs", size: 0, daysOld: 3, source });
    },
    why: /used by Auto Scaling group theirs/,
  },
  "a numbered version that another group pins": {
    use: (account, { ImageId: imageId }) => {
      const versions = [contents({ imageId, role: "x" }), contents({ imageId: other(account), role: "x" })];
      const refer = addLaunchTemplate(account, { name: "theirs", daysOld: 3, versions, defaultVersion: 2 });
      addGroup(account, { name: "theirs", size: 0, daysOld: 3, source: { LaunchTemplate: refer("1") } });
    },
    why: /used by Auto Scaling group theirs/,
  },
  "an EC2 fleet on a numbered version, by the template's name": {
    use: (account, { ImageId: imageId }) => {
      addFleet(account, imageId, "ec2");
      const [specification] = account.ec2.fleets.at(-1)!.specifications;
      delete specification.LaunchTemplateId;
    },
    why: /used by fleet fleet-/,
  },
  "a numbered version in an override": {
    use: (account, { ImageId: imageId }) => {
      const versions = [contents({ imageId, role: "x" }), contents({ imageId: other(account), role: "x" })];
      const refer = addLaunchTemplate(account, { name: "theirs", daysOld: 3, versions, defaultVersion: 2 });
      mixedGroup(account, refer("2"), [
        { InstanceType: "t3.small", LaunchTemplateSpecification: refer("1") },
      ]);
    },
    why: /used by Auto Scaling group theirs/,
  },
  "an image id in an override": {
    use: (account, { ImageId }) => {
      const versions = [contents({ imageId: other(account), role: "x" })];
      const refer = addLaunchTemplate(account, { name: "theirs", daysOld: 3, versions, defaultVersion: 1 });
      mixedGroup(account, refer("1"), [{ InstanceType: "t3.small", ImageId }]);
    },
    why: /used by Auto Scaling group theirs/,
  },
  "the default version of a template that nobody refers to": {
    use: (account, { ImageId: imageId }) => {
      const versions = [contents({ imageId, role: "x" }), contents({ imageId: other(account), role: "x" })];
      addLaunchTemplate(account, { name: "theirs", daysOld: 3, versions, defaultVersion: 1 });
    },
    why: /used by the default or latest version of launch template lt-/,
  },
  "the latest version of a template that nobody refers to": {
    use: (account, { ImageId: imageId }) => {
      const versions = [contents({ imageId: other(account), role: "x" }), contents({ imageId, role: "x" })];
      addLaunchTemplate(account, { name: "theirs", daysOld: 3, versions, defaultVersion: 1 });
    },
    why: /used by the default or latest version of launch template lt-/,
  },
  "an EC2 fleet on a numbered version": {
    use: (account, { ImageId: imageId }) => addFleet(account, imageId, "ec2"),
    why: /used by fleet fleet-/,
  },
  "a Spot fleet on a numbered version": {
    use: (account, { ImageId: imageId }) => addFleet(account, imageId, "spot"),
    why: /used by Spot fleet /,
  },
  "a running instance": {
    use: (account, { ImageId: imageId }) => {
      addInstance(account, { id: account.ids.next("i"), imageId, daysOld: 1, tags: [] });
    },
    why: /used by instance i-/,
  },
  "a stopped instance, as in a warm pool": {
    use: (account, { ImageId: imageId }) => {
      const { instance } = addInstance(account, { id: account.ids.next("i"), imageId, daysOld: 1, tags: [] });
      instance.State = { Code: 80, Name: "stopped" };
    },
    why: /used by instance i-/,
  },
  "a parameter of Systems Manager, which EC2 reports": {
    use: ({ ec2, place }, { ImageId }) => {
      const Arn = `arn:aws:ssm:${place.region}:${place.accountId}:parameter/golden`;
      ec2.otherImageReferences.push({ ImageId, ResourceType: "ssm:Parameter", Arn });
    },
    why: /used by arn:aws:ssm:ap-northeast-1:123456789012:parameter\/golden/,
  },
  "a newer version of any template that is neither default nor latest, which EC2 reports": {
    use: (account, { ImageId: imageId }) => {
      const none = contents({ imageId: other(account), role: "x" });
      const versions = [none, contents({ imageId, role: "x" }), none];
      addLaunchTemplate(account, { name: "theirs", daysOld: 3, versions, defaultVersion: 1 });
    },
    why: /used by arn:aws:ec2:ap-northeast-1:123456789012:launch-template\/lt-/,
  },
  "a newer version of our template that is not ours, which EC2 reports": {
    source: "template",
    use: (account, { ImageId: imageId }) => {
      addVersion(account, { imageId, description: "by hand" });
      addVersion(account, { imageId: other(account) });
    },
    why: /used by arn:aws:ec2:ap-northeast-1:123456789012:launch-template\/lt-/,
  },
  "a numbered version of ours that another group pins": {
    source: "template",
    use: (account, { ImageId }) => {
      const found = [...template(account).versions.values()].find(
        ({ LaunchTemplateData }) => LaunchTemplateData.ImageId === ImageId,
      );
      const { LaunchTemplateId, LaunchTemplateName } = template(account);
      const Version = String(found?.VersionNumber);
      const source = { LaunchTemplate: { LaunchTemplateId, LaunchTemplateName, Version } };
      addGroup(account, { name: "theirs", size: 0, daysOld: 3, source });
      addVersion(account, { imageId: other(account) });
    },
    why: /used by Auto Scaling group theirs/,
  },
  "another account that it is shared with": {
    use: ({ ec2 }, { ImageId }) => ec2.launchPermissions.set(ImageId, [{ UserId: "210987654321" }]),
    why: /shared with 210987654321/,
  },
  "the golden instance, which was launched from it": {
    use: (account, { ImageId }) => (golden(account).ImageId = ImageId),
    why: /the golden instance was launched from it/,
  },
  "its tag ami-refresh:keep": {
    use: (_account, image) => image.Tags.push({ Key: "ami-refresh:keep", Value: "" }),
    why: /it has the tag ami-refresh:keep/,
  },
};

/** An image that is nobody's business here. */
function other(account: Account): string {
  return account.ec2.allImages().find(({ Name }) => Name === "other-team")?.ImageId ?? "";
}

function mixedGroup(account: Account, base: object, overrides: object[]): void {
  const LaunchTemplate = { LaunchTemplateSpecification: base, Overrides: overrides };
  addGroup(account, {
    name: "theirs",
    size: 0,
    daysOld: 3,
    source: { MixedInstancesPolicy: { LaunchTemplate } },
  });
}

function addFleet(account: Account, imageId: string, kind: "ec2" | "spot"): void {
  const versions = [contents({ imageId, role: "x" }), contents({ imageId: other(account), role: "x" })];
  const refer = addLaunchTemplate(account, { name: "theirs", daysOld: 3, versions, defaultVersion: 2 });
  account.ec2.fleets.push({
    id: `${kind === "ec2" ? "fleet" : "sfr"}-${account.ids.uuid()}`,
    kind,
    state: "active",
    type: "maintain",
    specifications: [refer("1")],
  });
}

describe("retention", function () {
  this.timeout(60_000);
  before(() => sharedPython());

  for (const launchSource of [
    "configuration",
    "template",
    "template-default",
    "template-latest",
    "mixed",
  ] as const) {
    it(`keeps the newest images, and what names them, of a group on ${launchSource}`, async () => {
      const { account, runs, checks } = await refresh({
        launchSource,
        args: { retainImages: 3, retainLaunchConfigurations: 2 },
        starts: nightsFrom(7),
      });
      expect(checks.filter(({ ok }) => !ok)).to.deep.equal([]);
      expect(madeImages(account).map(({ Name }) => Name)).to.deep.equal(
        ["27", "28", "29", "30"].map((day) => `${GOLDEN}_2026-11-${day}`),
      );
      expect(ownSnapshots(account)).to.have.length(4);
      const made = [...account.autoscaling.launchConfigurations.keys()].filter((name) =>
        /^web_20/.test(name),
      );
      expect(made).to.deep.equal(
        launchSource === "configuration" ? ["28", "29", "30"].map((day) => `web_2026-11-${day}`) : [],
      );
      for (const name of { mixed: ["web", "web-large"], configuration: [] }[launchSource as "mixed"] ?? [
        "web",
      ]) {
        const ours = [...template(account, name).versions.values()].filter(({ VersionDescription = "" }) =>
          VersionDescription.startsWith("web_20"),
        );
        expect(ours, name).to.have.length(4);
      }
      expect(runs.map((run) => retired(run).filter((what) => what.startsWith("image")).length)).to.deep.equal(
        [0, 0, 0, 0, 1, 1, 1].map((count, index) => (index < 4 ? 0 : count)),
      );
      expect(runs.flatMap(kept)).to.deep.equal([]);
    });
  }

  for (const [what, { use, why, source }] of Object.entries(USES)) {
    it(`keeps what is used by ${what}, whatever its age`, async () => {
      let oldest: Image | undefined;
      const wanted: Wanted = {
        launchSource: source,
        args: { retainImages: 1, allowSharedTemplate: true },
        world: (account) => {
          [oldest] = earlierNights(account, 3);
          use(account, oldest);
        },
      };
      const { account, run } = await refresh(wanted);
      succeeded(run);
      const { ImageId } = oldest as Image;
      expect(imageOf(account, ImageId).State).to.equal("available");
      expect(
        snapshotsOf(imageOf(account, ImageId)).map((id) => account.ec2.snapshot(id)?.State),
      ).to.deep.equal(["completed"]);
      expect(kept(run).join()).to.match(new RegExp(`^image ${ImageId} \\(${why.source}`));
      // Of the others one is the newest that was rolled out, and one never was.
      expect(retired(run).filter((one) => one.startsWith("image"))).to.have.length(1);
      expect(String(run.outputs["report.Summary"])).to.contain(`kept against its age: image ${ImageId} (`);
    });
  }

  it("does not count a terminated instance, a deleted fleet or an old version that nothing names", async () => {
    const { run } = await refresh({
      args: { retainImages: 1 },
      world: (account) => {
        const [{ ImageId: imageId }] = earlierNights(account, 3);
        const { instance } = addInstance(account, {
          id: account.ids.next("i"),
          imageId,
          daysOld: 1,
          tags: [],
        });
        instance.State = { Code: 48, Name: "terminated" };
        addFleet(account, imageId, "ec2");
        account.ec2.fleets.splice(-1, 1, { ...account.ec2.fleets.at(-1)!, state: "deleted_running" });
        // Older than the ten newest versions, which is how deep EC2 looks.
        const found = template(account, "theirs");
        for (let number = 3; number < 14; number++) {
          addVersion(account, { imageId: other(account), name: found.LaunchTemplateName });
        }
      },
    });
    expect(kept(run)).to.deep.equal([]);
    expect(retired(run).filter((what) => what.startsWith("image"))).to.have.length(2);
  });

  it("asks EC2 for references of ten images at a time, and not at all where boto3 does not know how", async () => {
    for (const knows of [true, false]) {
      const { run } = await refresh({
        args: { retainImages: 1 },
        world: (account) => {
          earlierNights(account, 14);
          account.ec2.knowsImageReferences = knows;
        },
      });
      succeeded(run);
      const asked = run.calls.filter(({ api }) => api === "DescribeImageReferences");
      expect(asked.map(({ params }) => (params.ImageIds as string[]).length)).to.deep.equal(
        knows ? [10, 3] : [],
      );
      expect(retired(run).filter((what) => what.startsWith("image"))).to.have.length(13);
      // Its summary names ten of the 39 things, and the output all of them.
      expect(retired(run)).to.have.length(3 * 13);
      expect(run.outputs["report.Summary"]).to.match(
        /; retired: launch configuration [^,]+,(.*,){8}.* and 29 more\.$/,
      );
    }
  });

  it("takes the launch configurations of images that stay for another reason, but for the newest", async () => {
    const { run, account } = await refresh({
      args: { retainImages: 1 },
      world: (account) => {
        for (const image of earlierNights(account, 6)) {
          addInstance(account, { id: account.ids.next("i"), imageId: image.ImageId, daysOld: 1, tags: [] });
        }
      },
    });
    succeeded(run);
    expect(madeImages(account)).to.have.length(7);
    expect(retired(run).every((what) => what.startsWith("launch configuration web_2026-11-"))).to.equal(true);
    // Two that were rolled out, and the new one.
    expect(
      [...account.autoscaling.launchConfigurations.keys()].filter((name) => /^web_20/.test(name)),
    ).to.deep.equal(["21", "22", "24"].map((day) => `web_2026-11-${day}`));
  });

  it("takes the images of failed runs away, and keeps those that were rolled out", async () => {
    const { account, runs } = await refresh({
      args: { retainImages: 2 },
      starts: nightsFrom(6),
      faults: ["autoscaling:CreateLaunchConfiguration:denied@3", "image-fails@4", "image-vanishes@5"],
    });
    expect(runs.map(({ status }) => status)).to.deep.equal([
      "Success",
      "Success",
      "Failed",
      "Failed",
      "Failed",
      "Success",
    ]);
    expect(madeImages(account).map(({ Name }) => Name.slice(-2))).to.deep.equal(["24", "25", "29"]);
    expect(ownSnapshots(account)).to.have.length(3);
  });

  it("takes a backlog in several nights, in the time that a script has", async () => {
    const { runs, account } = await refresh({
      args: { retainImages: 2 },
      starts: nightsFrom(3),
      world: (account) => void earlierNights(account, 300),
    });
    runs.forEach(succeeded);
    const [first, second, third] = runs;
    expect(first.calls.filter(({ api }) => api === "DeregisterImage")).to.have.length(150);
    expect(retired(first).at(-1)).to.equal("and 351 more");
    expect(first.outputs["report.Summary"]).to.contain(" and 440 more; kept against its age: ");
    expect(kept(first)).to.have.length(100);
    expect(kept(first)[0]).to.match(/^image ami-\w+ \(its turn comes in a later run\)$/);
    expect(first.calls.filter(({ step }) => step === "retire").length * 0.3).to.be.lessThan(400);
    expect(second.calls.filter(({ api }) => api === "DeregisterImage").length).to.be.within(140, 150);
    expect(kept(third)).to.deep.equal([]);
    expect(madeImages(account)).to.have.length(3);
  });

  it("keeps what the group launched before what it launches now, though it is not one of the newest", async () => {
    for (const launchSource of ["configuration", "template"] as const) {
      const { runs, account } = await refresh({
        launchSource,
        args: { retainImages: 2 },
        starts: nightsFrom(7),
        faults: ["ec2:CreateImage:denied@7"],
        after: ({ name }, account, { night: number }) => {
          if (number === 5 && name === "report") {
            // A person rolls back by two, while an instance of the newest runs.
            const [, , third] = madeImages(account).slice(-3);
            const images = madeImages(account);
            const [back] = images.slice(-3);
            addInstance(account, { id: account.ids.next("i"), imageId: third.ImageId, daysOld: 0, tags: [] });
            if (launchSource === "configuration") {
              group(account).LaunchConfigurationName = back.Name.replace(GOLDEN, "web");
            } else {
              const versions = [...template(account).versions.values()];
              const found = versions.find(
                ({ LaunchTemplateData }) => LaunchTemplateData.ImageId === back.ImageId,
              );
              group(account).LaunchTemplate!.Version = String(found?.VersionNumber);
            }
          }
        },
      });
      expect(runs.map(({ status }) => status).slice(5)).to.deep.equal(["Success", "Failed"]);
      const previous = String(runs[5].outputs["report.PreviousImageId"]);
      expect(imageOf(account, previous).State).to.equal("available");
      if (launchSource === "configuration") {
        const name = String(runs[5].outputs["report.PreviousLaunchConfigurationName"]);
        expect(account.autoscaling.launchConfigurations.has(name)).to.equal(true);
      }
    }
  });

  it("leaves alone what only looks like ours", async () => {
    let decoys: string[] = [];
    const { account, run } = await refresh({
      args: { retainImages: 1 },
      world: (account) => {
        const [first, , third] = earlierNights(account, 3);
        const copy = (changes: Partial<Image>): string => {
          const ImageId = account.ids.next("ami");
          account.ec2.addImage({ ...structuredClone(first), ImageId, ...changes });
          return ImageId;
        };
        const tagsOf = (value: string) =>
          first.Tags.map((tag) =>
            tag.Key === "ami-refresh:auto-scaling-group" ? { ...tag, Value: value } : tag,
          );
        decoys = [
          copy({ Name: `${GOLDEN}_2026-01-01`, SourceInstanceId: undefined }),
          copy({ Name: `${GOLDEN}_2026-01-02`, SourceInstanceId: "i-0000000000000000f" }),
          copy({ Name: `${GOLDEN}_2026-01-03-copy` }),
          copy({ Name: `copy of ${first.Name}` }),
          copy({ Name: `${GOLDEN}_2026-01-04`, Tags: [] }),
          copy({ Name: `${GOLDEN}_2026-01-05`, Tags: tagsOf("web-group-2") }),
        ];
        // Launch configurations: another form of name, and our form with an image that is not ours.
        addLaunchConfiguration(account, { name: "web_2026-01-01_x", imageId: third.ImageId, daysOld: 300 });
        addLaunchConfiguration(account, { name: "web_2026-01-01", imageId: other(account), daysOld: 300 });
        // A snapshot with our tag that CreateImage did not make.
        account.ec2.addSnapshot({
          ...account.ec2.snapshot(snapshotsOf(first)[0])!,
          SnapshotId: "snap-0123456789abcdef0",
          Description: "copied",
        });
      },
    });
    succeeded(run);
    expect(decoys.filter((id) => account.ec2.image(id) === undefined)).to.deep.equal([]);
    expect(account.autoscaling.launchConfigurations.has("web_2026-01-01_x")).to.equal(true);
    expect(account.autoscaling.launchConfigurations.has("web_2026-01-01")).to.equal(true);
    expect(account.ec2.snapshot("snap-0123456789abcdef0")).to.not.equal(undefined);
    // The copies use the first image's snapshot; the third image is what web_2026-01-01_x names.
    expect(retired(run).filter((what) => what.startsWith("image"))).to.have.length(1);
    expect(kept(run).join()).to.match(/snapshot snap-\w+ \(An error occurred \(InvalidSnapshot\.InUse\)/);
  });

  it("knows the old images of a golden instance that was replaced", async () => {
    const { run } = await refresh({
      args: { retainImages: 1 },
      world: (account) => {
        const source = addInstance(account, {
          id: "i-0aaaaaaaaaaaaaaa0",
          imageId: other(account),
          daysOld: 90,
          tags: [],
        });
        const tags = [{ Key: "ami-refresh:auto-scaling-group", Value: GROUP }];
        addOwnImage(account, { name: "i-0aaaaaaaaaaaaaaa0_2026-10-01", daysOld: 54, source, tags });
      },
    });
    expect(retired(run).map((what) => what.split(" ")[0])).to.deep.equal(["image", "snapshot"]);
  });

  describe("goes on past what cannot be deleted, and reports it:", () => {
    const old = (account: Account) => earlierNights(account, 3);

    it("an image that is protected against deregistration", async () => {
      const { run, account } = await refresh({
        args: { retainImages: 1 },
        world: (account) => (old(account)[0].DeregistrationProtection = "enabled-without-cooldown"),
      });
      succeeded(run);
      expect(kept(run).map((what) => what.replace(/ami-\w+/, "AMI"))).to.deep.equal([
        "image AMI (it is protected against deregistration)",
      ]);
      expect(retired(run).filter((what) => what.startsWith("image"))).to.have.length(1);
      expect(madeImages(account)).to.have.length(3);
    });

    it("an image that a policy of its own protects, as long as others may be deleted", async () => {
      for (const count of [3, 2]) {
        const { run } = await refresh({
          // Of two nights only the last is not kept.
          args: { retainImages: 1 },
          world: (account) => void earlierNights(account, count),
          faults: ["ec2:DeregisterImage:denied@1.1"],
        });
        if (count === 3) {
          succeeded(run);
          expect(kept(run)).to.have.length(1);
          expect(kept(run)[0]).to.match(/^image ami-\w+ \(An error occurred \(UnauthorizedOperation\)/);
          expect(retired(run).filter((what) => what.startsWith("image"))).to.have.length(1);
        } else {
          expect([run.status, run.steps.at(-1)?.name]).to.deep.equal(["Failed", "retire"]);
          expect(sentence(run)).to.contain("UnauthorizedOperation");
        }
      }
    });

    it("an image whose deletion a policy forbids explicitly, night after night", async () => {
      let held = "";
      const { runs, account } = await refresh({
        args: { retainImages: 1 },
        starts: nightsFrom(5),
        world: (fresh) => (held = earlierNights(fresh, 3)[0].ImageId),
        account: (fresh) =>
          answering(fresh, (api, { ImageId }) => {
            if (api === "DeregisterImage" && ImageId === held) {
              const words = "You are not authorized, with an explicit deny in a service control policy.";
              throw new AwsError("UnauthorizedOperation", words, 403);
            }
            return undefined;
          }),
      });
      runs.forEach(succeeded);
      expect(runs.every((run) => kept(run)[0].includes("explicit deny"))).to.equal(true);
      expect(imageOf(account, held).State).to.equal("available");
      expect(madeImages(account)).to.have.length(3);
    });

    it("versions that an answer lists as not deleted", async () => {
      const { run } = await refresh({
        launchSource: "template",
        args: { retainImages: 1 },
        world: (account) => {
          old(account);
          addVersion(account, { imageId: launchedNow(account)[0].imageId ?? "" });
          account.ec2.versionDeletionFailure = "not now";
        },
      });
      succeeded(run);
      expect(kept(run)).to.have.length(2);
      expect(kept(run)[0]).to.match(/^version \d+ of launch template lt-\w+ \(not now\)$/);
      expect(retired(run)).to.deep.equal([]);
    });

    it("a snapshot that another image uses, and one without our tag", async () => {
      const { run, account } = await refresh({
        args: { retainImages: 1 },
        world: (account) => {
          const [first, , second] = old(account);
          account.ec2.addImage({ ...first, ImageId: "ami-0000000000000000f", Name: "theirs", Tags: [] });
          account.ec2.snapshot(snapshotsOf(second)[0])!.Tags = [];
        },
      });
      succeeded(run);
      expect(kept(run)).to.have.length(2);
      expect(kept(run)[0]).to.match(/^snapshot snap-\w+ \(.*InvalidSnapshot\.InUse/);
      expect(kept(run)[1]).to.match(/^snapshot snap-\w+ \(it does not have our tag\)$/);
      expect(madeImages(account)).to.have.length(2);
    });

    it("and takes what an earlier run left half done", async () => {
      const { run, account } = await refresh({
        args: { retainImages: 1 },
        world: (account) => {
          const [first, , second] = old(account);
          account.ec2.removeImage(first.ImageId);
          account.autoscaling.launchConfigurations.delete(second.Name.replace(GOLDEN, "web"));
        },
      });
      succeeded(run);
      expect(kept(run)).to.deep.equal([]);
      expect(ownSnapshots(account)).to.have.length(2);
      expect(
        [...account.autoscaling.launchConfigurations.keys()].filter((name) => /^web_20/.test(name)),
      ).to.have.length(2);
    });

    it("with what named it, which takes no place of what is kept", async () => {
      const { run, account } = await refresh({
        args: { retainImages: 3 },
        world: (account) => {
          const [, , , fourth] = earlierNights(account, 5);
          account.ec2.removeImage(fourth.ImageId);
        },
      });
      succeeded(run);
      expect(
        [...account.autoscaling.launchConfigurations.keys()].filter((name) => /^web_20/.test(name)),
      ).to.deep.equal(["19", "20", "24"].map((day) => `web_2026-11-${day}`));
    });

    it("also the versions of an image that a person deregistered, but not one that a group pins", async () => {
      for (const pinned of [false, true]) {
        const { run, account } = await refresh({
          launchSource: "template",
          args: { retainImages: 1, allowSharedTemplate: true },
          world: (account) => {
            const [first] = old(account);
            account.ec2.removeImage(first.ImageId);
            addVersion(account, { imageId: other(account) });
            const { LaunchTemplateId, LaunchTemplateName } = template(account);
            const Version = pinned ? "4" : "2";
            const source = { LaunchTemplate: { LaunchTemplateId, LaunchTemplateName, Version } };
            addGroup(account, { name: "theirs", size: 0, daysOld: 3, source });
          },
        });
        succeeded(run);
        expect(template(account).versions.has(4)).to.equal(pinned);
        expect(kept(run).map((what) => what.replace(/ami-\w+/, "AMI"))).to.deep.equal(
          pinned ? ["image AMI (used by Auto Scaling group theirs)"] : [],
        );
        expect(ownSnapshots(account)).to.have.length(pinned ? 3 : 2);
      }
    });

    it("but a snapshot whose image is not shown yet, or that has the tag ami-refresh:keep, stays", async () => {
      const { run, account } = await refresh({
        world: (account) => {
          const [first, second] = old(account);
          const [one, two] = [first, second].map((image) => account.ec2.snapshot(snapshotsOf(image)[0])!);
          account.ec2.removeImage(first.ImageId);
          account.ec2.removeImage(second.ImageId);
          account.ec2.addSnapshot(one, new Date(START.getTime() + DAY));
          two.Tags.push({ Key: "ami-refresh:keep", Value: "yes" });
        },
      });
      succeeded(run);
      expect(kept(run)).to.have.length(1);
      expect(kept(run)[0]).to.match(/^snapshot snap-\w+ \(it has the tag ami-refresh:keep\)$/);
      expect(ownSnapshots(account)).to.have.length(3);
    });
  });

  it("ends the run before an image is made where it cannot read what it must know", async () => {
    for (const api of [
      "DescribeInstances",
      "DescribeFleets",
      "DescribeImageReferences",
      "DescribeImageAttribute",
    ]) {
      const { run, account } = await refresh({
        args: { retainImages: 1 },
        world: (fresh) => void earlierNights(fresh, 2),
        account: (fresh) =>
          answering(fresh, (called, params, usual) => {
            if (called === api && params.InstanceIds === undefined) {
              throw new Error("unexpected");
            }
            return usual();
          }),
      }).catch((error: Error) => ({
        run: { status: error.message, calls: [] as Run["calls"] },
        account: undefined,
      }));
      expect(run.status, api).to.equal("unexpected");
      expect(account).to.equal(undefined);
    }
    for (const fault of [
      "ec2:DescribeFleets:denied",
      "ec2:DeregisterImage:denied",
      "ec2:DeleteSnapshot:denied",
    ]) {
      const { run, account } = await refresh({
        args: { retainImages: 1 },
        world: (fresh) => void earlierNights(fresh, 2),
        faults: [fault],
      });
      expect([run.status, run.steps.at(-1)?.name], fault).to.deep.equal(["Failed", "retire"]);
      expect(run.calls.some(({ api }) => api === "CreateImage")).to.equal(false);
      expect(group(account).LaunchConfigurationName).to.equal(`${GROUP}-initial`);
    }
  });

  it("makes room for a launch configuration where the account is full of ours", async () => {
    const { run } = await refresh({
      world: (account) => {
        earlierNights(account, 5);
        account.autoscaling.quotas.launchConfigurations = account.autoscaling.launchConfigurations.size;
      },
    });
    succeeded(run);
    const full = await refresh({
      world: (account) =>
        (account.autoscaling.quotas.launchConfigurations = account.autoscaling.launchConfigurations.size),
    });
    expect(sentence(full.run)).to.contain("This account has all of the");
    expect(full.run.steps.at(-1)?.name).to.equal("retire");
  });

  it("does nothing where it is turned off, and then has no permission to", async () => {
    const { run, account } = await refresh({
      args: { retire: false, retainImages: 1 },
      world: (fresh) => void earlierNights(fresh, 5),
    });
    succeeded(run);
    expect(deletions(run)).to.deep.equal([]);
    expect(madeImages(account)).to.have.length(6);
    const overridden = await refresh({
      args: { retire: false },
      byHand: [{ runbook: "runbook", parameters: { Retire: ["true"] } }],
    });
    expect(sentence(overridden.run)).to.contain("values for Retire that the permissions were not made for");
  });

  it("refuses to keep none", async () => {
    for (const name of ["RetainImages", "RetainLaunchConfigurations"]) {
      const { run } = await refresh({ byHand: [{ runbook: "runbook", parameters: { [name]: ["0"] } }] });
      expect(sentence(run)).to.contain(`${name} 0 is too small: at least 1 is kept`);
      expect(run.steps.at(-1)?.name).to.equal("retire");
    }
  });

  it("keeps the image of a run that is not finished", async () => {
    const { run } = await refresh({
      args: { retainImages: 1 },
      world: (account) => {
        const executionId = account.ids.uuid();
        earlier(account, { daysOld: 1, executionId });
        account.ssm.addExecution({
          AutomationExecutionId: executionId,
          DocumentName: "pasted",
          DocumentVersion: "1",
          AutomationExecutionStatus: "InProgress",
          ExecutionStartTime: account.clock.now(),
          ExecutedBy: "somebody",
          Parameters: {},
        });
      },
    });
    succeeded(run);
    expect(kept(run)).to.have.length(1);
    expect(kept(run)[0]).to.contain("the run that made it is not finished");
  });

  describe("in a dry run", () => {
    for (const launchSource of ["configuration", "mixed"] as const) {
      it(`reads, decides, reports and changes nothing, for ${launchSource}`, async () => {
        let before: unknown;
        const wanted: Wanted = {
          launchSource,
          args: { retainImages: 1 },
          world: (account) => {
            const [first] = earlierNights(account, 3);
            first.Tags.push({ Key: "ami-refresh:keep", Value: "" });
            if (launchSource === "mixed") {
              addVersion(account, { imageId: other(account) });
            }
          },
        };
        const { run, account } = await refresh({
          ...wanted,
          byHand: [{ runbook: "runbook", parameters: { DryRun: ["true"] } }],
          account: (fresh) => (before = fresh.snapshotState()),
        });
        succeeded(run);
        expect(account.snapshotState()).to.deep.equal(before);
        expect(run.calls.filter(({ api }) => !/^(Describe|Get)/.test(api))).to.deep.equal([]);
        expect(run.steps.map(({ name }) => name)).to.deep.equal([
          "preflight",
          "launchSource",
          "retire",
          "chooseDryRun",
          "report",
        ]);
        const real = await refresh(wanted);
        expect(retired(run)).to.deep.equal(retired(real.run)).and.not.deep.equal([]);
        expect(kept(run)).to.deep.equal(kept(real.run)).and.have.length(1);
        expect(run.outputs["report.ImageId"]).to.equal("none");
        expect(run.outputs["report.ImageName"]).to.equal(`${GOLDEN}_2026-11-24`);
        expect(run.outputs["report.Summary"]).to.match(
          new RegExp(
            `^Dry run, and nothing was changed: a run would make image ${GOLDEN}_2026-11-24 of golden instance ${GOLDEN} ` +
              `what Auto Scaling group ${GROUP} launches in place of .*, and retire .*image ami-\\w+, snapshot snap-\\w+; ` +
              `kept against its age: image ami-\\w+ \\(it has the tag ami-refresh:keep\\)\\.$`,
          ),
        );
      });
    }
  });
});
