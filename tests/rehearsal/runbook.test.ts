import { expect } from "chai";
import { forKind } from "../../components/forKind";
import { loadRunbook, written } from "../../components/runbook";
import type { Account } from "../../rehearsal/account/account";
import type { Members } from "../../rehearsal/account/api";
import type { Image, Instance } from "../../rehearsal/account/ec2/shapes";
import { AwsError } from "../../rehearsal/account/errors";
import { addLaunchTemplate } from "../../rehearsal/account/world/launchTemplates";
import {
  answering,
  GOLDEN,
  golden,
  GROUP,
  group,
  launched,
  madeImages,
  PROFILE_ROLE,
  refresh,
  sentence,
  START,
  type Wanted,
} from "./refresh";
import { sharedPython } from "./python";

const AUTOMATION_ROLE = "arn:aws:iam::123456789012:role/automation";
const madeImagesOf = (ec2: Account["ec2"]) =>
  ec2.allImages().filter(({ Name }) => Name.startsWith(`${GOLDEN}_`));
const snapshotOfNewImage = (account: Account) =>
  madeImages(account)[0].BlockDeviceMappings[0].Ebs?.SnapshotId;
const hours = (count: number) => count * 3600;
const OTHER_PROFILE = "arn:aws:iam::123456789012:instance-profile/other";
const otherProfile = (instance: Instance) =>
  (instance.IamInstanceProfile = { Arn: OTHER_PROFILE, Id: "AIPAREHEARSAL00000001" });

/** A launch template with the group's own image. */
function addTemplate(account: Account) {
  const versions = [{ ImageId: launched(account).ImageId, InstanceType: "t3.small" }];
  return addLaunchTemplate(account, { name: "new", daysOld: 1, versions, defaultVersion: 1 })("1");
}

