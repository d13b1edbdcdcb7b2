import { expect } from "chai";
import { writeDocument } from "../../components/document/fillIn";
import { loadRunbook, type RunbookName } from "../../components/document/load";
import type { Account } from "../../rehearsal/account/account";
import { addLaunchTemplate } from "../../rehearsal/account/world/launchTemplates";
import { sourceKinds } from "../../rehearsal/account/world/sourceKinds";
import type { Registered } from "../../rehearsal/deploy/program";
import {
  broken,
  GOLDEN,
  golden,
  GROUP,
  group,
  launched,
  launchedNow,
  madeImages,
  PROFILE_ROLE,
  refresh,
  runOf,
  runsOf,
  sentence,
  START,
  type Wanted,
} from "./refresh";
import { sharedPython } from "./python";

const NEXT_DAY = new Date("2026-11-25T05:30:00Z");
const hours = (count: number) => count * 3600;
const initialConfiguration = ({ autoscaling }: Account) => {
  const found = autoscaling.launchConfigurations.get(`${GROUP}-initial`);
  if (found === undefined) {
    throw new Error("the group's first launch configuration is gone");
  }
  return found;
};
/** A launch configuration with this name, as if somebody had made it. */
function takeName(account: Account, LaunchConfigurationName: string): void {
  const copy = { ...initialConfiguration(account), LaunchConfigurationName };
  account.autoscaling.launchConfigurations.set(LaunchConfigurationName, copy);
}

