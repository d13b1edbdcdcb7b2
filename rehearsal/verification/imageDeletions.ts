import type { Members } from "../account/api";
import type { Snapshot } from "../account/ec2/shapes";
import { isRecent, isYoung, RECENT, YOUNG } from "./age";
import { type Deletion, type Judging, LAUNCHED_BEFORE, newest, NOT_OURS } from "./deletion";
import { imageOfSnapshot, isOurImage, isOurSnapshot, isToBeKept, KEPT } from "./ours";
import { uses } from "./uses";

/** An image, and with it its snapshots where the call says so. */
export function ofImage(judging: Judging, { ImageId, DeleteAssociatedSnapshots }: Members): Deletion[] {
  const imageId = String(ImageId);
  const snapshots = DeleteAssociatedSnapshots === true ? snapshotsOfAlone(judging, imageId) : [];
  return [
    imageItself(judging, imageId),
    ...snapshots.map((snapshotId) => snapshotItself(judging, snapshotId, imageId)),
  ];
}

export function ofSnapshot(judging: Judging, { SnapshotId }: Members): Deletion[] {
  return [snapshotItself(judging, String(SnapshotId))];
}

/** EC2 leaves those alone that another image is made of. */
function snapshotsOfAlone({ account: { ec2 } }: Judging, imageId: string): string[] {
  const snapshots = ec2.image(imageId)?.BlockDeviceMappings.map(({ Ebs }) => Ebs.SnapshotId) ?? [];
  return [...new Set(snapshots)].filter((id) =>
    ec2.imagesOfSnapshot(id).every(({ ImageId }) => ImageId === imageId),
  );
}

function imageItself({ account, configured, retained }: Judging, imageId: string): Deletion {
  const image = () => account.ec2.image(imageId);
  return {
    what: `image ${imageId}`,
    exists: () => image() !== undefined,
    objections: () => [
      ...(isOurImage(account, configured, image()) ? [] : [NOT_OURS]),
      ...(isYoung(account, image()?.CreationDate ?? "") ? [YOUNG] : []),
      ...(isRecent(account, configured.retainDays, image()?.CreationDate ?? "") ? [RECENT] : []),
      ...(uses(account, configured).get(imageId) ?? []),
      ...(retained.images.has(imageId) ? [newest(configured.retainImages, "images")] : []),
      ...(retained.before.has(imageId) ? [LAUNCHED_BEFORE] : []),
    ],
  };
}

/** `goes` is the image that the same call deletes. */
function snapshotItself({ account, configured }: Judging, snapshotId: string, goes?: string): Deletion {
  const { ec2 } = account;
  const imagesOf = (snapshot: Snapshot) => {
    const madeFor = ec2.image(imageOfSnapshot(snapshot) ?? "");
    const images = [...ec2.imagesOfSnapshot(snapshotId), ...(madeFor ? [madeFor] : [])];
    return new Set(images.map(({ ImageId }) => ImageId).filter((id) => id !== goes));
  };
  const objectionsTo = (snapshot: Snapshot) => [
    ...(isOurSnapshot(account, configured, snapshot) ? [] : [NOT_OURS]),
    ...(isYoung(account, snapshot.StartTime) ? [YOUNG] : []),
    ...[...imagesOf(snapshot)].map((imageId) => `image ${imageId} is made of it`),
    ...(isToBeKept(snapshot) ? [KEPT] : []),
  ];
  return {
    what: `snapshot ${snapshotId}`,
    exists: () => ec2.snapshot(snapshotId) !== undefined,
    objections: () => {
      const snapshot = ec2.snapshot(snapshotId);
      return snapshot === undefined ? [] : objectionsTo(snapshot);
    },
  };
}
