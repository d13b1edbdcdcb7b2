import { isDeepStrictEqual } from "node:util";
import type { BlockDevice, Launch } from "../launches";

/** The members in which two launches differ, their images and the snapshots of these aside. */
export function differences(before: Launch, now: Launch): string[] {
  const members = new Set([...Object.keys(before), ...Object.keys(now)] as (keyof Launch)[]);
  return [...members]
    .filter((member) => member !== "imageId" && member !== "architecture")
    .filter((member) => !isSame(comparable(before)[member], comparable(now)[member]));
}

/** Equal in everything that can be written down: a member without a value is as good as none. */
export function isSame(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(written(one), written(other));
}

function written(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

function comparable(launch: Launch): Launch {
  return { ...launch, blockDevices: launch.blockDevices?.map(withoutSnapshot) };
}

/** Each image has snapshots of its own. "Not encrypted" says no more than to leave it to the snapshot. */
function withoutSnapshot({ Ebs, ...device }: BlockDevice): BlockDevice {
  return Ebs === undefined
    ? device
    : { ...device, Ebs: { ...Ebs, SnapshotId: undefined, Encrypted: Ebs.Encrypted || undefined } };
}
