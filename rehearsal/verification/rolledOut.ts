import type { Account } from "../aws/account";
import type { LaunchConfiguration } from "../aws/autoscaling/shapes";
import type { Image } from "../aws/ec2/shapes";
import type { Configured } from "./configured";
import { isOurConfiguration, ourImages, previousImage } from "./ours";
import { groupPlaces, imagesOf } from "./places";

/** Whether an image was ever rolled out: the group refers to it, or an image of ours says that it came after it. */
export function isRolledOut(
  account: Account,
  { autoScalingGroupName }: Configured,
  ours: Image[],
): (image: { ImageId: string }) => boolean {
  const ids = new Set([
    ...groupPlaces(account, autoScalingGroupName).flatMap((place) => imagesOf(account, place)),
    ...ours.map(previousImage),
  ]);
  return ({ ImageId }) => ids.has(ImageId);
}

/** What a roll-back may need: ids of images, names of launch configurations. */
export interface Retained {
  images: string[];
  configurations: string[];
}

export function retainedNow(account: Account, configured: Configured): Retained {
  return {
    images: retainedImages(account, configured).map(({ ImageId }) => ImageId),
    configurations: retainedConfigurations(account, configured).map(
      ({ LaunchConfigurationName }) => LaunchConfigurationName,
    ),
  };
}

/** The images of ours that a roll-back may need: the newest, and what the group launched before. */
function retainedImages(account: Account, configured: Configured): Image[] {
  const ours = ourImages(account, configured);
  const newest = ours
    .filter(isRolledOut(account, configured, ours))
    .sort((one, other) => other.CreationDate.localeCompare(one.CreationDate))
    .slice(0, configured.retainImages);
  const before = launchedBefore(account, configured, 1);
  const further = ours.filter((one) => before.includes(one.ImageId) && !newest.includes(one));
  return configured.retainImages > 1 ? [...newest, ...further] : newest;
}

/** What the group launched so many changes ago or later, as its images and those before them say. */
export function launchedBefore(
  account: Account,
  { autoScalingGroupName }: Configured,
  changes: number,
): string[] {
  const before: string[] = [];
  let ids = groupPlaces(account, autoScalingGroupName).flatMap((place) => imagesOf(account, place));
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
function retainedConfigurations(account: Account, configured: Configured): LaunchConfiguration[] {
  const rolledOut = isRolledOut(account, configured, ourImages(account, configured));
  const standing = [...account.autoscaling.launchConfigurations.values()]
    .filter((one) => isOurConfiguration(account, configured, one) && rolledOut(one))
    .filter(({ ImageId }) => account.ec2.image(ImageId) !== undefined)
    .sort((one, other) => other.CreatedTime.getTime() - one.CreatedTime.getTime());
  const newest = standing.slice(0, configured.retainLaunchConfigurations);
  const before = launchedBefore(account, configured, 1);
  const further = standing.filter((one) => before.includes(one.ImageId) && !newest.includes(one));
  return configured.retainLaunchConfigurations > 1 ? [...newest, ...further] : newest;
}
