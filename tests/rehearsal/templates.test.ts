import { expect } from "chai";
import type { Account } from "../../rehearsal/account/account";
import type { MixedInstancesPolicy } from "../../rehearsal/account/autoscaling/shapes";
import type { LaunchTemplateData } from "../../rehearsal/account/ec2/launchTemplateShapes";
import { addLaunchTemplate } from "../../rehearsal/account/world/launchTemplates";
import type { SourceKind } from "../../rehearsal/account/world/sourceKinds";
import {
  broken,
  GOLDEN,
  GROUP,
  golden,
  group,
  launchedNow,
  madeImages,
  refresh,
  runOf,
  runsOf,
  sentence,
  START,
  template,
  templateVersion,
  type Wanted,
} from "./refresh";
import { sharedPython } from "./python";

const TEMPLATES: SourceKind[] = ["template", "template-default", "template-latest", "mixed"];
const NEXT_DAY = new Date("2026-11-25T05:30:00Z");

/** Everything that the account's templates and groups say, to be compared. */
function standing({ ec2, autoscaling }: Account): unknown {
  return structuredClone([[...ec2.launchTemplates.values()], [...autoscaling.groups.values()]]);
}

function policy(account: Account): MixedInstancesPolicy {
  const found = group(account).MixedInstancesPolicy;
  if (found === undefined) {
    throw new Error("the group has no mixed instances policy");
  }
  return found;
}

const overrides = (account: Account) => policy(account).LaunchTemplate?.Overrides ?? [];

/** The contents that the group uses of its own template. */
function inUse(account: Account): LaunchTemplateData {
  const specification =
    group(account).LaunchTemplate ?? policy(account).LaunchTemplate?.LaunchTemplateSpecification;
  return templateVersion(account, specification?.Version).LaunchTemplateData;
}

/** Puts the golden instance's volume under a key, as whoever encrypts it does. */
function encrypt(account: Account, manager: "AWS" | "CUSTOMER"): string {
  const { Arn } = account.kms.addKey(manager);
  account.ec2.instances.get(GOLDEN)?.volumes.forEach((volume) => {
    Object.assign(volume, { Encrypted: true, KmsKeyId: Arn });
  });
  return Arn;
}

/** A fault in every attempt that boto3 makes for one call, and in none after it. */
const attempts = (fault: string): string[] => [1, 2, 3].map((attempt) => `${fault}@1.${attempt}`);

/** Gives an override of the mixed instances policy a template of which the group follows the latest version. */
function followLatest(account: Account): void {
  const versions = [{ ...inUse(account), InstanceType: "t3.large" }];
  const refer = addLaunchTemplate(account, { name: "web-latest", daysOld: 1, versions, defaultVersion: 1 });
  overrides(account)[1].LaunchTemplateSpecification = refer("$Latest");
}

/** Another group that launches from the group's template. */
function addFollower(account: Account, Version?: string): void {
  const other = account.autoscaling.groups.get("other-team");
  if (other !== undefined) {
    const { LaunchTemplateId, LaunchTemplateName } = template(account);
    other.LaunchTemplate = { LaunchTemplateId, LaunchTemplateName, Version };
    delete other.LaunchConfigurationName;
    delete other.MixedInstancesPolicy;
  }
}

function addFleet(account: Account, kind: "ec2" | "spot", Version: string, state = "active"): void {
  const { LaunchTemplateName } = template(account);
  const id = kind === "ec2" ? "fleet-0123" : "sfr-0123";
  account.ec2.fleets.push({
    id,
    kind,
    state,
    type: "maintain",
    specifications: [{ LaunchTemplateName, Version }],
  });
}

