import type { AccountState } from "../account/state";
import type { LaunchConfiguration } from "../account/autoscaling/shapes";
import type { Image } from "../account/ec2/shapes";
import type { Configured } from "./configured";
import { isOurConfiguration, ourImages, previousImage } from "./ours";
import { imagesOfGroups } from "./places";

/** Whether an image was ever rolled out: the group refers to it, or an image of ours says that it came after it. */
export function isRolledOut(
  account: AccountState,
  { autoScalingGroupName }: Configured,
  ours: Image[],
): (image: { ImageId: string }) => boolean {
  const ids = new Set([...imagesOfGroups(account, autoScalingGroupName), ...ours.map(previousImage)]);
  return ({ ImageId }) => ids.has(ImageId);
}

/** What a roll-back may need: ids of images, names of launch configurations. */
export interface Retained {
  images: string[];
  configurations: string[];
}

export function retainedNow(account: AccountState, configured: Configured): Retained {
  return {
    images: retainedImages(account, configured).map(({ ImageId }) => ImageId),
    configurations: retainedConfigurations(account, configured).map(
      ({ LaunchConfigurationName }) => LaunchConfigurationName,
    ),
  };
}

/** The images of ours that a roll-back may need: the newest, and what the group launched before. */
function retainedImages(account: AccountState, configured: Configured): Image[] {
  const ours = ourImages(account, configured);
  const standing = ours
    .filter(isRolledOut(account, configured, ours))
    .sort((one, other) => other.CreationDate.localeCompare(one.CreationDate));
  const newest = standing.slice(0, configured.retainImages);
  return configured.retainImages > 1 ? withBefore(account, configured, newest, ours) : newest;
}

/** What the group launched so many changes ago or later, as its images and those before them say. */
export function launchedBefore(
  account: AccountState,
  { autoScalingGroupName }: Configured,
  changes: number,
): string[] {
  const before: string[] = [];
  let ids = imagesOfGroups(account, autoScalingGroupName);
  for (let step = 0; step < changes; step++) {
    ids = ids.flatMap((id) => {
      const image = account.ec2.image(id);
      return (image && previousImage(image)) ?? [];
    });
    before.push(...ids);
  }
  return before;
}

/** The launch configurations of ours that a roll-back may need, the newest first. One whose image is gone is of no use. */
function retainedConfigurations(account: AccountState, configured: Configured): LaunchConfiguration[] {
  const rolledOut = isRolledOut(account, configured, ourImages(account, configured));
  const standing = [...account.autoscaling.launchConfigurations.values()]
    .filter((one) => isOurConfiguration(account, configured, one) && rolledOut(one))
    .filter(({ ImageId }) => account.ec2.image(ImageId) !== undefined)
    .sort((one, other) => other.CreatedTime.getTime() - one.CreatedTime.getTime());
  const newest = standing.slice(0, configured.retainLaunchConfigurations);
  return configured.retainLaunchConfigurations > 1
    ? withBefore(account, configured, newest, standing)
    : newest;
}

/** The newest, and what the group launched before where that is not one of them. */
function withBefore<T extends { ImageId: string }>(
  account: AccountState,
  configured: Configured,
  newest: T[],
  all: T[],
): T[] {
  const before = launchedBefore(account, configured, 1);
  return [...newest, ...all.filter((one) => before.includes(one.ImageId) && !newest.includes(one))];
}
