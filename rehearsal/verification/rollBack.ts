import { type Launch, launchName } from "../launches";
import { type Check, faultless } from "./check";
import type { GroupStanding } from "./standing";

/** Whether a group launches, in each place, the image that it launched there at another time. */
export function launchesTheImagesOf(
  check: string,
  before: GroupStanding | undefined,
  now: GroupStanding | undefined,
): Check {
  const was = before?.launches ?? "nothing was rolled out that it could go back from";
  const is = now?.launches ?? "there is no such group";
  if (typeof was === "string" || typeof is === "string") {
    return { check, ok: false, detail: typeof is === "string" ? is : String(was) };
  }
  const images = was.map(({ imageId }) => imageId);
  const faults = is
    .filter(({ imageId }, index) => imageId !== images[index])
    .map((launch) => `${launchName(launch)} has image ${launch.imageId}`);
  const missing = was.length === is.length ? [] : [`${is.length} kinds of instance, and not ${was.length}`];
  return faultless(check, [...missing, ...faults], [...new Set(images)].join(", "));
}

/** Whether a group launches other images than it did. */
export function launchesOtherImages(
  before: GroupStanding | undefined,
  now: GroupStanding | undefined,
): boolean {
  const images = (standing: GroupStanding | undefined) =>
    typeof standing?.launches === "object" ? standing.launches.map(imageOf).join() : standing?.launches;
  return images(before) !== images(now);
}

function imageOf({ imageId }: Launch): string | undefined {
  return imageId;
}
