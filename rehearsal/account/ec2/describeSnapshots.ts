import type { AccountState } from "../state";
import { AwsError } from "../errors";
import { operation } from "../operation";
import { list, string, structure } from "../parameters";
import { type Filter, filtered, filtersShape, tagSources } from "./filters";
import { ownedBy } from "./owners";
import { page, type PageRequest, pageShapes, refuseSizeWithIds } from "./paging";
import type { Snapshot } from "./shapes";

interface DescribeSnapshotsRequest extends PageRequest {
  SnapshotIds?: string[];
  OwnerIds?: string[];
  Filters?: Filter[];
}

const api = "ec2:DescribeSnapshots";

export const describeSnapshots = operation<DescribeSnapshotsRequest>({
  api: "DescribeSnapshots",
  input: structure({
    SnapshotIds: list(string()),
    OwnerIds: list(string()),
    Filters: filtersShape,
    ...pageShapes(),
  }),
  demands: () => [{ action: api, resource: "*", context: {} }],
  perform: (account, request) => {
    const { SnapshotIds: ids = [], OwnerIds: owners = [], Filters: filters } = request;
    refuseSizeWithIds(ids, request, "snapshotSet");
    const snapshots = ids.length > 0 ? requireSnapshots(account, ids) : ownSnapshots(account);
    const passed = filtered(api, snapshots.filter(ownedBy(account, owners, `${api} OwnerIds`)), filters, {
      "snapshot-id": ({ SnapshotId }) => [SnapshotId],
      "volume-id": ({ VolumeId }) => [VolumeId],
      description: ({ Description }) => [Description],
      status: ({ State }) => [State],
      ...tagSources(filters),
    });
    const limits = { least: 5, most: 1000, capped: true };
    const { items, NextToken } = page(account.ec2, passed, request, limits);
    return { Snapshots: items, NextToken };
  },
});

/** That an image may be launched does not let anybody see its snapshots: those of others are not available here. */
function ownSnapshots({ ec2, place }: AccountState): Snapshot[] {
  return ec2.allSnapshots().filter(({ OwnerId }) => OwnerId === place.accountId);
}

function requireSnapshots(account: AccountState, snapshotIds: string[]): Snapshot[] {
  snapshotIds.forEach(checkId);
  const { ec2, place } = account;
  const own = (snapshot: Snapshot | undefined) => snapshot?.OwnerId === place.accountId;
  const snapshots = [...new Set(snapshotIds)].map((id) => ec2.snapshot(id));
  const unknown = snapshotIds.find((id) => {
    const snapshot = ec2.snapshot(id);
    return snapshot === undefined || (ec2.foreignSnapshots === "notFound" && !own(snapshot));
  });
  if (unknown !== undefined) {
    throw snapshotNotFound(unknown);
  }
  return snapshots.filter((snapshot) => snapshot !== undefined).filter(own);
}

/** The snapshot of this id, if it is this account's own. What EC2 says to somebody else's is not known. */
export function requireOwnSnapshot({ ec2, place }: AccountState, snapshotId: string): Snapshot {
  checkId(snapshotId);
  const snapshot = ec2.snapshot(snapshotId);
  if (snapshot?.OwnerId !== place.accountId) {
    throw snapshotNotFound(snapshotId);
  }
  return snapshot;
}

function checkId(id: string): void {
  if (!/^snap-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id)) {
    throw new AwsError(
      "InvalidParameterValue",
      `Value (${id}) for parameter snapshotId is invalid. Expected: 'snap-...'.`,
    );
  }
}

function snapshotNotFound(id: string): AwsError {
  return new AwsError("InvalidSnapshot.NotFound", `The snapshot '${id}' does not exist.`);
}
