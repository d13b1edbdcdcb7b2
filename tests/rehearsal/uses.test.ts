import { expect } from "chai";
import type { Account } from "../../rehearsal/account/account";
import { addLaunchConfiguration } from "../../rehearsal/account/world/launchConfigurations";
import { addLaunchTemplate, contents } from "../../rehearsal/account/world/launchTemplates";
import { addInstance } from "../../rehearsal/account/world/machines";
import { judgeDeletion } from "../../rehearsal/verification/deletions";
import { uses } from "../../rehearsal/verification/uses";
import { goldenId, place } from "./account/support";
import { addImage, afterNights, CONFIGURED, group, image, type Left, template } from "./afterNights";

type Change = (account: Account, left: Left) => void;

/** A template of somebody's, with the image in one of its three versions; the first is the default. */
function templateWith(account: Account, imageId: string, number: number) {
  const versions = [1, 2, 3].map((one) =>
    contents({ imageId: one === number ? imageId : image(account, imageId).ImageId + "-other", role: "x" }),
  );
  return addLaunchTemplate(account, { name: "theirs", daysOld: 1, versions, defaultVersion: 1 });
}

const batch = (account: Account) => group(account, "other-team-batch");

/** Lets a group of the other team launch from a mixed instances policy whose base has nothing to do with the image. */
function mixed(account: Account, override: object): void {
  const { LaunchTemplate } = batch(account);
  delete batch(account).LaunchTemplate;
  batch(account).MixedInstancesPolicy = {
    LaunchTemplate: {
      LaunchTemplateSpecification: LaunchTemplate,
      Overrides: [{ InstanceType: "t3.small" }, override],
    },
  };
}

function refreshing(account: Account, Status: string, desired: object): void {
  account.autoscaling.instanceRefreshes.set("other-team-batch", [
    {
      InstanceRefreshId: "refresh-1",
      AutoScalingGroupName: "other-team-batch",
      Status,
      DesiredConfiguration: desired,
    },
  ]);
}

const fleet =
  (kind: "ec2" | "spot", state: string, by: "LaunchTemplateId" | "LaunchTemplateName"): Change =>
  (account, { imageId }) => {
    const referred = templateWith(account, imageId, 2)("2");
    const specifications = [{ [by]: referred[by], Version: "2" }];
    account.ec2.fleets.push({ id: "fleet-x", kind, state, type: "maintain", specifications });
  };

const instance =
  (state: string): Change =>
  (account, { imageId }) => {
    const record = addInstance(account, { id: "i-0aaaaaaaaaaaaaaaa", imageId, daysOld: 1, tags: [] });
    record.instance.State = { Code: 0, Name: state };
  };

const permission =
  (granted: object): Change =>
  ({ ec2 }, { imageId }) => {
    ec2.launchPermissions.set(imageId, [granted]);
  };

const refreshed =
  (status: string): Change =>
  (account, { imageId }) =>
    refreshing(account, status, { LaunchTemplate: templateWith(account, imageId, 2)("2") });

