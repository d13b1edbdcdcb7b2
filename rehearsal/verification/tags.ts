import type { Image } from "../account/ec2/shapes";
import type { Run } from "../nights/run";
import { type Check, faultless } from "./check";
import { isSame } from "./differences";
import { PREVIOUS, previousImages, ROLLED_OUT, rolledOutAt } from "./ours";
import { type GroupStanding, launchedImages } from "./standing";

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
/** AWS's limit for the value of a tag, and the length of an image's id. */
const LONGEST_VALUE = 256;
const ID_LENGTH = 21;

/** Whether a roll-out has written down on its image what it did. */
export function tagChecks(
  image: Image,
  run: Run,
  before: GroupStanding | undefined,
  now: GroupStanding | undefined,
): Check[] {
  return [saysWhen(image, run), saysWhatWasBefore(image, before, now)];
}

function saysWhen(image: Image, { startedAt, endedAt }: Run): Check {
  const value = rolledOutAt(image) ?? "";
  const within = toSecond(startedAt) <= value && value <= toSecond(endedAt);
  const ok = TIME.test(value) && within;
  return { check: `its tag ${ROLLED_OUT} has the time of its roll-out`, ok, detail: value || "it has none" };
}

function toSecond(time: string): string {
  return `${time.slice(0, 19)}Z`;
}

/** Where nothing was replaced, what the group launched before that stays written down. */
function saysWhatWasBefore(
  image: Image,
  before: GroupStanding | undefined,
  now: GroupStanding | undefined,
): Check {
  const check = `its tag ${PREVIOUS} names what the group launched before`;
  const named = previousImages(image);
  const launched = launchedImages(before);
  const detail = named.join(", ") || "it has none";
  if (haveSame(launched, launchedImages(now))) {
    return { check, ok: haveSame(before?.before ?? [], now?.before ?? []), detail };
  }
  const known = new Set([...launched, ...(before?.images ?? [])]);
  const isFull = named.join(" ").length + 1 + ID_LENGTH > LONGEST_VALUE;
  const missing = launched.filter((id) => id !== image.ImageId && !named.includes(id));
  const foreign = named.filter((id) => id === image.ImageId || !known.has(id));
  return faultless(
    check,
    [
      ...(isFull ? [] : missing.map((id) => `it does not name ${id}`)),
      ...foreign.map((id) => `it names ${id}, which the group did not launch`),
    ],
    detail,
  );
}

function haveSame(some: string[], others: string[]): boolean {
  return isSame([...some].sort(), [...others].sort());
}
