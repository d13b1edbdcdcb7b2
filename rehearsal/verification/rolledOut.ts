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

/** The images of ours that a roll-back may need, the newest first. */
function retainedImages(account: Account, configured: Configured): Image[] {
  const ours = ourImages(account, configured);
  return ours
    .filter(isRolledOut(account, configured, ours))
    .sort((one, other) => other.CreationDate.localeCompare(one.CreationDate))
    .slice(0, configured.retainImages);
}

/** The launch configurations of ours that a roll-back may need, the newest first. One whose image is gone is of no use. */
function retainedConfigurations(account: Account, configured: Configured): LaunchConfiguration[] {
  const rolledOut = isRolledOut(account, configured, ourImages(account, configured));
  return [...account.autoscaling.launchConfigurations.values()]
    .filter((one) => isOurConfiguration(account, configured, one) && rolledOut(one))
    .filter(({ ImageId }) => account.ec2.image(ImageId) !== undefined)
    .sort((one, other) => other.CreatedTime.getTime() - one.CreatedTime.getTime())
    .slice(0, configured.retainLaunchConfigurations);
}