describe("the runbook", function () {
  this.timeout(30000);
  before(() => sharedPython());

  describe("does the article's job", () => {
    it("image, launch configuration, group, and every step succeeded", async () => {
      const { account, checks, run } = await refresh();
      expect(checks.map(({ check, ok }) => [check, ok])).to.deep.equal([
        [`image ${GOLDEN}_2026-11-24 is available`, true],
        ["launch configuration web_2026-11-24 names it", true],
        [`group ${GROUP} refers to web_2026-11-24`, true],
        ["what it launches is otherwise as the golden instance", true],
        [`group ${GROUP} is otherwise as it was`, true],
        ["nothing that another group launches has changed", true],
        ["nothing was deleted that is not the runbook's own, or that something uses", true],
        ["every step succeeded", true],
      ]);
      const [image] = madeImages(account);
      expect(run.outputs).to.deep.equal({
        "report.Summary":
          `Auto Scaling group ${GROUP} now launches image ${image.ImageId} (${GOLDEN}_2026-11-24) of golden instance ` +
          `${GOLDEN} through launch configuration web_2026-11-24; before, it launched image ` +
          `${String(run.outputs["report.PreviousImageId"])} through launch configuration ${GROUP}-initial.`,
        "report.ImageId": image.ImageId,
        "report.ImageName": `${GOLDEN}_2026-11-24`,
        "report.LaunchSource": "launch configuration web_2026-11-24",
        "report.LaunchConfigurationName": "web_2026-11-24",
        "report.LaunchTemplateVersions": [],
        "report.PreviousLaunchSource": `launch configuration ${GROUP}-initial`,
        "report.PreviousLaunchConfigurationName": `${GROUP}-initial`,
        "report.LeftAlone": "none",
        "report.Retired": ["none"],
        "report.Kept": ["none"],
        "report.PreviousImageId": account.autoscaling.launchConfigurations.get(`${GROUP}-initial`)?.ImageId,
      });
    });

    it("tags image and snapshots from the first moment, and does not reboot the instance", async () => {
      const { account, run } = await refresh({ args: { tags: { Team: "web", Cost: "a = b" } } });
      const expected = [
        { Key: "Cost", Value: "a = b" },
        { Key: "Team", Value: "web" },
        { Key: "ami-refresh:auto-scaling-group", Value: GROUP },
        { Key: "ami-refresh:source-instance", Value: GOLDEN },
        { Key: "ami-refresh:execution-id", Value: run.executionId },
        { Key: "ami-refresh:previous-image", Value: run.outputs["report.PreviousImageId"] },
      ];
      const [image] = madeImages(account);
      expect(image.Tags).to.deep.equal(expected);
      const snapshots = account.ec2
        .allSnapshots()
        .filter(({ Description }) => Description?.includes(image.ImageId));
      expect(snapshots.map(({ Tags }) => Tags)).to.deep.equal([expected]);
      expect(account.ec2.instances.get(GOLDEN)?.reboots).to.equal(0);
      const create = run.calls.find(({ api }) => api === "CreateImage");
      expect(create?.params.NoReboot).to.equal(true);
    });

    it("reboots the instance where that is wanted", async () => {
      const { account } = await refresh({ args: { reboot: true } });
      expect(account.ec2.instances.get(GOLDEN)?.reboots).to.equal(1);
    });

    it("images a stopped instance too", async () => {
      const { run } = await refresh({
        account: (account) => (golden(account).State = { Code: 80, Name: "stopped" }),
      });
      expect(run.status).to.equal("Success");
    });

    it("asks for names and old images among this account's own images only", async () => {
      const { run } = await refresh();
      const asked = run.calls.filter(
        ({ api, params }) => api === "DescribeImages" && params.Filters !== undefined,
      );
      expect(asked.map(({ params }) => params)).to.deep.equal([
        { Owners: ["self"], Filters: [{ Name: "name", Values: [`${GOLDEN}_2026-11-24`] }] },
        {
          Owners: ["self"],
          IncludeDisabled: true,
          MaxResults: 200,
          Filters: [{ Name: "tag:ami-refresh:auto-scaling-group", Values: [GROUP] }],
        },
      ]);
    });

    it("takes a group whose name is as long as AWS allows", async () => {
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
      });
      expect(run.status, sentence(run)).to.equal("Success");
      expect(madeImages(account)[0].Description).to.have.length(255);
    });

    it("leaves everything that belongs to others as it was", async () => {
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
  });

  describe("names", () => {
    it("get the time on a further run of the same day, both alike", async () => {
      const { account, checks, runs } = await refresh({
        starts: [START, new Date("2026-11-24T06:30:00Z"), new Date("2026-11-25T05:30:00Z")],
      });
      expect(checks.filter(({ ok }) => !ok)).to.deep.equal([]);
      const made = runs.map(({ outputs }) => [
        outputs["report.ImageName"],
        outputs["report.LaunchConfigurationName"],
      ]);
      expect(made[0]).to.deep.equal([`${GOLDEN}_2026-11-24`, "web_2026-11-24"]);
      expect(made[1][0]).to.match(new RegExp(`^${GOLDEN}_2026-11-24_06\\.30\\.\\d\\d$`));
      expect(String(made[1][0]).slice(GOLDEN.length)).to.equal(String(made[1][1]).slice("web".length));
      expect(made[2]).to.deep.equal([`${GOLDEN}_2026-11-25`, "web_2026-11-25"]);
      expect(madeImages(account)).to.have.length(3);
    });

    it("get the time when a failed run has left an image of that day", async () => {
      const { runs } = await refresh({
        starts: [START, new Date("2026-11-24T08:30:00Z")],
        faults: ["autoscaling:UpdateAutoScalingGroup@1"],
      });
      expect(runs.map(({ status }) => status)).to.deep.equal(["Failed", "Success"]);
      expect(runs[1].outputs["report.ImageName"]).to.match(/_2026-11-24_08\.30\.\d\d$/);
    });

    it("get the time when only the launch configuration's name is taken", async () => {
      const { run } = await refresh({
        account: ({ autoscaling }) => {
          const initial = autoscaling.launchConfigurations.get(`${GROUP}-initial`);
          if (initial !== undefined) {
            const LaunchConfigurationName = "web_2026-11-24";
            autoscaling.launchConfigurations.set(LaunchConfigurationName, {
              ...initial,
              LaunchConfigurationName,
            });
          }
        },
      });
      expect(run.outputs["report.ImageName"]).to.match(/_2026-11-24_05\.30\.\d\d$/);
      expect(run.outputs["report.LaunchConfigurationName"]).to.match(/^web_2026-11-24_05\.30\.\d\d$/);
    });

    it("move on when another group with the same instance and schedule was a moment faster", async () => {
      const { run, account, checks } = await refresh({
        after: ({ name }, { ec2 }) => {
          if (name === "launchSource") {
            const [image] = ec2.allImages();
            ec2.addImage({
              ...image,
              ImageId: "ami-0faster",
              Name: `${GOLDEN}_2026-11-24`,
              OwnerId: "123456789012",
            });
          }
        },
      });
      expect(run.status, sentence(run)).to.equal("Success");
      const names = [run.outputs["report.ImageName"], run.outputs["report.LaunchConfigurationName"]].map(
        String,
      );
      expect(names[0]).to.match(/_2026-11-24_05\.30\.\d\d$/);
      expect(names[0].slice(GOLDEN.length)).to.equal(names[1].slice("web".length));
      expect(launched(account).LaunchConfigurationName).to.equal(names[1]);
      expect(checks.filter(({ ok }) => !ok)).to.deep.equal([]);
    });
  });

  describe("names that are taken at every attempt", () => {
    const taken = (attempts: number) => {
      const names: unknown[] = [];
      return {
        names,
        account: (account: Account) =>
          answering(account, (api, params) => {
            if (api === "CreateImage" && names.push(params.Name) <= attempts) {
              throw new AwsError(
                "InvalidAMIName.Duplicate",
                `AMI name ${String(params.Name)} is already in use`,
              );
            }
            return undefined;
          }),
      };
    };

    it("are followed by others, a second later each", async () => {
      const { names, account } = taken(9);
      const { run } = await refresh({ account });
      expect(run.status, sentence(run)).to.equal("Success");
      expect(new Set(names).size).to.equal(10);
      expect(run.outputs["report.ImageName"]).to.equal(names[9]);
    });

    it("end the run after ten", async () => {
      const { names, account } = taken(10);
      const { run } = await refresh({ account });
      expect(names).to.have.length(10);
      expect(sentence(run)).to.match(
        /^Exception: Ten names for the image were taken, the last being i-.*\.$/,
      );
    });
  });

  describe("makes the launch configuration", () => {
    it("from the instance: what AWS derives, with the metadata settings and the volumes written out", async () => {
      const { account, run } = await refresh({
        args: { instanceProfileRoleArns: [PROFILE_ROLE] },
        profile: true,
        // Even where AWS takes the volumes from the golden instance's own image, these are the new image's.
        account: ({ autoscaling }) => (autoscaling.blockDevicesFromInstance = "ofSourceImage"),
      });
      const create = run.calls.find(({ api }) => api === "CreateLaunchConfiguration");
      const [image] = madeImages(account);
      expect(create?.params).to.deep.equal({
        LaunchConfigurationName: "web_2026-11-24",
        ImageId: image.ImageId,
        InstanceId: GOLDEN,
        MetadataOptions: { HttpTokens: "required", HttpPutResponseHopLimit: 2, HttpEndpoint: "enabled" },
        BlockDeviceMappings: [
          {
            DeviceName: image.RootDeviceName,
            Ebs: {
              SnapshotId: image.BlockDeviceMappings[0].Ebs?.SnapshotId,
              VolumeSize: 8,
              DeleteOnTermination: true,
              VolumeType: "gp3",
              Iops: 3000,
              Throughput: 125,
            },
          },
        ],
      });
      const { InstanceType, KeyName, IamInstanceProfile } = launched(account);
      expect({ InstanceType, KeyName }).to.deep.equal({
        InstanceType: golden(account).InstanceType,
        KeyName: golden(account).KeyName,
      });
      expect(IamInstanceProfile).to.equal(golden(account).IamInstanceProfile?.Arn);
    });

    it("from the instance, leaving out a volume type that a launch configuration cannot name", async () => {
      const { account, run } = await refresh({
        account: ({ ec2 }) => {
          for (const volume of ec2.instances.get(GOLDEN)?.volumes.values() ?? []) {
            Object.assign(volume, { VolumeType: "io2", Iops: 4000, Throughput: undefined });
          }
        },
      });
      expect(run.status, sentence(run)).to.equal("Success");
      expect(launched(account).BlockDeviceMappings?.map(({ Ebs }) => Ebs)).to.deep.equal([
        { SnapshotId: snapshotOfNewImage(account), VolumeSize: 8, DeleteOnTermination: true },
      ]);
    });

    it("from the instance, whose metadata service is switched off, without settings that such a one has not", async () => {
      const { account, run } = await refresh({
        account: (fresh) =>
          Object.assign(golden(fresh).MetadataOptions, {
            HttpEndpoint: "disabled",
            HttpPutResponseHopLimit: 1,
          }),
      });
      expect(run.status, sentence(run)).to.equal("Success");
      expect(launched(account).MetadataOptions).to.deep.equal({ HttpEndpoint: "disabled" });
    });

    it("from the group: a copy with only the image changed", async () => {
      const settings = {
        InstanceType: "c5.large",
        KeyName: "fleet",
        SecurityGroups: ["sg-0fleet"],
        UserData: Buffer.from("#!/bin/sh\necho ü\n").toString("base64"),
        InstanceMonitoring: { Enabled: false },
        KernelId: "aki-0kernel",
        RamdiskId: "ari-0ramdisk",
        SpotPrice: "0.10",
        EbsOptimized: true,
        AssociatePublicIpAddress: false,
        PlacementTenancy: "dedicated",
        MetadataOptions: { HttpTokens: "optional", HttpEndpoint: "enabled", HttpPutResponseHopLimit: 1 },
      };
      const { account, run } = await refresh({
        args: { launchConfigurationFrom: "group" },
        account: (fresh) => {
          Object.assign(launched(fresh), settings, {
            BlockDeviceMappings: [
              { DeviceName: "/dev/xvda", Ebs: { SnapshotId: "snap-0old", VolumeSize: 30, Encrypted: false } },
              { DeviceName: "/dev/sdb", VirtualName: "ephemeral0" },
              { DeviceName: "/dev/sdc", Ebs: { VolumeSize: 100, VolumeType: "st1" } },
            ],
          });
        },
      });
      expect(run.status, sentence(run)).to.equal("Success");
      const made = launched(account);
      const initial = account.autoscaling.launchConfigurations.get(`${GROUP}-initial`);
      const { LaunchConfigurationARN, CreatedTime } = made;
      expect({ ...made, BlockDeviceMappings: [] }).to.deep.equal({
        ...initial,
        LaunchConfigurationName: "web_2026-11-24",
        LaunchConfigurationARN,
        CreatedTime,
        ImageId: madeImages(account)[0].ImageId,
        BlockDeviceMappings: [],
      });
      expect(made.BlockDeviceMappings).to.deep.equal([
        { DeviceName: "/dev/xvda", Ebs: { SnapshotId: snapshotOfNewImage(account), VolumeSize: 30 } },
        { DeviceName: "/dev/sdb", VirtualName: "ephemeral0" },
        { DeviceName: "/dev/sdc", Ebs: { VolumeSize: 100, VolumeType: "st1" } },
      ]);
    });

    it("from the instance, with the devices of the image that are no volumes", async () => {
      const { account, run } = await refresh({
        account: (fresh) =>
          answering(fresh, (api, _params, usual) => {
            if (api !== "DescribeImages") {
              return undefined;
            }
            const answer = usual() as unknown as { Images: Image[] };
            const devices = [
              { DeviceName: "/dev/sdb", VirtualName: "ephemeral0" },
              { DeviceName: "/dev/sdc", NoDevice: "" },
            ];
            const withDevices = answer.Images.map((image) => ({
              ...image,
              BlockDeviceMappings: [...image.BlockDeviceMappings, ...devices],
            }));
            return { Images: withDevices } as unknown as Members;
          }),
      });
      expect(run.status, sentence(run)).to.equal("Success");
      const devices = launched(account).BlockDeviceMappings ?? [];
      expect(devices.map(({ DeviceName }) => DeviceName)).to.deep.equal(["/dev/xvda", "/dev/sdb"]);
      expect(devices[1]).to.deep.equal({ DeviceName: "/dev/sdb", VirtualName: "ephemeral0" });
    });

    it("once it is shown, also when AWS shows neither it nor the image at first", async () => {
      let looks = 0;
      const { run, checks } = await refresh({
        account: (fresh) =>
          answering(fresh, (api, { LaunchConfigurationNames: names }) =>
            api === "DescribeLaunchConfigurations" && String(names) === "web_2026-11-24" && ++looks <= 3
              ? { LaunchConfigurations: [] }
              : undefined,
          ),
      });
      expect(
        checks.filter(({ ok }) => !ok),
        sentence(run),
      ).to.deep.equal([]);
      expect(looks).to.equal(4);
    });

    it("from the group without the golden instance's own source image", async () => {
      const { run } = await refresh({
        args: { launchConfigurationFrom: "group" },
        account: (fresh) => (golden(fresh).ImageId = "ami-0deregistered"),
      });
      expect(run.status, sentence(run)).to.equal("Success");
    });
  });

  describe("refuses, before an image is made and with the group as it was:", () => {
    const refusals: Record<string, Wanted & { says: RegExp }> = {
      "a group that does not exist": {
        account: ({ autoscaling }) => autoscaling.groups.delete(GROUP),
        says: /Auto Scaling group web-group does not exist in this Region, or is being deleted: set autoScalingGroupName/,
      },
      "a group that is being deleted": {
        account: (account) => Object.assign(group(account), { Status: "Delete in progress" }),
        says: /Auto Scaling group web-group does not exist in this Region, or is being deleted/,
      },
      "a group with nothing that can be read": {
        account: (account) => (group(account).LaunchConfigurationName = "gone"),
        says: /has no launch configuration that can be read \(it names gone\)/,
      },
      "a golden instance that does not exist": {
        account: ({ ec2 }) => ec2.instances.delete(GOLDEN),
        says: /Golden instance i-0123456789abcdef0 does not exist in this Region: set instanceId/,
      },
      "a golden instance that is terminated": {
        account: (account) => (golden(account).State = { Code: 48, Name: "terminated" }),
        says: /is terminated, but an image is taken of a running or stopped instance only/,
      },
      "a golden instance that is just stopping": {
        account: (account) => (golden(account).State = { Code: 64, Name: "stopping" }),
        says: /is stopping, but/,
      },
      "a golden instance with the group's tag": {
        account: (account) => (golden(account).Tags = [{ Key: "aws:autoscaling:groupName", Value: GROUP }]),
        says: /is a member of Auto Scaling group web-group, which may replace it at any time/,
      },
      "a golden instance that the group lists": {
        account: (account) => {
          const [first] = group(account).Instances;
          group(account).Instances = [{ ...first, InstanceId: GOLDEN }];
        },
        says: /is a member of Auto Scaling group web-group/,
      },
      "a golden instance without an EBS root volume": {
        account: (account) => Object.assign(golden(account), { RootDeviceType: "instance-store" }),
        says: /has no EBS volume as its root device, so that EC2 takes no image of it/,
      },
      "a golden instance whose own image is gone": {
        account: (account) => (golden(account).ImageId = "ami-00000000000000000"),
        says: /Image ami-00000000000000000, from which golden instance .* was launched, cannot be used any more/,
      },
      "an instance profile that the permissions were not made for": {
        account: (account) =>
          account.iam.putInstanceProfile("other", PROFILE_ROLE) && otherProfile(golden(account)),
        says: /launches with instance-profile\/other, for which the permissions were not made: run pulumi up; where that does not help/,
      },
      "an instance profile of the group that the permissions were not made for": {
        args: { launchConfigurationFrom: "group" },
        account: (account) => (launched(account).IamInstanceProfile = OTHER_PROFILE),
        says: /launches with instance-profile\/other, for which the permissions were not made/,
      },
      "a group that has gone over to a launch template": {
        account: (account) => {
          group(account).LaunchTemplate = addTemplate(account);
          delete group(account).LaunchConfigurationName;
        },
        says: /launches with launch-template\/lt-\w+\/number, for which the permissions were not made/,
      },
      "volumes of the group's launch configuration that are smaller than the golden instance's": {
        args: { launchConfigurationFrom: "group" },
        account: (account) =>
          (launched(account).BlockDeviceMappings = [{ DeviceName: "/dev/xvda", Ebs: { VolumeSize: 4 } }]),
        says: /gives \/dev\/xvda 4 GiB, less than the 8 of the golden instance: give/,
      },
      "an account that can hold no more launch configurations": {
        account: ({ autoscaling }) => (autoscaling.quotas.launchConfigurations = 2),
        says: /has all of the 2 launch configurations that it may have in this Region/,
      },
      "a snapshot of the group's launch configuration for a device that the golden instance does not have": {
        args: { launchConfigurationFrom: "group" },
        account: (account) =>
          (launched(account).BlockDeviceMappings = [
            { DeviceName: "/dev/sdf", Ebs: { SnapshotId: "snap-0of-another" } },
          ]),
        says: /has \/dev\/sdf, which the golden instance does not have, filled from snapshot snap-0of-another/,
      },
      "parameters that the permissions were not made for": {
        byHand: [
          {
            runbook: "runbook",
            parameters: { LaunchConfigurationFrom: ["group"], AutoScalingGroupName: ["other-team"] },
          },
        ],
        says: /has values for AutoScalingGroupName, LaunchConfigurationFrom that the permissions were not made for .*run pulumi up\.$/,
      },
    };
    for (const [what, { says, ...wanted }] of Object.entries(refusals)) {
      it(what, async () => {
        let groups: unknown;
        const { account, run } = await refresh({
          ...wanted,
          account: (fresh) => {
            wanted.account?.(fresh);
            groups = structuredClone([...fresh.autoscaling.groups.values()]);
          },
        });
        expect(run.status).to.equal("Failed");
        expect(sentence(run)).to.match(says);
        expect(sentence(run)).to.match(/^Exception: [^\n]+\.$/);
        expect(madeImages(account)).to.deep.equal([]);
        expect([...account.autoscaling.groups.values()]).to.deep.equal(groups);
        expect(run.steps.map(({ name }) => name)).to.not.include("createImage");
      });
    }
  });

  it("runs with its own defaults when somebody pastes what is printed and starts it by hand", async () => {
    const { run, checks } = await refresh({
      registered: (resources) => {
        const document = resources.find(({ name }) => name === "web-runbook");
        Object.assign(document?.state ?? {}, { content: written(forKind(loadRunbook(), "configuration")) });
        const rolePolicy = resources.find(({ name }) => name === "web-automation-role");
        Object.assign(rolePolicy?.state ?? {}, { name: "automation", arn: AUTOMATION_ROLE });
        const policy = resources.find(({ name }) => name === "web-automation-policy");
        Object.assign(policy?.state ?? {}, { role: "automation" });
      },
      byHand: [
        {
          runbook: "runbook",
          parameters: {
            AutomationAssumeRole: [AUTOMATION_ROLE],
            InstanceId: [GOLDEN],
            LaunchConfigPrefix: ["web"],
            AutoScalingGroupName: [GROUP],
          },
        },
      ],
    });
    expect(run.status, sentence(run)).to.equal("Success");
    expect(checks.filter(({ ok }) => !ok)).to.deep.equal([]);
  });

  for (const code of ["InvalidAMIID.NotFound", "InvalidAMIID.Unavailable", "AuthFailure"]) {
    it(`refuses a golden instance whose own image answers ${code}`, async () => {
      const { run } = await refresh({
        account: (fresh) =>
          answering(fresh, (api, { ImageIds: ids }) => {
            if (api === "DescribeImages" && String(ids) === golden(fresh).ImageId) {
              throw new AwsError(code, "no such image");
            }
            return undefined;
          }),
      });
      expect(sentence(run)).to.match(/from which golden instance .* was launched, cannot be used any more/);
    });
  }

  it("says what AWS says when a launch configuration is refused for another reason than its name", async () => {
    const { run } = await refresh({ faults: ["autoscaling:CreateLaunchConfiguration:denied"] });
    expect(sentence(run)).to.match(/^botocore\.exceptions\.ClientError: An error occurred \(AccessDenied\)/);
  });

  it("says that the image does not exist any more when EC2 knows none of that id", async () => {
    const { run } = await refresh({
      after: ({ name }, account) => {
        if (name === "createImage") {
          answering(account, (api) => (api === "DescribeImages" ? { Images: [] } : undefined));
        }
      },
    });
    expect(run.steps.at(-1)?.name).to.equal("imageNotAvailable");
    expect(sentence(run)).to.contain("it does not exist any more");
  });

  it("takes some time for every call, so that dates and durations are plausible", async () => {
    const { run } = await refresh();
    const update = run.steps.find(({ name }) => name === "UpdateAutoScalingGroup");
    expect(Date.parse(update?.endedAt ?? "") - Date.parse(update?.startedAt ?? "")).to.equal(1300);
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
      expect(run.status).to.equal("Failed");
      expect(sentence(run)).to.match(
        /did not become available, .*: it is failed \(Client error on creation\); the group/,
      );
      expect(run.steps.map(({ name, status }) => [name, status]).slice(5)).to.deep.equal([
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
      expect((Date.parse(wait?.endedAt ?? "") - Date.parse(wait?.startedAt ?? "")) / 1000).to.be.closeTo(
        hours(12),
        60,
      );
      expect(sentence(run)).to.match(
        /did not become available, for which the run waits up to 12 hours: it is pending/,
      );
    });

    it("AWS never shows the image", async () => {
      const { run, account } = await refresh({
        account: ({ ec2 }) => (ec2.visibleAfterSeconds = hours(1)),
      });
      asItWas(account);
      expect(sentence(run)).to.match(
        /AWS does not show the new image ami-\w+ within 300 seconds, and the group was not changed/,
      );
    });

    it("someone else takes the launch configuration's name in the middle", async () => {
      const { run, account } = await refresh({
        after: ({ name }, { autoscaling }) => {
          const initial = autoscaling.launchConfigurations.get(`${GROUP}-initial`);
          if (name === "createImage" && initial !== undefined) {
            const LaunchConfigurationName = "web_2026-11-24";
            autoscaling.launchConfigurations.set(LaunchConfigurationName, {
              ...initial,
              LaunchConfigurationName,
            });
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

    it("the image is gone when the launch configuration is made", async () => {
      const { run, account } = await refresh({
        after: ({ name }, { ec2, clock }) => {
          if (name === "assertImageAvailable") {
            const never = new Date(clock.now().getTime() + hours(1000) * 1000);
            madeImagesOf(ec2).forEach((image) => ec2.addImage(image, clock.now(), never));
          }
        },
      });
      asItWas(account);
      expect(sentence(run)).to.match(
        /Image ami-\w+ cannot be found for 60 seconds, and the group was not changed/,
      );
      expect(account.autoscaling.launchConfigurations.has("web_2026-11-24")).to.equal(false);
    });

    it("the image is disabled when the launch configuration is made", async () => {
      const { run, account } = await refresh({
        after: ({ name }, { ec2 }) => {
          if (name === "assertImageAvailable") {
            madeImagesOf(ec2).forEach((image) => ec2.addImage({ ...image, State: "disabled" }));
          }
        },
      });
      asItWas(account);
      expect(sentence(run)).to.match(/Image ami-\w+ is disabled and not available any more/);
    });
  });

  describe("leaves the group as somebody set it during the run:", () => {
    const changes: Record<string, (account: Account) => void> = {
      "to another launch configuration": (account) => (group(account).LaunchConfigurationName = "hotfix"),
      "to a launch template": (account) => {
        delete group(account).LaunchConfigurationName;
        Object.assign(group(account), { LaunchTemplate: { LaunchTemplateId: "lt-0123", Version: "1" } });
      },
      "to a mixed instances policy": (account) => {
        delete group(account).LaunchConfigurationName;
        Object.assign(group(account), { MixedInstancesPolicy: { LaunchTemplate: {} } });
      },
      "to nothing, by deleting it": (account) => account.autoscaling.groups.delete(GROUP),
    };
    for (const [what, change] of Object.entries(changes)) {
      it(what, async () => {
        let groups: unknown;
        const { run, account } = await refresh({
          after: ({ name }, during) => {
            if (name === "waitForImage") {
              change(during);
              groups = structuredClone([...during.autoscaling.groups.values()]);
            }
          },
        });
        expect(run.status).to.equal("Failed");
        expect(sentence(run)).to.match(
          /group web-group does not use launch configuration web-group-initial any more, and was left as it is:/,
        );
        expect([...account.autoscaling.groups.values()]).to.deep.equal(groups);
        expect(account.autoscaling.launchConfigurations.has("web_2026-11-24")).to.equal(false);
      });
    }
  });

  describe("meets faults", () => {
    for (const [fault, step] of [
      ["ec2:DescribeInstances:denied", "preflight"],
      ["ec2:DescribeInstances:error", "preflight"],
      ["autoscaling:DescribeAutoScalingGroups:throttled", "launchSource"],
      ["ec2:CreateImage", "createImage"],
      ["ec2:CreateImage:error-after", "createImage"],
      ["autoscaling:CreateLaunchConfiguration:denied", "CreateLaunchConfiguration"],
      ["autoscaling:UpdateAutoScalingGroup", "UpdateAutoScalingGroup"],
    ] as const) {
      it(`${fault}: ends at ${step} with AWS's message, and the next night succeeds`, async () => {
        const { runs, account } = await refresh({
          faults: [`${fault}@1`],
          starts: [START, new Date("2026-11-25T05:30:00Z")],
        });
        expect(runs[0].steps.at(-1)?.name).to.equal(step);
        expect(runs[0].failureMessage).to.contain("An error occurred (");
        expect(runs[1].status, sentence(runs[1])).to.equal("Success");
        expect(launched(account).LaunchConfigurationName).to.equal("web_2026-11-25");
      });
    }

    it("ec2:CreateImage is called once, though the answer did not come", async () => {
      const { run, account } = await refresh({ faults: ["ec2:CreateImage:error-after"] });
      expect(run.calls.filter(({ api }) => api === "CreateImage")).to.have.length(1);
      expect(madeImages(account)).to.have.length(1);
    });

    for (const fault of [
      "ec2:DescribeImages:throttled@1.6",
      "ec2:DescribeImages:error@1.10",
      "autoscaling:UpdateAutoScalingGroup:error@1.1",
      "autoscaling:UpdateAutoScalingGroup:error-after@1.1",
    ]) {
      it(`${fault}: asks again where that is safe`, async () => {
        const { run, checks } = await refresh({ faults: [fault] });
        expect(run.calls.some(({ error }) => error?.Message.includes("(fault"))).to.equal(true);
        expect(checks.filter(({ ok }) => !ok)).to.deep.equal([]);
      });
    }

    it("a throttled look-up is asked again by boto3", async () => {
      const { run } = await refresh({ faults: ["ec2:DescribeInstances:throttled@1.1"] });
      expect(run.status).to.equal("Success");
    });
  });
});
