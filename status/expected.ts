import type { Clients } from "./clients";
import type { Names } from "./names";
import { type Group, readConfigurations } from "./read/group";
import { DATED, type Image } from "./read/images";
import type { Run } from "./read/runs";
import { findVersionWith } from "./read/versions";

/** What was rolled out last, and so what the group should launch. */
export interface Expected {
  readonly imageId: string;
  readonly imageName: string;
  /** Nothing where the image does not exist any more. */
  readonly image?: Image;
  /** The launch configuration, the version of a launch template, or the place in the group, that names it. */
  readonly namedBy?: string;
}

interface Seen {
  /** The last run of create-image that was a success. */
  readonly success?: Run;
  readonly group?: Group;
  readonly ownImages: readonly Image[];
  readonly launchedImages: readonly Image[];
}

/**
 * The image of the last success. Where nothing is known of one, because AWS forgets runs after a month, or where a person has
 * rolled out an image that was made later, it is the newest of ours that the group refers to.
 */
export async function readExpected(
  clients: Clients,
  names: Names,
  seen: Seen,
): Promise<Expected | undefined> {
  const launched = seen.launchedImages.filter(({ ours }) => ours);
  const [newest] = [...launched].sort((one, other) => other.createdAt.localeCompare(one.createdAt));
  const made = seen.success && readMade(seen.success, seen.ownImages);
  const later = newest !== undefined && newest.createdAt > (seen.success?.startedAt ?? "");
  const expected =
    made === undefined || (later && newest.id !== made.imageId)
      ? newest && { imageId: newest.id, imageName: newest.name, image: newest }
      : made;
  return expected && { ...expected, namedBy: await findNaming(clients, names, seen.group, expected) };
}

function readMade({ outputs }: Run, images: readonly Image[]): Expected | undefined {
  const imageId = outputs.ImageId?.[0];
  if (imageId === undefined) return undefined;
  const image = images.find(({ id }) => id === imageId);
  return { imageId, imageName: image?.name ?? outputs.ImageName?.[0] ?? imageId, image };
}

async function findNaming(
  { autoScaling, ec2 }: Clients,
  { prefix }: Names,
  group: Group | undefined,
  { imageId, imageName }: Expected,
): Promise<string | undefined> {
  const place = group?.places.find((one) => one.imageId === imageId);
  if (place !== undefined) return place.name;
  if (group?.launchTemplateId !== undefined)
    return (await findVersionWith(ec2, group.launchTemplateId, imageId))?.name;
  // A launch configuration has the date that its image has.
  const date = imageName.slice(imageName.indexOf("_"));
  if (!DATED.test(date)) return undefined;
  const name = `${prefix}${date}`;
  const found = await readConfigurations(autoScaling, [name]);
  return found.get(name) === imageId ? `launch configuration ${name}` : undefined;
}
