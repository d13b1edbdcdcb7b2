import type { AccountState } from "../state";
import { AwsError } from "../errors";
import { operation } from "../operation";
import { string, structure } from "../parameters";
import { requireOwnSnapshot } from "./describeSnapshots";
import { snapshotResource } from "./resources";

const api = "DeleteSnapshot";

export const deleteSnapshot = operation<{ SnapshotId: string }>({
  api,
  input: structure({ SnapshotId: string() }, ["SnapshotId"]),
  demands: (account, { SnapshotId }) => [{ action: `ec2:${api}`, ...snapshotResource(account, SnapshotId) }],
  perform: (account, { SnapshotId: snapshotId }) => {
    requireOwnSnapshot(account, snapshotId);
    const user = findImageUsing(account, snapshotId);
    if (user !== undefined) {
      throw new AwsError(
        "InvalidSnapshot.InUse",
        `The snapshot ${snapshotId} is currently in use by ${user}`,
      );
    }
    account.ec2.removeSnapshot(snapshotId);
    return {};
  },
});

/** A registered image of this account that is made of the snapshot. It may be disabled, or not be found yet. */
export function findImageUsing({ ec2, place }: AccountState, snapshotId: string): string | undefined {
  return ec2.imagesOfSnapshot(snapshotId).find(({ OwnerId }) => OwnerId === place.accountId)?.ImageId;
}