describe("a night", () => {
  before(() => sharedPython());

  describe("does the article's job:", () => {
    it("image, launch configuration, group, and every step succeeded", async () => {
      const { account, checks, night } = await refresh();
      expect(checks.map(({ check, ok }) => [check, ok])).to.deep.equal([
        [`image ${GOLDEN}_2026-11-24 is available`, true],
        ["launch configuration web_2026-11-24 names it", true],
        [`group ${GROUP} refers to web_2026-11-24`, true],
        ["what it launches is otherwise as the golden instance", true],
        ["its tag ami-refresh:rolled-out has the time of its roll-out", true],
        ["its tag ami-refresh:previous-image names what the group launched before", true],
        [`group ${GROUP} is otherwise as it was`, true],
        ["nothing that another group launches has changed", true],
        ["nothing was deleted that is not the runbooks' own, or that something uses", true],
        ["each runbook kept to its own work", true],
        ["every step succeeded", true],
      ]);
      expect(night.runs.map(({ runbook }) => runbook)).to.deep.equal(["create-image", "retire", "roll-out"]);
      const [{ ImageId: imageId }] = madeImages(account);
      const previous = initialConfiguration(account).ImageId;
      const rollOut = runOf(night, "roll-out");
      const now =
        `Auto Scaling group ${GROUP} now launches image ${imageId} (${GOLDEN}_2026-11-24) through launch configuration ` +
        `web_2026-11-24; before, it launched image ${previous} through launch configuration ${GROUP}-initial.`;
      expect(runOf(night, "create-image").outputs).to.deep.equal({
        "report.Summary": `Image ${imageId} (${GOLDEN}_2026-11-24) of golden instance ${GOLDEN} was made and rolled out: ${now}`,
        "report.ImageId": imageId,
        "report.ImageName": `${GOLDEN}_2026-11-24`,
        "report.RollOutExecutionId": rollOut.executionId,
        "report.EarlierRun": "none",
        "report.Unchanged": "none",
      });
      expect(rollOut.outputs).to.deep.equal({
        "report.Summary": now,
        "report.ImageId": imageId,
        "report.ImageName": `${GOLDEN}_2026-11-24`,
        "report.LaunchConfigurationName": "web_2026-11-24",
        "report.PreviousLaunchConfigurationName": `${GROUP}-initial`,
        "report.PreviousImageId": previous,
        "report.Schedule": "as it was",
        "report.HandedOn": ["none"],
      });
      expect(runOf(night, "retire").outputs).to.deep.equal({
        "report.Summary": "Retired: nothing.",
        "report.Retired": ["none"],
        "report.Kept": ["none"],
        "report.EarlierRun": "none",
      });
    });

    it("tags image and snapshots from the first moment, and the image when it is rolled out", async () => {
      const seen: unknown[] = [];
      const { account, run, night } = await refresh({
        args: { tags: { Team: "web", Cost: "a = b" } },
        after: ({ name }, during) => {
          if (name === "createImage") {
            seen.push(structuredClone(madeImages(during)[0].Tags));
          }
        },
      });
      const [image] = madeImages(account);
      const made = [
        { Key: "Cost", Value: "a = b" },
        { Key: "Team", Value: "web" },
        { Key: "ami-refresh:auto-scaling-group", Value: GROUP },
        { Key: "ami-refresh:source-instance", Value: GOLDEN },
        { Key: "ami-refresh:execution-id", Value: run.executionId },
      ];
      expect(seen).to.deep.equal([made]);
      const update = runOf(night, "roll-out").steps.find(({ name }) => name === "UpdateAutoScalingGroup");
      expect(image.Tags.slice(0, -2)).to.deep.equal(made);
      expect(image.Tags.at(-2)?.Value.slice(0, 16)).to.equal(update?.endedAt.slice(0, 16));
      expect(image.Tags.slice(-2).map(({ Key }) => Key)).to.deep.equal([
        "ami-refresh:rolled-out",
        "ami-refresh:previous-image",
      ]);
      expect(image.Tags.at(-1)?.Value).to.equal(initialConfiguration(account).ImageId);
      const snapshots = account.ec2
        .allSnapshots()
        .filter(({ Description }) => Description?.includes(image.ImageId));
      expect(snapshots.map(({ Tags }) => Tags)).to.deep.equal([made]);
    });

    it("and reboots the instance only where that is wanted", async () => {
      for (const reboot of [false, true]) {
        const { account } = await refresh({ args: { reboot } });
        expect(account.ec2.instances.get(GOLDEN)?.reboots).to.equal(reboot ? 1 : 0);
      }
    });

    it("of a stopped instance, and for a group whose name is as long as AWS allows", async () => {
      const long = "g".repeat(255);
      const { run, account } = await refresh({
        args: { autoScalingGroupName: long },
        world: ({ autoscaling }) => {
          const found = autoscaling.groups.get(GROUP);
          if (found !== undefined) {
            const AutoScalingGroupARN = found.AutoScalingGroupARN.replace(GROUP, long);
            autoscaling.groups.set(long, { ...found, AutoScalingGroupName: long, AutoScalingGroupARN });
          }
        },
        account: (fresh) => (golden(fresh).State = { Code: 80, Name: "stopped" }),
      });
      expect(run.status, sentence(run)).to.equal("Success");
      expect(madeImages(account)[0].Description).to.have.length(255);
    });

    it("and leaves everything that belongs to others as it was", async () => {
      let before: unknown;
      const decoys = (account: Account) => ({
        groups: [...account.autoscaling.groups.values()].filter(
          ({ AutoScalingGroupName: name }) => name !== GROUP,
        ),
        launchConfigurations: [...account.autoscaling.launchConfigurations.values()].filter(
          ({ LaunchConfigurationName: name }) => !name.startsWith("web_"),
        ),
        images: account.ec2.allImages().filter(({ Name }) => !Name.startsWith(`${GOLDEN}_`)),
        instances: [...account.ec2.instances.values()],
      });
      const { account } = await refresh({ account: (fresh) => (before = structuredClone(decoys(fresh))) });
      expect(decoys(account)).to.deep.equal(before);
    });

    it("also as its runbooks are printed, pasted, and started by hand one after the other", async () => {
      let imageId = "";
      const parametersOf = (runbook: string) => ({
        AutomationAssumeRole: [`arn:aws:iam::123456789012:role/${runbook}`],
        InstanceId: [GOLDEN],
        LaunchConfigPrefix: ["web"],
        AutoScalingGroupName: [GROUP],
        ...(runbook === "roll-out"
          ? { ImageId: [imageId], RuleName: ["nightly"] }
          : { RollOutDocumentName: ["roll-out"] }),
      });
      const { runs, account } = await refresh({
        registered: pasted,
        starts: ["create-image", "roll-out", "retire"].map((runbook, index) => ({
          at: new Date(START.getTime() + index * hours(1) * 1000),
          get byHand() {
            return [{ runbook, parameters: parametersOf(runbook) }];
          },
        })),
        after: (_step, { ec2 }) => (imageId = ec2.allImages().at(-1)?.ImageId ?? ""),
      });
      // The printed roll-out knows no group of its own: that of a stack needs nothing but an image.
      expect(sentence(runs[0])).to.match(
        /^Exception: The roll-out of image ami-\w+ was not started, and the group/,
      );
      expect(runs.slice(1).map(({ status }) => status)).to.deep.equal(["Success", "Success"]);
      expect(launched(account).ImageId).to.equal(imageId);
    });
  });

  describe("gives names", () => {
    it("with the time on a further run of the same day, both alike", async () => {
      const { account, checks, nights } = await refresh({
        starts: [START, new Date("2026-11-24T06:30:00Z"), NEXT_DAY],
      });
      expect(broken(checks)).to.deep.equal([]);
      const images = runsOf(nights, "create-image").map(({ outputs }) => String(outputs["report.ImageName"]));
      const configurations = runsOf(nights, "roll-out").map(({ outputs }) =>
        String(outputs["report.LaunchConfigurationName"]),
      );
      expect([images[0], images[2]]).to.deep.equal([`${GOLDEN}_2026-11-24`, `${GOLDEN}_2026-11-25`]);
      expect(images[1]).to.match(new RegExp(`^${GOLDEN}_2026-11-24_06\\.30\\.\\d\\d$`));
      expect(configurations).to.deep.equal(images.map((name) => name.replace(GOLDEN, "web")));
      expect(madeImages(account)).to.have.length(3);
    });

    it("with the time when a failed run has left an image of that day", async () => {
      const { nights } = await refresh({
        starts: [START, new Date("2026-11-24T08:30:00Z")],
        faults: ["autoscaling:UpdateAutoScalingGroup@1"],
      });
      const [first, second] = runsOf(nights, "create-image");
      expect([first.status, second.status]).to.deep.equal(["Failed", "Success"]);
      expect(second.outputs["report.ImageName"]).to.match(/_2026-11-24_08\.30\.\d\d$/);
    });

    it("with the time when only the launch configuration's name is taken", async () => {
      const { account, run } = await refresh({ account: (fresh) => takeName(fresh, "web_2026-11-24") });
      expect(run.outputs["report.ImageName"]).to.match(/_2026-11-24_05\.30\.\d\d$/);
      expect(launched(account).LaunchConfigurationName).to.match(/^web_2026-11-24_05\.30\.\d\d$/);
    });

    it("with the time when another group with the same instance and schedule was a moment faster", async () => {
      const { account, checks } = await refresh({
        after: ({ name }, { ec2 }) => {
          if (name === "checkGoldenInstance") {
            const [image] = ec2.allImages();
            const Name = `${GOLDEN}_2026-11-24`;
            ec2.addImage({ ...image, ImageId: "ami-0faster", Name, OwnerId: "123456789012" });
          }
        },
      });
      expect(broken(checks)).to.deep.equal([]);
      expect(launched(account).LaunchConfigurationName).to.match(/^web_2026-11-24_05\.30\.\d\d$/);
    });
  });

  describe("makes the launch configuration", () => {
    const made: Record<string, Wanted> = {
      "from the instance, with the new image's volumes where AWS takes those of the instance's own image": {
        args: { instanceProfileRoleArns: [PROFILE_ROLE] },
        account: ({ autoscaling }) => (autoscaling.blockDevicesFromInstance = "ofSourceImage"),
      },
      "from the instance, with a volume type that a launch configuration cannot name": {
        account: ({ ec2 }) => {
          for (const volume of ec2.instances.get(GOLDEN)?.volumes.values() ?? []) {
            Object.assign(volume, { VolumeType: "io2", Iops: 4000, Throughput: undefined });
          }
        },
      },
      "from the instance, whose metadata service is switched off": {
        account: (fresh) => {
          Object.assign(golden(fresh).MetadataOptions, {
            HttpEndpoint: "disabled",
            HttpPutResponseHopLimit: 1,
          });
        },
      },
      "from the group, whose settings stay": {
        args: { launchConfigurationFrom: "group" },
        account: (fresh) => {
          // The golden instance's own source image is of no matter here.
          golden(fresh).ImageId = "ami-0deregistered";
          Object.assign(launched(fresh), {
            InstanceType: "c5.large",
            KeyName: "fleet",
            SecurityGroups: ["sg-0fleet"],
            UserData: Buffer.from("#!/bin/sh\necho ü\n").toString("base64"),
            InstanceMonitoring: { Enabled: false },
            SpotPrice: "0.10",
            AssociatePublicIpAddress: false,
            PlacementTenancy: "dedicated",
            MetadataOptions: { HttpTokens: "optional", HttpEndpoint: "enabled", HttpPutResponseHopLimit: 1 },
            BlockDeviceMappings: [
              { DeviceName: "/dev/xvda", Ebs: { SnapshotId: "snap-0old", VolumeSize: 30, Encrypted: false } },
              { DeviceName: "/dev/sdb", VirtualName: "ephemeral0" },
              { DeviceName: "/dev/sdc", Ebs: { VolumeSize: 100, VolumeType: "st1" } },
            ],
          });
        },
      },
      "without an instance profile": { profile: false },
    };
    for (const [what, wanted] of Object.entries(made)) {
      it(what, async () => {
        const { account, checks } = await refresh(wanted);
        expect(broken(checks)).to.deep.equal([]);
        const [image] = madeImages(account);
        const { MetadataOptions, BlockDeviceMappings: devices = [] } = launched(account);
        expect(devices[0].Ebs?.SnapshotId).to.equal(image.BlockDeviceMappings[0].Ebs?.SnapshotId);
        if (wanted.args?.launchConfigurationFrom !== "group") {
          const { HttpEndpoint } = golden(account).MetadataOptions;
          expect(MetadataOptions?.HttpEndpoint).to.equal(HttpEndpoint);
        }
      });
    }
  });

  describe("ends before an image is made, and with the group as it was, when there is", () => {
    const refusals: Record<string, Wanted & { says: RegExp }> = {
      "no golden instance": {
        account: ({ ec2 }) => ec2.instances.delete(GOLDEN),
        says: /Golden instance i-0123456789abcdef0 does not exist in this Region: set instanceId/,
      },
      "a golden instance that is just stopping": {
        account: (account) => (golden(account).State = { Code: 64, Name: "stopping" }),
        says: /is stopping, but an image is taken of a running or stopped instance only/,
      },
      "a golden instance that is a member of the group": {
        account: (account) => (golden(account).Tags = [{ Key: "aws:autoscaling:groupName", Value: GROUP }]),
        says: /is a member of Auto Scaling group web-group, which may replace it at any time/,
      },
      "a group that is being deleted": {
        account: (account) => Object.assign(group(account), { Status: "Delete in progress" }),
        says: /Auto Scaling group web-group does not exist in this Region, or is being deleted: set autoScalingGroupName/,
      },
    };
    for (const [what, { says, ...wanted }] of Object.entries(refusals)) {
      it(what, async () => {
        const { account, night, run } = await refresh(wanted);
        expect(run.status).to.equal("Failed");
        expect(sentence(run)).to.match(says);
        expect(sentence(run)).to.match(/^Exception: [^\n]+\.$/);
        expect(madeImages(account)).to.deep.equal([]);
        expect(group(account).LaunchConfigurationName).to.equal(`${GROUP}-initial`);
        // Without the group nobody knows what it uses.
        expect(runOf(night, "retire").status).to.equal("Status" in group(account) ? "Failed" : "Success");
      });
    }
  });

  describe("is refused by its roll-out, whose sentence is its own, with the group as it was:", () => {
    const refusals: Record<string, Wanted & { says: RegExp }> = {
      "a group that has gone over to a launch template": {
        account: (account) => {
          const versions = [{ ImageId: launched(account).ImageId, InstanceType: "t3.small" }];
          const named = { name: "new", daysOld: 1, versions, defaultVersion: 1 };
          group(account).LaunchTemplate = addLaunchTemplate(account, named)("1");
          delete group(account).LaunchConfigurationName;
        },
        says: /launches from another kind of source now, but this runbook is for launch configurations: run pulumi up/,
      },
      "a golden instance whose own image is gone": {
        account: (account) => (golden(account).ImageId = "ami-00000000000000000"),
        says: /Image ami-00000000000000000, from which golden instance .* was launched, cannot be used any more/,
      },
      "an instance profile that the permissions were not made for": {
        account: (account) => {
          const Arn = account.iam.putInstanceProfile("other", "arn:aws:iam::123456789012:role/other");
          golden(account).IamInstanceProfile = { Arn, Id: "AIPAREHEARSAL00000001" };
        },
        says: /when calling the CreateLaunchConfiguration operation: .*iam:PassRole.*: run pulumi up, because the permissions follow what the group launches with/,
      },
      "an image that does not fit": {
        account: (account) => Object.assign(golden(account), { Architecture: "arm64" }),
        says: /does not fit launch configuration web-group-initial \(architecture arm64/,
      },
      "volumes of the group's launch configuration that are smaller than the image's": {
        args: { launchConfigurationFrom: "group" },
        account: (account) => {
          launched(account).BlockDeviceMappings = [{ DeviceName: "/dev/xvda", Ebs: { VolumeSize: 4 } }];
        },
        says: /gives \/dev\/xvda 4 GiB, less than the 8 of /,
      },
      "an account that can hold no more launch configurations": {
        account: ({ autoscaling }) => (autoscaling.quotas.launchConfigurations = 2),
        says: /LimitExceeded|launch configurations/,
      },
    };
    for (const [what, { says, ...wanted }] of Object.entries(refusals)) {
      it(what, async () => {
        let groups: unknown;
        const { account, night } = await refresh({
          ...wanted,
          account: (fresh) => {
            wanted.account?.(fresh);
            groups = structuredClone([...fresh.autoscaling.groups.values()]);
          },
        });
        const [run, rollOut] = [runOf(night, "create-image"), runOf(night, "roll-out")];
        expect([run.status, rollOut.status]).to.deep.equal(["Failed", "Failed"]);
        expect(sentence(run)).to.match(says);
        expect(sentence(run)).to.match(/^Exception: [^\n]+\.$/);
        expect(sentence(rollOut).replace(/^Exception: /, "")).to.equal(
          sentence(run).replace(/^Exception: /, ""),
        );
        expect(run.steps.at(-1)?.name).to.equal("rollOutFailed");
        expect([...account.autoscaling.groups.values()]).to.deep.equal(groups);
        const [image] = madeImages(account);
        expect(image.State).to.equal("available");
        expect(image.Tags.map(({ Key }) => Key)).to.not.include("ami-refresh:rolled-out");
      });
    }

    it("a roll-out that may not be started", async () => {
      const { run, account, night } = await refresh({ faults: ["ssm:StartAutomationExecution:denied"] });
      expect(night.runs.map(({ runbook }) => runbook)).to.not.include("roll-out");
      expect(sentence(run)).to.equal(
        `Exception: The roll-out of image ${madeImages(account)[0].ImageId} was not started, and the group was not changed: look ` +
          "at step rollOut of this run for AWS's reason, and start the roll-out runbook with this image when it is mended.",
      );
    });
  });

  it("that is refused leaves an image that is retired in the next one", async () => {
    const { account, nights } = await refresh({
      starts: [START, NEXT_DAY],
      faults: ["autoscaling:CreateLaunchConfiguration:denied@1"],
    });
    expect(runsOf(nights, "create-image").map(({ status }) => status)).to.deep.equal(["Failed", "Success"]);
    expect(madeImages(account).map(({ Name }) => Name)).to.deep.equal([`${GOLDEN}_2026-11-25`]);
    expect(String(runsOf(nights, "retire")[1].outputs["report.Retired"])).to.contain("image ami-");
  });

  describe("ends with the group as it was when", () => {
    const asItWas = (account: Account) =>
      expect(group(account).LaunchConfigurationName).to.equal(`${GROUP}-initial`);

    it("the image fails, at once and with EC2's reason", async () => {
      const { run, account } = await refresh({
        account: ({ ec2 }) =>
          (ec2.imageFailure = { Code: "Client.InternalError", Message: "Client error on creation" }),
      });
      asItWas(account);
      expect(sentence(run)).to.match(
        /did not become available, .*: it is failed \(Client error on creation\); the group/,
      );
      expect(run.steps.map(({ name, status }) => [name, status]).slice(4)).to.deep.equal([
        ["waitForImage", "Success"],
        ["assertImageAvailable", "Failed"],
        ["imageNotAvailable", "Failed"],
      ]);
    });

    it("the image takes longer than 12 hours", async () => {
      const { run, account } = await refresh({
        account: ({ ec2 }) => (ec2.secondsToImage = () => hours(13)),
      });
      asItWas(account);
      expect(run.status).to.be.oneOf(["TimedOut", "Failed"]);
      const wait = run.steps.find(({ name }) => name === "waitForImage");
      expect(wait).to.include({ status: "TimedOut", attempts: 3 });
      const took = Date.parse(wait?.endedAt ?? "") - Date.parse(wait?.startedAt ?? "");
      expect(took / 1000).to.be.closeTo(hours(12), 60);
      expect(sentence(run)).to.match(/for which the run waits up to 12 hours: it is pending/);
    });

    it("EC2 knows of no such image any more", async () => {
      const { run, account } = await refresh({ faults: ["image-vanishes"] });
      asItWas(account);
      expect(sentence(run)).to.match(/: it (does not exist any more|cannot be read \(InvalidAMIID)/);
      expect(run.steps.at(-1)?.name).to.equal("imageNotAvailable");
    });

    it("someone else takes the launch configuration's name in the middle", async () => {
      const { run, account } = await refresh({
        after: ({ name }, during) => {
          if (name === "checkGroup") {
            takeName(during, "web_2026-11-24");
          }
        },
      });
      asItWas(account);
      expect(sentence(run)).to.match(/was made by someone else during this run/);
    });

    it("the new launch configuration would name another image's snapshots", async () => {
      const { run, account } = await refresh({
        account: (fresh) => {
          // An image without volumes leaves nothing to write out, and AWS takes those of the instance's own image.
          golden(fresh).BlockDeviceMappings = [];
          fresh.autoscaling.blockDevicesFromInstance = "ofSourceImage";
        },
      });
      asItWas(account);
      expect(sentence(run)).to.match(
        /names image ami-\w+ and snapshots snap-\w+, which is not image ami-\w+ alone, and the group was not changed/,
      );
    });

    it("the image is disabled before the launch configuration is made", async () => {
      const { run, account } = await refresh({
        after: ({ name }, { ec2 }) => {
          if (name === "checkGroup") {
            const made = ec2.allImages().filter(({ Name }) => Name === `${GOLDEN}_2026-11-24`);
            made.forEach((image) => ec2.addImage({ ...image, State: "disabled" }));
          }
        },
      });
      asItWas(account);
      expect(sentence(run)).to.match(/Image ami-\w+ is disabled and not available any more/);
    });

    for (const launchSource of sourceKinds) {
      it(`something fails right after the group was changed, also the first time, on ${launchSource}`, async () => {
        for (const fault of ["ec2:CreateTags:denied", "ec2:CreateTags:no-answer"]) {
          const { run, account, before } = await refresh({ launchSource, faults: [fault] });
          expect(run.status).to.equal("Failed");
          expect(sentence(run))
            .to.match(/CreateTags|Read timeout/)
            .and.not.contain("could not be put back");
          expect(launchedNow(account)).to.deep.equal(before.get(GROUP)?.launches);
        }
      });
    }

    it("the image is deleted at the moment at which the group is set to it, also the first time", async () => {
      const { run, account } = await refresh({
        faults: ["image-vanishes:autoscaling:UpdateAutoScalingGroup"],
      });
      asItWas(account);
      expect(sentence(run)).to.match(/is gone and not available any more, and the group stays as it was/);
    });
  });

  describe("meets faults:", () => {
    for (const [fault, runbook, step] of [
      ["ec2:DescribeInstances:denied", "create-image", "checkGoldenInstance"],
      ["ec2:CreateImage:error-after", "create-image", "createImage"],
      ["autoscaling:DescribeAutoScalingGroups:throttled", "create-image", "checkGoldenInstance"],
      ["autoscaling:DescribeInstanceRefreshes:throttled", "roll-out", "checkGroup"],
      ["autoscaling:CreateLaunchConfiguration:error", "roll-out", "CreateLaunchConfiguration"],
      ["autoscaling:UpdateAutoScalingGroup", "roll-out", "UpdateAutoScalingGroup"],
    ] as const) {
      it(`${fault} ends it at ${step} with AWS's message, and the next night succeeds`, async () => {
        const { nights, account } = await refresh({ faults: [`${fault}@1`], starts: [START, NEXT_DAY] });
        const [first, second] = runsOf(nights, "create-image");
        expect(runOf(nights[0], runbook).steps.at(-1)?.name).to.equal(step);
        expect(sentence(first)).to.contain("An error occurred (");
        expect(second.status, sentence(second)).to.equal("Success");
        expect(launched(account).LaunchConfigurationName).to.equal("web_2026-11-25");
      });
    }

    it("ec2:CreateImage is called once, though the answer did not come", async () => {
      const { run, account } = await refresh({ faults: ["ec2:CreateImage:error-after"] });
      expect(run.calls.filter(({ api }) => api === "CreateImage")).to.have.length(1);
      expect(madeImages(account)).to.have.length(1);
    });

    for (const fault of [
      "ec2:DescribeInstances:throttled@1.1",
      "ec2:DescribeImages:throttled@1.6",
      "autoscaling:UpdateAutoScalingGroup:error@1.1",
      "autoscaling:UpdateAutoScalingGroup:error-after@1.1",
    ]) {
      it(`${fault} is asked again`, async () => {
        const { runs, checks } = await refresh({ faults: [fault] });
        const calls = runs.flatMap((run) => run.calls);
        expect(calls.some(({ error }) => error?.Message.includes("(fault"))).to.equal(true);
        expect(broken(checks)).to.deep.equal([]);
      });
    }
  });
});

/** Somebody pastes what is printed, and makes a role for each by hand. */
function pasted(resources: Registered[]): void {
  const files: Record<string, RunbookName> = {
    "create-image": "create-image",
    "roll-out": "roll-out-launch-configuration",
    retire: "retire-images",
  };
  for (const [runbook, file] of Object.entries(files)) {
    const find = (name: string) =>
      resources.find((resource) => resource.custom && resource.name === `web-${name}`)?.state ?? {};
    const arn = `arn:aws:iam::123456789012:role/${runbook}`;
    Object.assign(find(runbook), { name: runbook, content: writeDocument(loadRunbook(file)) });
    Object.assign(find(`${runbook}-role`), { name: runbook, arn });
    Object.assign(find(`${runbook}-policy`), { role: runbook });
    Object.assign(find(`${runbook}-pause-policy`), { role: runbook });
  }
}
