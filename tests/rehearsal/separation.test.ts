import { expect } from "chai";
import { AmiRefresh } from "../../components";
import { Account } from "../../rehearsal/account/account";
import type { Members } from "../../rehearsal/account/api";
import { Clock } from "../../rehearsal/account/clock";
import { AwsError } from "../../rehearsal/account/errors";
import type { Principal } from "../../rehearsal/account/iam";
import type { Statement } from "../../rehearsal/account/policy";
import { furnish } from "../../rehearsal/account/world";
import { addLaunchConfiguration } from "../../rehearsal/account/world/launchConfigurations";
import { type SourceKind, sourceKinds } from "../../rehearsal/account/world/sourceKinds";
import type { Registered } from "../../rehearsal/deploy/program";
import { type Deployment, provision } from "../../rehearsal/deploy/provision";
import { documentOf } from "../../rehearsal/nights/starting";
import { TOKYO, underMocks } from "../mocks";
import { addImage } from "./afterNights";
import { imageOf } from "./history";
import { ARGS, GOLDEN, GROUP, PROFILE_ROLE, START, template } from "./refresh";
import { actionsOf, resourceOf, statementsOf } from "./registered";

// What each role may not do: as rules over what is registered, and as calls that the account denies to it.

type Job = "create-image" | "roll-out" | "retire";

const READS = /:(Describe|Get|List)/;
const OWNERSHIP = "ami-refresh:auto-scaling-group";
const ROLLED_OUT = "ami-refresh:rolled-out";

interface Deployed {
  account: Account;
  resources: Registered[];
  deployment: Deployment;
  /** An image of ours with its snapshot, and one of another group. */
  own: { imageId: string; snapshotId: string };
  other: { imageId: string; snapshotId: string };
}

async function deploy(launchSource: SourceKind): Promise<Deployed> {
  const account = new Account(TOKYO, new Clock(START));
  furnish(account, {
    instanceId: GOLDEN,
    groupName: GROUP,
    launchSource,
    instanceProfileRoleArn: PROFILE_ROLE,
  });
  const { resources } = await underMocks(() => new AmiRefresh("web", ARGS), { account });
  const deployment = provision(account, resources);
  const own = addImage(account, 2, undefined, GROUP);
  const other = addImage(account, 3, undefined, "other-team");
  for (const { imageId, snapshotId } of [own, other]) {
    const { Tags } = imageOf(account, imageId);
    Object.assign(account.ec2.snapshot(snapshotId) ?? {}, { Tags });
  }
  addLaunchConfiguration(account, { name: "web_2026-11-20", imageId: own.imageId, daysOld: 4 });
  return { account, resources, deployment, own, other };
}

/** As a run of the runbook has it. */
function roleOf({ account, resources }: Deployed, job: Job): Principal {
  return account.iam.assume(String(resourceOf(resources, `web-${job}-role`).state.arn), "ssm.amazonaws.com", {
    "aws:SourceAccount": TOKYO.accountId,
    "aws:SourceArn": "arn:aws:ssm:ap-northeast-1:123456789012:automation-execution/one",
  });
}

function mayNot(deployed: Deployed, job: Job, call: string, params: Members): void {
  const [service, api] = call.split(":");
  const attempt = () => deployed.account.call(roleOf(deployed, job), service, api, params);
  let denial: unknown;
  try {
    attempt();
  } catch (error) {
    denial = error;
  }
  expect(denial, `${job} ${call} ${JSON.stringify(params)}`).to.be.instanceOf(AwsError);
  expect((denial as AwsError).code, `${job} ${call}: ${(denial as AwsError).message}`).to.match(
    /^(AccessDenied|UnauthorizedOperation)/,
  );
}

/** That a call is denied says something only where it could be made at all. */
function may(deployed: Deployed, job: Job, call: string, params: Members): void {
  const [service, api] = call.split(":");
  deployed.account.call(roleOf(deployed, job), service, api, params);
}

const tag = (...tags: [string, string][]) => tags.map(([Key, Value]) => ({ Key, Value }));