const used: [string, Change, string][] = [
  [
    "a launch configuration of another group",
    (account, { imageId }) =>
      Object.assign(
        group(account, "other-team"),
        addLaunchConfiguration(account, { name: "x", imageId, daysOld: 1 }),
      ),
    "group other-team refers to it",
  ],
  [
    "a template by number",
    (account, { imageId }) => (batch(account).LaunchTemplate = templateWith(account, imageId, 2)("2")),
    "group other-team-batch refers to it",
  ],
  [
    "a template by $Default",
    (account, { imageId }) => (batch(account).LaunchTemplate = templateWith(account, imageId, 1)("$Default")),
    "group other-team-batch refers to it",
  ],
  [
    "a template by $Latest",
    (account, { imageId }) => (batch(account).LaunchTemplate = templateWith(account, imageId, 3)("$Latest")),
    "group other-team-batch refers to it",
  ],
  [
    "a template without a version",
    (account, { imageId }) => {
      const { LaunchTemplateId } = templateWith(account, imageId, 1)("");
      batch(account).LaunchTemplate = { LaunchTemplateId };
    },
    "group other-team-batch refers to it",
  ],
  [
    "the base of a mixed instances policy",
    (account, { imageId }) => {
      batch(account).LaunchTemplate = templateWith(account, imageId, 2)("2");
      mixed(account, { InstanceType: "t3.large" });
    },
    "group other-team-batch refers to it",
  ],
  [
    "an override's template",
    (account, { imageId }) =>
      mixed(account, { LaunchTemplateSpecification: templateWith(account, imageId, 2)("2") }),
    "override 1 of group other-team-batch refers to it",
  ],
  [
    "an override's image",
    (account, { imageId }) => mixed(account, { ImageId: imageId }),
    "override 1 of group other-team-batch refers to it",
  ],
  [
    "the default version of any template",
    (account, { imageId }) => templateWith(account, imageId, 1),
    "the default version of launch template theirs names it",
  ],
  [
    "the latest version of any template",
    (account, { imageId }) => templateWith(account, imageId, 3),
    "the latest version of launch template theirs names it",
  ],
  [
    "a launch configuration that is not ours",
    (account, { imageId }) => addLaunchConfiguration(account, { name: "web_by-hand", imageId, daysOld: 1 }),
    "launch configuration web_by-hand names it",
  ],
  ["an EC2 fleet", fleet("ec2", "active", "LaunchTemplateId"), "fleet fleet-x refers to it"],
  ["a Spot fleet", fleet("spot", "modifying", "LaunchTemplateName"), "fleet fleet-x refers to it"],
  ...["pending", "running", "stopping", "stopped"].map((state): [string, Change, string] => [
    `an instance that is ${state}`,
    instance(state),
    "instance i-0aaaaaaaaaaaaaaaa runs on it",
  ]),
  [
    "a parameter of Systems Manager",
    ({ ec2 }, { imageId: ImageId }) =>
      ec2.otherImageReferences.push({ ImageId, ResourceType: "ssm:Parameter", Arn: "arn:x" }),
    "arn:x refers to it",
  ],
  ...["Pending", "InProgress", "Cancelling", "RollbackInProgress", "Baking"].map(
    (status): [string, Change, string] => [
      `an instance refresh that is ${status}`,
      refreshed(status),
      "instance refresh refresh-1 of group other-team-batch refers to it",
    ],
  ),
  [
    "an instance refresh to a mixed instances policy",
    (account, { imageId }) =>
      refreshing(account, "InProgress", {
        MixedInstancesPolicy: { LaunchTemplate: { Overrides: [{ ImageId: imageId }] } },
      }),
    "override 0 of instance refresh refresh-1 of group other-team-batch refers to it",
  ],
  [
    "the golden instance, even when that is gone",
    ({ ec2 }, { imageId }) => {
      const { instance: golden } = ec2.instances.get(goldenId)!;
      Object.assign(golden, { ImageId: imageId, State: { Code: 48, Name: "terminated" } });
    },
    "the golden instance was launched from it",
  ],
  ["another account", permission({ UserId: "444455556666" }), "it is shared with another account"],
  ["an organization", permission({ OrganizationArn: "arn:o" }), "it is shared with another account"],
  [
    "everybody",
    (account, { imageId }) => (image(account, imageId).Public = true),
    "it is shared with another account",
  ],
  [
    "somebody who has said so",
    (account, { imageId }) => image(account, imageId).Tags.push({ Key: "ami-refresh:keep", Value: "" }),
    "it has the tag ami-refresh:keep",
  ],
];

const unused: [string, Change][] = [
  ["nothing", () => undefined],
  [
    "a version that is neither default nor latest",
    (account, { imageId }) => templateWith(account, imageId, 2),
  ],
  ["a deleted fleet", fleet("ec2", "deleted", "LaunchTemplateId")],
  ["a failed fleet", fleet("ec2", "failed", "LaunchTemplateId")],
  ["a cancelled Spot fleet", fleet("spot", "cancelled", "LaunchTemplateId")],
  ["a terminated instance", instance("terminated")],
  ["an instance that is shutting down", instance("shutting-down")],
  ["a permission for the account itself", permission({ UserId: place.accountId })],
  ...["Successful", "Failed", "Cancelled", "RollbackSuccessful", "RollbackFailed"].map(
    (status): [string, Change] => [`an instance refresh that is ${status}`, refreshed(status)],
  ),
];

