import type { AccountState } from "../account/state";
import type { LaunchConfiguration } from "../account/autoscaling/shapes";
import type { LaunchTemplateVersion } from "../account/ec2/launchTemplateShapes";
import type { Image, Snapshot, Tag } from "../account/ec2/shapes";
import type { Configured } from "./configured";

/*
 * What the runbooks of one component have made, by rule 2 of the design. It is said here once more, in another language
 * than the runbooks', so that a mistake in one of the two shows.
 */

const KEEP = "ami-refresh:keep";
const OWNER = "ami-refresh:auto-scaling-group";
const EXECUTION = "ami-refresh:execution-id";
export const ROLLED_OUT = "ami-refresh:rolled-out";
export const PREVIOUS = "ami-refresh:previous-image";

/** The date, and on a further run of that day the time. */
const WHEN = "\\d{4}-\\d\\d-\\d\\d(_\\d\\d\\.\\d\\d\\.\\d\\d)?";
const DATED = new RegExp(`^_${WHEN}$`);
/** Whatever the prefix was when it was made. */
const DESCRIBED = new RegExp(`^.+_${WHEN} [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`);
const SNAPSHOT = /^Created by CreateImage\(i-[0-9a-f]+\) for (ami-[0-9a-f]+)$/;

/** An image with the tag, the instance that only CreateImage notes down, and a name with that very instance. */
export function isOurImage(
  account: AccountState,
  { autoScalingGroupName }: Pick<Configured, "autoScalingGroupName">,
  image: Image | undefined,
): boolean {
  if (image?.OwnerId !== account.place.accountId || image.SourceInstanceId === undefined) {
    return false;
  }
  return tag(image, OWNER) === autoScalingGroupName && follows(image.Name, image.SourceInstanceId);
}

/**
 * What an image was before it vanished cannot be seen any more: one that is gone counts as ours, so that what can never be
 * retired again is noticed.
 */
export function isOursOrGone(account: AccountState, configured: Configured, imageId = ""): boolean {
  const image = account.ec2.image(imageId);
  return image === undefined || isOurImage(account, configured, image);
}

export function ourImages(account: AccountState, configured: Configured): Image[] {
  return account.ec2.allImages().filter((image) => isOurImage(account, configured, image));
}

/** A launch configuration of our form whose image is ours. */
export function isOurConfiguration(
  account: AccountState,
  configured: Configured,
  { LaunchConfigurationName: name, ImageId }: LaunchConfiguration,
): boolean {
  return isNamedAsOurs(configured, name) && wasOurImage(account, configured, ImageId);
}

/** Also of an image that is gone a snapshot tells whose it was. */
function wasOurImage(account: AccountState, configured: Configured, imageId: string): boolean {
  const image = account.ec2.image(imageId);
  return image === undefined
    ? account.ec2
        .allSnapshots()
        .some(
          (snapshot) => imageOfSnapshot(snapshot) === imageId && isOurSnapshot(account, configured, snapshot),
        )
    : isOurImage(account, configured, image);
}

export function isNamedAsOurs({ prefix }: Configured, launchConfigurationName: string): boolean {
  return follows(launchConfigurationName, prefix);
}

/** A version of our form whose image is ours. */
export function isOurVersion(
  account: AccountState,
  configured: Configured,
  version: LaunchTemplateVersion,
): boolean {
  return (
    isDescribedAsOurs(version) && wasOurImage(account, configured, version.LaunchTemplateData.ImageId ?? "")
  );
}

export function isDescribedAsOurs({ VersionDescription: description = "" }: LaunchTemplateVersion): boolean {
  return DESCRIBED.test(description);
}

/** A snapshot that one of our images was made of, whether or not the image is still there. */
export function isOurSnapshot(account: AccountState, configured: Configured, snapshot: Snapshot): boolean {
  return (
    snapshot.OwnerId === account.place.accountId &&
    tag(snapshot, OWNER) === configured.autoScalingGroupName &&
    imageOfSnapshot(snapshot) !== undefined
  );
}

/** The id of the image that CreateImage made a snapshot for. */
export function imageOfSnapshot({ Description }: Snapshot): string | undefined {
  return SNAPSHOT.exec(Description)?.[1];
}

/** Whether somebody has said that it is to be kept, and what that is in words that can follow its name. */
export function isToBeKept(thing: { Tags: Tag[] }): boolean {
  return tag(thing, KEEP) !== undefined;
}

export const KEPT = `it has the tag ${KEEP}`;

/** The run that made an image. */
export function executionOf(image: Image): string | undefined {
  return tag(image, EXECUTION);
}

/** When an image was rolled out last, as the roll-out wrote it down. */
export function rolledOutAt(image: Image): string | undefined {
  return tag(image, ROLLED_OUT);
}

/** What the group launched before an image, as the roll-out wrote it down. */
export function previousImages(image: Image): string[] {
  return (tag(image, PREVIOUS) ?? "").split(" ").filter((id) => id !== "");
}

function follows(name: string, begin: string): boolean {
  return name.startsWith(begin) && DATED.test(name.slice(begin.length));
}

function tag({ Tags: tags }: { Tags: Tag[] }, key: string): string | undefined {
  return tags.find(({ Key }) => Key === key)?.Value;
}
