import type { Account } from "../../rehearsal/account/account";
import type { AutoScalingGroup } from "../../rehearsal/account/autoscaling/shapes";
import type { LaunchTemplate } from "../../rehearsal/account/ec2/launchTemplateShapes";
import { findLaunchTemplate } from "../../rehearsal/account/ec2/launchTemplates";
import type { Image, Tag } from "../../rehearsal/account/ec2/shapes";
import { addLaunchConfiguration } from "../../rehearsal/account/world/launchConfigurations";
import { contents } from "../../rehearsal/account/world/launchTemplates";
import { addOwnImage, daysAgo } from "../../rehearsal/account/world/machines";
import type { Configured } from "../../rehearsal/verification";
import { type Call, furnished, goldenId } from "./account/support";

export const CONFIGURED: Configured = {
  instanceId: goldenId,
  autoScalingGroupName: "web",
  prefix: "web",
  launchConfigurationFrom: "instance",
  allowSharedTemplate: false,
  retire: true,
  retainImages: 2,
  retainLaunchConfigurations: 2,
};

/** What one night has left. */
export interface Left {
  date: string;
  executionId: string;
  imageId: string;
  snapshotId: string;
}

export interface After {
  account: Account;
  call: Call;
  /** The oldest first. */
  left: Left[];
  oldest: Left;
  newest: Left;
}

/**
 * An account after some nights that retired nothing, made by hand: an image of each, rolled out through a launch
 * configuration or a version of the launch template `web`, and the group on the newest.
 */
export function afterNights(count: number, kind: "configuration" | "template" = "configuration"): After {
  const { account, call } = furnished(kind);
  const left: Left[] = [];
  let previous = account.ec2.allImages()[1].ImageId;
  for (let age = count + 1; age > 1; age -= 1) {
    const one = leave(account, kind, age, previous);
    left.push(one);
    previous = one.imageId;
  }
  return { account, call, left, oldest: left[0], newest: left[count - 1] };
}

/** What a night makes, with its roll-out. */
function leave(account: Account, kind: "configuration" | "template", age: number, previous: string): Left {
  const one = addImage(account, age, previous);
  if (kind === "configuration") {
    group(account).LaunchConfigurationName = addConfiguration(account, one, age);
  } else {
    group(account).LaunchTemplate!.Version = String(addVersion(account, one, age));
  }
  return one;
}

/** An image that is so many days old. With what the group launched before, it was rolled out; without, it never was. */
export function addImage(account: Account, age: number, previous?: string, groupName = "web"): Left {
  const date = daysAgo(account, age).toISOString().slice(0, 10);
  const executionId = account.ids.uuid();
  const imageId = addOwnImage(account, {
    name: `${goldenId}_${date}`,
    daysOld: age,
    source: account.ec2.instances.get(goldenId)!,
    tags: [
      { Key: "ami-refresh:auto-scaling-group", Value: groupName },
      { Key: "ami-refresh:execution-id", Value: executionId },
      ...(previous === undefined ? [] : rolledOut(daysAgo(account, age), previous)),
    ],
  });
  const snapshotId = image(account, imageId).BlockDeviceMappings[0].Ebs.SnapshotId;
  return { date, executionId, imageId, snapshotId };
}

/** The two tags that a roll-out writes. */
export function rolledOut(at: Date, previous: string): Tag[] {
  return [
    { Key: "ami-refresh:rolled-out", Value: `${at.toISOString().slice(0, 19)}Z` },
    { Key: "ami-refresh:previous-image", Value: previous },
  ];
}

export function addConfiguration(account: Account, { date, imageId }: Left, age: number): string {
  const name = `web_${date}`;
  addLaunchConfiguration(account, { name, imageId, daysOld: age });
  return name;
}

/** Adds a version to the template `web`, so many days ago, and gives its number. */
export function addVersion(account: Account, { date, executionId, imageId }: Left, age: number): number {
  const web = template(account);
  const number = ++web.lastNumber;
  web.versions.set(number, {
    VersionNumber: number,
    VersionDescription: `web_${date} ${executionId}`,
    CreateTime: daysAgo(account, age),
    CreatedBy: "automation",
    LaunchTemplateData: contents({ imageId, role: "web" }),
  });
  return number;
}

export function image(account: Account, imageId: string): Image {
  return account.ec2.image(imageId)!;
}

export function group(account: Account, name = "web"): AutoScalingGroup {
  return account.autoscaling.groups.get(name)!;
}

export function template(account: Account, name = "web"): LaunchTemplate {
  return findLaunchTemplate(account.ec2, { LaunchTemplateName: name });
}
