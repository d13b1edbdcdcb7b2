import type { AccountState } from "../account/state";
import type { LaunchConfiguration } from "../account/autoscaling/shapes";
import type { Image } from "../account/ec2/shapes";
import type { Configured } from "./configured";
import { isOurConfiguration, isOurImage, ourImages, previousImages, rolledOutAt } from "./ours";
import { imagesOfGroups } from "./places";

/** What a roll-back may need. */
export interface Retained {
  /** The newest images that were rolled out, by id. */
  images: Set<string>;
  /** The newest launch configurations whose images were rolled out, by name. */
  configurations: Set<string>;
  /** The images that the group launched before, by id. Their launch configurations are needed too. */
  before: Set<string>;
}

export function retainedNow(account: AccountState, configured: Configured): Retained {
  const images = newestImages(account, configured);
  return {
    images: new Set(images.map(({ ImageId }) => ImageId)),
    configurations: new Set(
      newestConfigurations(account, configured, images).map(
        ({ LaunchConfigurationName }) => LaunchConfigurationName,
      ),
    ),
    before: new Set(launchedBefore(account, configured.autoScalingGroupName)),
  };
}

/** What a group launched before what it launches now, as the tags of that say. People copy images with their tags. */
export function launchedBefore(account: AccountState, groupName: string): string[] {
  const now = new Set(imagesOfGroups(account, groupName));
  const before = [...now].flatMap((id) => {
    const image = account.ec2.image(id);
    const isOurs = isOurImage(account, { autoScalingGroupName: groupName }, image);
    return image && isOurs ? previousImages(image) : [];
  });
  return [...new Set(before)].filter((id) => !now.has(id));
}

function newestImages(account: AccountState, configured: Configured): Image[] {
  return ourImages(account, configured)
    .filter((image) => rolledOutAt(image) !== undefined)
    .sort((one, other) => compare(orderOf(other), orderOf(one)))
    .slice(0, configured.retainImages);
}

/** They are needed as long as their images are, which are given. */
function newestConfigurations(
  account: AccountState,
  configured: Configured,
  images: Image[],
): LaunchConfiguration[] {
  const order = new Map(images.map((image) => [image.ImageId, orderOf(image)]));
  const key = ({ ImageId, CreatedTime }: LaunchConfiguration) => [
    ...(order.get(ImageId) ?? []),
    CreatedTime.toISOString(),
  ];
  return [...account.autoscaling.launchConfigurations.values()]
    .filter((one) => order.has(one.ImageId) && isOurConfiguration(account, configured, one))
    .sort((one, other) => compare(key(other), key(one)))
    .slice(0, configured.retainLaunchConfigurations);
}

/** By the time of the last roll-out: who rolls back makes an old image the newest. */
function orderOf(image: Image): string[] {
  return [rolledOutAt(image) ?? "", image.CreationDate, image.Name];
}

function compare(one: string[], other: string[]): number {
  const at = one.findIndex((text, index) => text !== other[index]);
  return at === -1 ? 0 : one[at] < other[at] ? -1 : 1;
}