describe("a night with launch templates", () => {
  before(() => sharedPython());

  for (const launchSource of TEMPLATES) {
    describe(`(${launchSource})`, () => {
      it("gives what the group launches the new image, night after night, and changes nothing else", async () => {
        const { account, checks } = await refresh({ launchSource, starts: [START, NEXT_DAY] });
        expect(broken(checks)).to.deep.equal([]);
        const newest = madeImages(account).at(-1)?.ImageId;
        const architectures = launchedNow(account).map((one) => [one.architecture, one.imageId === newest]);
        expect(
          architectures.filter(([architecture]) => architecture === "x86_64").every(([, isNew]) => isNew),
        ).to.equal(true);
      });

      it("ends with the group as it was when AWS warns of the new version", async () => {
        let before: unknown;
        const { account, run } = await refresh({
          launchSource,
          account: (fresh) => {
            fresh.ec2.versionWarning = { Code: "x", Message: "The key pair 'gone' does not exist" };
            before = launchedNow(fresh);
          },
        });
        expect(run.status).to.equal("Failed");
        expect(sentence(run)).to.match(
          /is not to be launched \(The key pair 'gone' does not exist\), and the group does not refer to it/,
        );
        expect(launchedNow(account)).to.deep.equal(before);
      });

      it("ends with the group as it was when the new version names another image", async () => {
        let before: unknown;
        const { account, run } = await refresh({
          launchSource,
          account: (fresh) => {
            fresh.ec2.versionImage = golden(fresh).ImageId;
            before = launchedNow(fresh);
          },
        });
        expect(run.status).to.equal("Failed");
        expect(sentence(run)).to.match(/is not to be launched \(it names ami-\w+ and snapshots \[\]\)/);
        expect(launchedNow(account)).to.deep.equal(before);
      });

      it("leaves everything as somebody set it during the roll-out", async () => {
        let before: unknown;
        const { account, run } = await refresh({
          launchSource,
          after: ({ name }, during) => {
            if (name === "checkGroup") {
              group(during).LaunchConfigurationName = "hotfix";
              delete group(during).LaunchTemplate;
              delete group(during).MixedInstancesPolicy;
              before = standing(during);
            }
          },
        });
        expect(run.status).to.equal("Failed");
        expect(sentence(run)).to.match(/launches from changed during this run, and was left as it is/);
        expect(standing(account)).to.deep.equal(before);
      });

      it("works again after a night in which the group could not be changed", async () => {
        const api = {
          "template-default": "ec2:ModifyLaunchTemplate",
          "template-latest": "ec2:CreateLaunchTemplateVersion",
        };
        const fault = api[launchSource as keyof typeof api] ?? "autoscaling:UpdateAutoScalingGroup";
        const { account, nights } = await refresh({
          launchSource,
          starts: [START, NEXT_DAY],
          faults: [`${fault}:denied@1`],
        });
        expect(runsOf(nights, "create-image").map(({ status }) => status)).to.deep.equal([
          "Failed",
          "Success",
        ]);
        expect(launchedNow(account)[0].imageId).to.equal(madeImages(account).at(-1)?.ImageId);
      });
    });
  }

  describe("follows a number", () => {
    it("with a version made from the one in use, named as AWS wants it, and says so", async () => {
      const { account, night } = await refresh({ launchSource: "template" });
      const run = runOf(night, "roll-out");
      const [image] = madeImages(account);
      const { LaunchTemplateId: id } = template(account);
      const create = run.calls.find(({ api }) => api === "CreateLaunchTemplateVersion");
      expect(create?.params).to.deep.equal({
        LaunchTemplateId: id,
        SourceVersion: "2",
        VersionDescription: `web_2026-11-24 ${run.executionId}`,
        LaunchTemplateData: { ImageId: image.ImageId },
        ClientToken: `${run.executionId}-${id}-2`,
      });
      const update = run.calls.find(({ api }) => api === "UpdateAutoScalingGroup");
      expect(update?.params).to.deep.equal({
        AutoScalingGroupName: GROUP,
        LaunchTemplate: { LaunchTemplateId: id, Version: "4" },
      });
      expect(template(account).DefaultVersionNumber).to.equal(1);
      const before = String(run.outputs["report.PreviousImageId"]);
      expect(run.outputs).to.deep.equal({
        "report.Summary":
          `Auto Scaling group ${GROUP} now launches image ${image.ImageId} (${GOLDEN}_2026-11-24) through ` +
          `launch template ${id} version 4; before, it launched image ${before} through launch template web (${id}) version 2.`,
        "report.ImageId": image.ImageId,
        "report.ImageName": `${GOLDEN}_2026-11-24`,
        "report.LaunchTemplateVersions": [`${id} version 4`],
        "report.PreviousLaunchSource": `launch template web (${id}) version 2`,
        "report.PreviousImageId": before,
        "report.LeftAlone": "none",
        "report.Schedule": "as it was",
        "report.HandedOn": ["none"],
      });
    });

    it("and deletes a version that was made in vain", async () => {
      const { account, run } = await refresh({
        launchSource: "template",
        faults: ["autoscaling:UpdateAutoScalingGroup:denied"],
      });
      expect(run.status).to.equal("Failed");
      expect(group(account).LaunchTemplate?.Version).to.equal("2");
      expect([...template(account).versions.keys()]).to.deep.equal([1, 2, 3]);
    });
  });

  describe("follows $Default", () => {
    it("by moving the default, and does not touch the group", async () => {
      const { account, runs } = await refresh({ launchSource: "template-default" });
      expect(template(account).DefaultVersionNumber).to.equal(4);
      expect(group(account).LaunchTemplate?.Version).to.equal("$Default");
      expect(runs.flatMap(({ calls }) => calls).map(({ api }) => api)).to.not.include(
        "UpdateAutoScalingGroup",
      );
    });

    it("also where the group names no version", async () => {
      const { account, run } = await refresh({
        launchSource: "template-default",
        world: (account) => delete group(account).LaunchTemplate?.Version,
      });
      expect(run.status, sentence(run)).to.equal("Success");
      expect(template(account).DefaultVersionNumber).to.equal(4);
    });

    it("but not where somebody moved it during the run", async () => {
      const { account, run } = await refresh({
        launchSource: "template-default",
        after: ({ name }, during) => {
          if (name === "checkGroup") {
            template(during).DefaultVersionNumber = 3;
          }
        },
      });
      expect(sentence(run)).to.match(/The default version of launch template lt-\w+ changed during this run/);
      expect(template(account).DefaultVersionNumber).to.equal(3);
      expect(template(account).lastNumber).to.equal(3);
    });
  });

  describe("follows $Latest", () => {
    it("by making a version, and takes it back when the answer to making it did not come", async () => {
      const { account, run } = await refresh({
        launchSource: "template-latest",
        faults: ["ec2:CreateLaunchTemplateVersion:error-after"],
      });
      expect(run.status).to.equal("Failed");
      expect([...template(account).versions.keys()]).to.deep.equal([1, 2, 3]);
      expect(template(account).lastNumber).to.equal(4);
    });

    it("but not where somebody made one during the run", async () => {
      const { account, run } = await refresh({
        launchSource: "template-latest",
        after: ({ name }, during) => {
          if (name === "checkGroup") {
            const found = template(during);
            found.lastNumber += 1;
            found.versions.set(found.lastNumber, {
              ...templateVersion(during, "3"),
              VersionNumber: found.lastNumber,
            });
          }
        },
      });
      expect(sentence(run)).to.match(/The latest version of launch template lt-\w+ changed during this run/);
      expect([...template(account).versions.keys()]).to.deep.equal([1, 2, 3, 4]);
    });
  });

  describe("follows a mixed instances policy", () => {
    it("with two architectures: every place where its own image fits, and the rest reported", async () => {
      let before: MixedInstancesPolicy | undefined;
      const { account, night } = await refresh({
        launchSource: "mixed",
        account: (fresh) => (before = structuredClone(policy(fresh))),
      });
      const run = runOf(night, "roll-out");
      const [image] = madeImages(account);
      const sent = run.calls.find(({ api }) => api === "UpdateAutoScalingGroup")?.params.MixedInstancesPolicy;
      const wanted = structuredClone(before) as MixedInstancesPolicy;
      const specifications = [wanted.LaunchTemplate, ...(wanted.LaunchTemplate?.Overrides ?? [])];
      specifications.forEach((one) => delete one?.LaunchTemplateSpecification?.LaunchTemplateName);
      Object.assign(wanted.LaunchTemplate?.LaunchTemplateSpecification ?? {}, { Version: "4" });
      Object.assign(wanted.LaunchTemplate?.Overrides?.[4] ?? {}, { ImageId: image.ImageId });
      expect(sent).to.deep.equal(wanted);
      expect(template(account, "web-large").DefaultVersionNumber).to.equal(3);
      expect(template(account, "web-arm64").lastNumber).to.equal(1);
      expect(String(run.outputs["report.LeftAlone"])).to.match(
        /^override 3 \(t4g\.small\): launch template web-arm64 \(lt-\w+\) version 1 \(image ami-\w+\)$/,
      );
      expect(String(run.outputs["report.Summary"])).to.contain(
        "of another architecture and left alone: override 3",
      );
    });

    it("with the golden instance of the other architecture: that override, and the rest as it was", async () => {
      const { account, run } = await refresh({
        launchSource: "mixed",
        world: (fresh) => Object.assign(golden(fresh), { Architecture: "arm64", InstanceType: "t4g.small" }),
      });
      expect(run.status, sentence(run)).to.equal("Success");
      const newest = madeImages(account)[0].ImageId;
      expect(launchedNow(account).map((one) => [one.instanceType, one.imageId === newest])).to.deep.equal([
        ["t3.small", false],
        ["t3.large", false],
        ["m5.large", false],
        ["t4g.small", true],
        ["c5.large", false],
      ]);
      expect(template(account).lastNumber).to.equal(3);
    });

    it("whose base only lends its settings to overrides with images of their own", async () => {
      const { account, night } = await refresh({
        launchSource: "mixed",
        world: (fresh) => {
          const { ImageId } = inUse(fresh);
          const named = policy(fresh).LaunchTemplate ?? {};
          named.Overrides = ["t3.small", "m5.large"].map((InstanceType) => ({ InstanceType, ImageId }));
          delete inUse(fresh).ImageId;
        },
      });
      const run = runOf(night, "roll-out");
      expect(run.status, sentence(run)).to.equal("Success");
      const [image] = madeImages(account);
      expect(overrides(account).map(({ ImageId }) => ImageId)).to.deep.equal([image.ImageId, image.ImageId]);
      expect(template(account).lastNumber).to.equal(3);
      expect(run.outputs["report.Summary"]).to.contain(" through image ids of overrides; before, ");
    });

    it("without overrides", async () => {
      const { checks } = await refresh({
        launchSource: "mixed",
        world: (fresh) => delete policy(fresh).LaunchTemplate?.Overrides,
      });
      expect(broken(checks)).to.deep.equal([]);
    });
  });

  describe("puts back what it changed already", () => {
    describe("in a policy that refers to templates in all three ways,", () => {
      for (const call of ["autoscaling:UpdateAutoScalingGroup", "ec2:ModifyLaunchTemplate"]) {
        for (const kind of ["denied", "error-after", "no-answer-after"]) {
          it(`when ${call} fails by ${kind}`, async () => {
            let before: unknown;
            const { account, night, run } = await refresh({
              launchSource: "mixed",
              world: followLatest,
              faults: attempts(`${call}:${kind}`),
              account: (fresh) => (before = [launchedNow(fresh), group(fresh)]),
            });
            expect(run.status).to.equal("Failed");
            expect(sentence(run)).to.not.contain("could not be put back");
            expect([launchedNow(account), group(account)]).to.deep.equal(before);
            // What the group would launch at once is made last.
            const created = runOf(night, "roll-out").calls.filter(
              ({ api }) => api === "CreateLaunchTemplateVersion",
            );
            const { LaunchTemplateId } = template(account, "web-latest");
            expect(created.at(-1)?.params.LaunchTemplateId).to.equal(LaunchTemplateId);
          });
        }
      }

      it("and where nothing fails all of them follow", async () => {
        const { checks } = await refresh({ launchSource: "mixed", world: followLatest });
        expect(broken(checks)).to.deep.equal([]);
      });
    });

    it("and says what could not be put back", async () => {
      const { run } = await refresh({
        launchSource: "mixed",
        faults: ["ec2:ModifyLaunchTemplate:denied", "autoscaling:UpdateAutoScalingGroup:denied@1.2"],
      });
      expect(sentence(run)).to.match(
        /^Exception: The run failed \(.*ModifyLaunchTemplate.*\), and this could not be put back: Auto Scaling group web-group \(.*AccessDenied.*\); do so by hand\.$/,
      );
    });
  });

  describe("is refused by its roll-out, with everything as it was:", () => {
    const refusals: Record<string, Wanted & { says: RegExp }> = {
      "an image of another architecture than the present one": {
        launchSource: "template",
        account: (account) => Object.assign(golden(account), { Architecture: "arm64" }),
        says: /does not fit launch template web .* \(architecture arm64, but its image ami-\w+ has x86_64\): name another golden instance/,
      },
      "an image whose boot mode the instance type does not know": {
        launchSource: "template",
        account: (account) => {
          Object.assign(golden(account), { BootMode: "uefi" });
          inUse(account).InstanceType = "t2.micro";
        },
        says: /\(boot mode uefi, but t2\.micro has legacy-bios/,
      },
      "an image that nothing in a mixed instances policy could launch": {
        launchSource: "mixed",
        account: (account) => Object.assign(golden(account), { Architecture: "i386" }),
        says: /does not fit launch template web .* \(architecture i386/,
      },
      "a volume that is not to be encrypted, where the golden instance's is": {
        launchSource: "template",
        world: (account) => encrypt(account, "AWS"),
        account: (account) => {
          inUse(account).BlockDeviceMappings = [{ DeviceName: "/dev/xvda", Ebs: { Encrypted: false } }];
        },
        says: /says that \/dev\/xvda is not encrypted, but in image ami-\w+ it is: leave that out there/,
      },
      "a root device that the golden instance has under another name": {
        launchSource: "template",
        world: (account) => {
          golden(account).BlockDeviceMappings[0].DeviceName = "/dev/sda1";
          const volumes = account.ec2.instances.get(GOLDEN)?.volumes;
          const root = volumes?.get("/dev/xvda");
          if (volumes !== undefined && root !== undefined) {
            volumes.delete("/dev/xvda");
            volumes.set("/dev/sda1", root);
          }
        },
        says: /has \/dev\/xvda, which .* does not have, filled from snapshot snap-\w+/,
      },
      "a template whose image is a parameter": {
        launchSource: "template",
        account: (account) => (inUse(account).ImageId = "resolve:ssm:/images/web"),
        says: /takes its image from resolve:ssm:\/images\/web, which a version with an image id would no longer follow/,
      },
      "another group that follows the latest version": {
        launchSource: "template",
        account: (account) => addFollower(account, "$Latest"),
        says: /would also change what group other-team launches .* or set allowSharedTemplate and run pulumi up/,
      },
      "another group that follows the default version, as this one does": {
        launchSource: "template-default",
        account: (account) => addFollower(account, "$Default"),
        says: /would also change what group other-team launches/,
      },
      "a Spot fleet that follows the default version": {
        launchSource: "template-default",
        account: (account) => addFleet(account, "spot", "$Default"),
        says: /would also change what Spot fleet sfr-0123 launches/,
      },
      "a golden volume under a customer key that the present image does not use": {
        launchSource: "template",
        world: (account) => encrypt(account, "CUSTOMER"),
        says: /is under customer KMS key arn:aws:kms:.* which the present image does not use: .*customerKeyReady/,
      },
      "a group that has gone over to a launch configuration": {
        launchSource: "template",
        account: (account) => {
          delete group(account).LaunchTemplate;
          const [name] = account.autoscaling.launchConfigurations.keys();
          group(account).LaunchConfigurationName = name;
        },
        says: /launches from another kind of source now, but this runbook is for launch templates: run pulumi up/,
      },
    };
    for (const [what, { says, ...wanted }] of Object.entries(refusals)) {
      it(what, async () => {
        let before: unknown;
        const { account, run } = await refresh({
          ...wanted,
          account: (fresh) => {
            wanted.account?.(fresh);
            before = standing(fresh);
          },
        });
        expect(run.status).to.equal("Failed");
        expect(sentence(run)).to.match(says);
        expect(sentence(run)).to.match(/^Exception: [^\n]+\.$/);
        expect(standing(account)).to.deep.equal(before);
        expect(run.steps.at(-1)?.name).to.equal("rollOutFailed");
        expect(madeImages(account)[0].Tags.map(({ Key }) => Key)).to.not.include("ami-refresh:rolled-out");
      });
    }
  });

  describe("is denied what the permissions were not made for, which its roll-out explains, and launches what it did:", () => {
    const denials: Record<string, Wanted> = {
      "a group that names a number by now": {
        launchSource: "template-default",
        account: (account) => Object.assign(group(account).LaunchTemplate ?? {}, { Version: "2" }),
      },
      "an instance profile": {
        launchSource: "template",
        account: (account) => {
          account.iam.putInstanceProfile("other", "arn:aws:iam::123456789012:role/other");
          inUse(account).IamInstanceProfile = { Name: "other" };
        },
      },
      tags: {
        launchSource: "template",
        account: (account) => {
          inUse(account).TagSpecifications = [
            { ResourceType: "network-interface", Tags: [{ Key: "a", Value: "b" }] },
          ];
        },
      },
      "licences and capacity reservations": {
        launchSource: "template",
        account: (account) => {
          const group = "arn:aws:resource-groups:ap-northeast-1:123456789012:group/reserved";
          const license =
            "arn:aws:license-manager:ap-northeast-1:123456789012:license-configuration:lic-0123";
          Object.assign(inUse(account), {
            CapacityReservationSpecification: {
              CapacityReservationTarget: { CapacityReservationResourceGroupArn: group },
            },
            LicenseSpecifications: [{ LicenseConfigurationArn: license }],
          });
        },
      },
    };
    for (const [what, wanted] of Object.entries(denials)) {
      it(what, async () => {
        const { account, before, run } = await refresh(wanted);
        expect(run.status).to.equal("Failed");
        expect(sentence(run)).to.match(
          /^Exception: [^\n]*: run pulumi up, because the permissions follow what the group launches with[^\n]*\.$/,
        );
        expect(launchedNow(account)).to.deep.equal(before.get(GROUP)?.launches);
        expect([...template(account).versions.keys()]).to.deep.equal([1, 2, 3]);
      });
    }
  });

  describe("takes", () => {
    const taken: Record<string, Wanted> = {
      "a group that follows its template in another way by now, where the permissions allow that too": {
        launchSource: "template",
        account: (account) => {
          template(account).versions.delete(3);
          Object.assign(group(account).LaunchTemplate ?? {}, { Version: "$Latest" });
        },
      },
      "a shared template where that is allowed": {
        launchSource: "template-default",
        args: { allowSharedTemplate: true },
        account: (account) => {
          addFollower(account, "$Default");
          addFleet(account, "spot", "$Latest");
        },
      },
      "others that name a version by its number, or follow what does not move": {
        launchSource: "template",
        account: (account) => {
          addFollower(account, "$Default");
          addFleet(account, "ec2", "1");
        },
      },
      "a golden volume under a customer key that is ready": {
        launchSource: "template",
        args: { customerKeyReady: true },
        world: (account) => encrypt(account, "CUSTOMER"),
      },
      "a golden volume under AWS's own key": {
        launchSource: "template",
        world: (account) => encrypt(account, "AWS"),
      },
      "a golden volume under a customer key that the present image uses": {
        launchSource: "template",
        world: (account) => {
          const KmsKeyId = encrypt(account, "CUSTOMER");
          const image = account.ec2.visibleImage(inUse(account).ImageId ?? "");
          const ids = image?.BlockDeviceMappings.map(({ Ebs }) => Ebs?.SnapshotId);
          account.ec2
            .allSnapshots()
            .filter(({ SnapshotId }) => ids?.includes(SnapshotId))
            .forEach((snapshot) => Object.assign(snapshot, { Encrypted: true, KmsKeyId }));
        },
      },
      "larger volumes than the golden instance's": {
        launchSource: "template-latest",
        account: (account) => {
          inUse(account).BlockDeviceMappings = [
            { DeviceName: "/dev/xvda", Ebs: { VolumeSize: 100, SnapshotId: "snap-0stale" } },
            { DeviceName: "/dev/sdf", Ebs: { VolumeSize: 10 } },
          ];
        },
      },
    };
    for (const [what, wanted] of Object.entries(taken)) {
      it(what, async () => {
        const { run, account } = await refresh(wanted);
        expect(run.status, sentence(run)).to.equal("Success");
        expect(launchedNow(account)[0].imageId).to.equal(madeImages(account)[0].ImageId);
      });
    }

    it("no snapshot ids of the version before into the new one", async () => {
      const { account } = await refresh(taken["larger volumes than the golden instance's"]);
      expect(JSON.parse(JSON.stringify(inUse(account).BlockDeviceMappings))).to.deep.equal([
        { DeviceName: "/dev/xvda", Ebs: { VolumeSize: 100 } },
        { DeviceName: "/dev/sdf", Ebs: { VolumeSize: 10 } },
      ]);
    });
  });

  it("reads every page of groups and fleets", async () => {
    const { run } = await refresh({
      launchSource: "template",
      account: (account) => {
        account.ec2.longestPage = 1;
        addFleet(account, "ec2", "1");
        addFleet(account, "ec2", "$Latest");
        const [other] = [...account.autoscaling.groups.values()].slice(1);
        for (let number = 0; number < 120; number += 1) {
          const AutoScalingGroupName = `other-${number}`;
          account.autoscaling.groups.set(AutoScalingGroupName, { ...other, AutoScalingGroupName });
        }
        addFollower(account, "1");
        const { LaunchTemplateId } = template(account);
        Object.assign(account.autoscaling.groups.get("other-119") ?? {}, {
          LaunchConfigurationName: undefined,
          LaunchTemplate: { LaunchTemplateId, Version: "$Latest" },
        });
      },
    });
    expect(sentence(run)).to.match(/would also change what fleet fleet-0123, group other-119 launches/);
  });
});