describe("each role does its own work only:", () => {
  describe("what is registered,", () => {
    for (const launchSource of sourceKinds) {
      it(`where the group has ${launchSource}`, async () => {
        const { resources } = await deploy(launchSource);
        const of = (job: Job): Statement[] => statementsOf(resources, `web-${job}-policy`);
        const writes = (job: Job) =>
          of(job)
            .flatMap(actionsOf)
            .filter((action) => !READS.test(action));
        // It makes an image and starts a runbook.
        expect(writes("create-image").join()).to.not.match(/Delete|Deregister|Update|Modify|autoscaling:/);
        // It takes back versions of the group's templates, and deletes nothing else.
        const deleted = writes("roll-out").filter((action) => /Delete|Deregister/.test(action));
        expect(deleted.filter((action) => action !== "ec2:DeleteLaunchTemplateVersions")).to.deep.equal([]);
        // It makes and changes nothing.
        for (const action of writes("retire")) {
          expect(action).to.match(/:(Delete|Deregister)/);
        }
        // Nobody writes a tag on anything but what the call makes, or else two keys on images that are ours.
        const tagging = (["create-image", "roll-out", "retire"] as const)
          .flatMap(of)
          .filter((statement) => actionsOf(statement).includes("ec2:CreateTags"));
        for (const { Sid, Condition = {} } of tagging) {
          const { StringEquals = {}, "ForAllValues:StringEquals": keys = {} } = Condition;
          if (!("ec2:CreateAction" in StringEquals)) {
            expect(StringEquals, Sid).to.deep.equal({ [`aws:ResourceTag/${OWNERSHIP}`]: GROUP });
            expect(keys["aws:TagKeys"], Sid).to.deep.equal([ROLLED_OUT, "ami-refresh:previous-image"]);
          }
        }
        // All actions are written out.
        for (const job of ["create-image", "roll-out", "retire"] as const) {
          expect(of(job).flatMap(actionsOf).join()).to.not.contain("*");
        }
      });
    }
  });

  describe("what is denied", () => {
    let deployed: Deployed;
    before(async () => (deployed = await deploy("configuration")));

    it("to the role of create-image: the group, and every deletion", () => {
      const { account, own } = deployed;
      const job = "create-image";
      const configuration = { LaunchConfigurationName: "web_2026-11-20" };
      mayNot(deployed, job, "autoscaling:UpdateAutoScalingGroup", {
        AutoScalingGroupName: GROUP,
        ...configuration,
      });
      mayNot(deployed, job, "autoscaling:CreateLaunchConfiguration", {
        LaunchConfigurationName: "web_2026-11-24",
        InstanceId: GOLDEN,
        ImageId: own.imageId,
      });
      mayNot(deployed, job, "autoscaling:DeleteLaunchConfiguration", configuration);
      mayNot(deployed, job, "ec2:DeregisterImage", { ImageId: own.imageId });
      mayNot(deployed, job, "ec2:DeleteSnapshot", { SnapshotId: own.snapshotId });
      mayNot(deployed, job, "ec2:CreateTags", {
        Resources: [own.imageId],
        Tags: tag([ROLLED_OUT, "now"]),
      });
      // An image without the ownership tag, of another instance, or for another group.
      const [source] = [...account.ec2.instances.keys()].filter((id) => id !== GOLDEN);
      const image = (InstanceId: string, groupName: string) => ({
        InstanceId,
        Name: "image",
        TagSpecifications: ["image", "snapshot"].map((ResourceType) => ({
          ResourceType,
          Tags: tag([OWNERSHIP, groupName]),
        })),
      });
      mayNot(deployed, job, "ec2:CreateImage", { InstanceId: GOLDEN, Name: "image" });
      mayNot(deployed, job, "ec2:CreateImage", image(GOLDEN, "other-team"));
      mayNot(deployed, job, "ec2:CreateImage", image(source, GROUP));
      may(deployed, job, "ec2:CreateImage", image(GOLDEN, GROUP));
    });

    it("to the role of create-image: every runbook but the roll-out", () => {
      const { account, deployment } = deployed;
      const start = (runbook: string, parameters = {}) => {
        const documentName = documentOf(deployment, runbook);
        const request = { documentName, documentVersion: "$DEFAULT", parameters };
        return account.ssm.start(request, roleOf(deployed, "create-image"));
      };
      for (const runbook of ["create-image", "retire"]) {
        expect(() => start(runbook)).to.throw(
          AwsError,
          /not authorized to perform: ssm:StartAutomationExecution/,
        );
      }
      start("roll-out", { ImageId: ["previous"] });
    });

    it("to the role of roll-out: images, deletions, other groups, and every tag but two on images of ours", () => {
      const { own, other } = deployed;
      const job = "roll-out";
      mayNot(deployed, job, "ec2:CreateImage", { InstanceId: GOLDEN, Name: "image" });
      mayNot(deployed, job, "ec2:DeregisterImage", { ImageId: own.imageId });
      mayNot(deployed, job, "ec2:DeleteSnapshot", { SnapshotId: own.snapshotId });
      const configuration = { LaunchConfigurationName: "web_2026-11-20" };
      mayNot(deployed, job, "autoscaling:DeleteLaunchConfiguration", configuration);
      mayNot(deployed, job, "autoscaling:CreateLaunchConfiguration", {
        LaunchConfigurationName: "other_2026-11-24",
        InstanceId: GOLDEN,
        ImageId: own.imageId,
      });
      const update = "autoscaling:UpdateAutoScalingGroup";
      mayNot(deployed, job, update, { AutoScalingGroupName: "other-team", ...configuration });
      mayNot(deployed, job, update, { AutoScalingGroupName: GROUP, MinSize: 0 });
      mayNot(deployed, job, update, { AutoScalingGroupName: GROUP, ...configuration, MaxSize: 9 });
      may(deployed, job, update, { AutoScalingGroupName: GROUP, ...configuration });
      const write = (resource: string, ...tags: [string, string][]) => ({
        Resources: [resource],
        Tags: tag(...tags),
      });
      mayNot(deployed, job, "ec2:CreateTags", write(own.imageId, [OWNERSHIP, "other-team"]));
      mayNot(deployed, job, "ec2:CreateTags", write(own.imageId, [ROLLED_OUT, "now"], ["Name", "x"]));
      mayNot(deployed, job, "ec2:CreateTags", write(other.imageId, [ROLLED_OUT, "now"]));
      mayNot(deployed, job, "ec2:CreateTags", write(own.snapshotId, [ROLLED_OUT, "now"]));
      may(deployed, job, "ec2:CreateTags", write(own.imageId, [ROLLED_OUT, "now"]));
    });

    it("to the role of roll-out: templates that are not the group's", async () => {
      const templates = await deploy("template-default");
      const { own } = templates;
      const version = (name: string) => ({
        LaunchTemplateId: template(templates.account, name).LaunchTemplateId,
        SourceVersion: "1",
        LaunchTemplateData: { ImageId: own.imageId },
      });
      mayNot(templates, "roll-out", "ec2:CreateLaunchTemplateVersion", version("other-team-batch"));
      may(templates, "roll-out", "ec2:CreateLaunchTemplateVersion", version("web"));
      const [web, others] = [version("web"), version("other-team-batch")].map(({ LaunchTemplateId }) => ({
        LaunchTemplateId,
      }));
      mayNot(templates, "roll-out", "ec2:ModifyLaunchTemplate", { ...others, DefaultVersion: "1" });
      for (const job of ["roll-out", "retire"] as const) {
        mayNot(templates, job, "ec2:DeleteLaunchTemplateVersions", { ...others, Versions: ["1"] });
      }
      mayNot(templates, "retire", "ec2:CreateLaunchTemplateVersion", version("web"));
      mayNot(templates, "retire", "ec2:ModifyLaunchTemplate", { ...web, DefaultVersion: "1" });
      may(templates, "roll-out", "ec2:ModifyLaunchTemplate", { ...web, DefaultVersion: "1" });
    });

    it("to the role of retire: whatever makes or changes something, and what another group's runbooks made", () => {
      const { own, other } = deployed;
      const job = "retire";
      mayNot(deployed, job, "ec2:CreateImage", { InstanceId: GOLDEN, Name: "image" });
      mayNot(deployed, job, "ec2:CreateTags", { Resources: [own.imageId], Tags: tag([ROLLED_OUT, "now"]) });
      mayNot(deployed, job, "autoscaling:CreateLaunchConfiguration", {
        LaunchConfigurationName: "web_2026-11-24",
        InstanceId: GOLDEN,
        ImageId: own.imageId,
      });
      mayNot(deployed, job, "autoscaling:UpdateAutoScalingGroup", {
        AutoScalingGroupName: GROUP,
        LaunchConfigurationName: "web_2026-11-20",
      });
      mayNot(deployed, job, "autoscaling:DeleteLaunchConfiguration", {
        LaunchConfigurationName: "other-team-initial",
      });
      mayNot(deployed, job, "ec2:DeregisterImage", { ImageId: other.imageId });
      mayNot(deployed, job, "ec2:DeleteSnapshot", { SnapshotId: other.snapshotId });
      may(deployed, job, "ec2:DeregisterImage", { ImageId: own.imageId });
      may(deployed, job, "ec2:DeleteSnapshot", { SnapshotId: own.snapshotId });
    });
  });
});