describe("who uses an image", () => {
  const deregister = (account: Account, ImageId: string) =>
    judgeDeletion(account, CONFIGURED, { service: "ec2", api: "DeregisterImage", params: { ImageId } });

  for (const [who, change, reason] of used) {
    it(`is ${who}`, () => {
      const { account, oldest } = afterNights(4);
      change(account, oldest);
      expect(uses(account, CONFIGURED).get(oldest.imageId)).to.include(reason);
      expect(deregister(account, oldest.imageId)).to.contain(reason);
    });
  }

  for (const [what, change] of unused) {
    it(`is not ${what}`, () => {
      const { account, oldest } = afterNights(4);
      change(account, oldest);
      expect(uses(account, CONFIGURED).get(oldest.imageId)).to.equal(undefined);
      expect(deregister(account, oldest.imageId)).to.equal(undefined);
    });
  }

  it("is nobody where a reference leads nowhere", () => {
    const { account, oldest } = afterNights(4);
    batch(account).LaunchTemplate = { ...templateWith(account, oldest.imageId, 2)("2"), Version: "9" };
    account.ec2.fleets[0].specifications = [{ LaunchTemplateId: "lt-00000000000000000" }];
    expect(uses(account, CONFIGURED).get(oldest.imageId)).to.equal(undefined);
  });

  describe("while a run is at work", () => {
    /** The image that nobody needs any more, and one that a run has made, 24 hours ago, or with which it was started. */
    function running(status: string, ended?: (now: Date) => Date, imageId?: (left: Left) => string) {
      const { account, oldest } = afterNights(4);
      const made = imageId === undefined ? addImage(account, 1) : oldest;
      const executionId = imageId === undefined ? made.executionId : account.ids.uuid();
      account.ssm.addExecution({
        AutomationExecutionId: executionId,
        DocumentName: "web",
        DocumentVersion: "1",
        AutomationExecutionStatus: status,
        ExecutionStartTime: account.clock.now(),
        ExecutionEndTime: ended?.(account.clock.now()),
        ExecutedBy: "arn:x",
        Parameters: imageId === undefined ? {} : { ImageId: [imageId(oldest)] },
      });
      return { account, made, executionId };
    }
    const ofOldest = ({ imageId }: Left) => imageId;
    const maker = (id: string) => `execution ${id}, which made it, has not ended`;
    const rollOut = (id: string) => `execution ${id}, which rolls it out, has not ended`;

    for (const status of ["Pending", "InProgress", "Waiting", "Cancelling", "NewlyInvented"]) {
      it(`is the run that made it while that is ${status}`, () => {
        const { account, made } = running(status);
        expect(uses(account, CONFIGURED).get(made.imageId)).to.deep.equal([maker(made.executionId)]);
        expect(deregister(account, made.imageId)).to.contain(maker(made.executionId));
      });
      it(`is the roll-out that was started with it while that is ${status}, although it was rolled out before`, () => {
        const { account, made, executionId } = running(status, undefined, ofOldest);
        expect(uses(account, CONFIGURED).get(made.imageId)).to.deep.equal([rollOut(executionId)]);
        expect(deregister(account, made.imageId)).to.contain(rollOut(executionId));
      });
    }
    it("is the run that made it, although it was rolled out already", () => {
      const { account, made } = running("InProgress");
      image(account, made.imageId).Tags.push({
        Key: "ami-refresh:rolled-out",
        Value: "2026-10-01T05:30:00Z",
      });
      expect(uses(account, CONFIGURED).get(made.imageId)).to.deep.equal([maker(made.executionId)]);
    });
    for (const status of ["Success", "Failed", "TimedOut", "Cancelled"]) {
      it(`is nobody when that is ${status}`, () => {
        for (const imageId of [undefined, ofOldest]) {
          const { account, made } = running(status, undefined, imageId);
          expect(uses(account, CONFIGURED).get(made.imageId)).to.equal(undefined);
          expect(deregister(account, made.imageId)).to.equal(undefined);
        }
      });
    }
    it("is a run that is ahead of the clock", () => {
      const ahead = (now: Date) => new Date(now.getTime() + 1000);
      const { account, made } = running("Failed", ahead);
      expect(uses(account, CONFIGURED).get(made.imageId)).to.deep.equal([maker(made.executionId)]);
      const other = running("Success", ahead, ofOldest);
      expect(uses(other.account, CONFIGURED).get(other.made.imageId)).to.deep.equal([
        rollOut(other.executionId),
      ]);
    });
    it("is nobody where Systems Manager knows nothing of the run any more", () => {
      const { account } = afterNights(4);
      expect(uses(account, CONFIGURED).get(addImage(account, 1).imageId)).to.equal(undefined);
    });
    it("is no roll-out to the word previous, for what that may mean is kept anyway", () => {
      const { account, made } = running("InProgress", undefined, () => "previous");
      expect(uses(account, CONFIGURED).get(made.imageId)).to.equal(undefined);
    });
  });

  it("are the group and its template where it launches from one", () => {
    const { account, newest } = afterNights(4, "template");
    expect(template(account).DefaultVersionNumber).to.equal(1);
    expect(uses(account, CONFIGURED).get(newest.imageId)).to.deep.equal([
      "group web refers to it",
      "the latest version of launch template web names it",
    ]);
  });
});
