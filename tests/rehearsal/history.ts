import type { Account } from "../../rehearsal/account/account";
import type { Image, Tag } from "../../rehearsal/account/ec2/shapes";
import { addLaunchConfiguration } from "../../rehearsal/account/world/launchConfigurations";
import { addOwnImage, daysAgo } from "../../rehearsal/account/world/machines";
import { PARAMETER } from "../../rehearsal/account/world/sources";
import { rolledOut } from "./afterNights";
import { GOLDEN, GROUP, template, templateVersion } from "./refresh";

export interface Earlier {
  /** When the run was; its names have the date of that day. */
  daysOld: number;
  /** Whether it was rolled out, as it was unless told otherwise. */
  rolledOut?: boolean;
  /** What the group launched before, as the roll-out noted it. */
  previous?: string;
  tags?: Tag[];
  /** The run's id. */
  executionId?: string;
}

/** What an earlier run left: its image with the snapshot, and the launch configuration or the version that names it. */
export function earlier(account: Account, wanted: Earlier): Image {
  const { daysOld, previous = "ami-0123456789abcdef0", tags = [], rolledOut: isRolledOut = true } = wanted;
  const executionId = wanted.executionId ?? account.ids.uuid();
  const source = account.ec2.instances.get(GOLDEN);
  if (source === undefined) {
    throw new Error("there is no golden instance");
  }
  const suffix = suffixOf(account, daysOld);
  const id = addOwnImage(account, {
    name: `${GOLDEN}_${suffix}`,
    daysOld,
    source,
    tags: [
      { Key: "ami-refresh:auto-scaling-group", Value: GROUP },
      { Key: "ami-refresh:source-instance", Value: GOLDEN },
      { Key: "ami-refresh:execution-id", Value: executionId },
      ...(isRolledOut ? rolledOut(daysAgo(account, daysOld), previous) : []),
      ...tags,
    ],
  });
  if (account.autoscaling.groups.get(GROUP)?.LaunchConfigurationName !== undefined) {
    addLaunchConfiguration(account, { name: `web_${suffix}`, imageId: id, daysOld });
  } else if (!isOnParameter(account)) {
    addVersion(account, { imageId: id, description: `web_${suffix} ${executionId}`, daysOld });
  }
  return imageOf(account, id);
}

/** Whether a parameter names what the group launches: what does is no version of the template, then. */
export function isOnParameter(account: Account): boolean {
  const version = account.autoscaling.groups.get(GROUP)?.LaunchTemplate?.Version;
  const imageId = version && templateVersion(account, version).LaunchTemplateData.ImageId;
  return imageId === `resolve:ssm:${PARAMETER}`;
}

/** Images of this many nights one after the other, oldest first, each rolled out; the group launches what it did. */
export function earlierNights(account: Account, count: number): Image[] {
  const images: Image[] = [];
  for (let daysOld = count; daysOld > 0; daysOld--) {
    images.push(earlier(account, { daysOld, previous: images.at(-1)?.ImageId }));
  }
  return images;
}

/** A further version of a template, a copy of its latest one with this image. Gives its number. */
export function addVersion(
  account: Account,
  wanted: { imageId: string; description?: string; name?: string; daysOld?: number },
): number {
  const { imageId, description, name = "web", daysOld = 0 } = wanted;
  const found = template(account, name);
  const latest = found.versions.get(found.lastNumber);
  const number = ++found.lastNumber;
  found.versions.set(number, {
    VersionNumber: number,
    VersionDescription: description,
    CreateTime: daysAgo(account, daysOld),
    CreatedBy: `arn:aws:iam::${account.place.accountId}:user/operations`,
    LaunchTemplateData: { ...latest?.LaunchTemplateData, ImageId: imageId },
  });
  return number;
}

export function imageOf(account: Account, id: string): Image {
  const image = account.ec2.image(id);
  if (image === undefined) {
    throw new Error(`there is no image ${id}`);
  }
  return image;
}

function suffixOf(account: Account, daysOld: number): string {
  return daysAgo(account, daysOld).toISOString().slice(0, 10);
}
