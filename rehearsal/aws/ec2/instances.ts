import type { Account } from "../account";
import type { InstanceRecord } from "../ec2";
import { AwsError } from "../errors";
import { operation } from "../operation";
import { list, string, structure } from "../parameters";

/** The instances of these ids, in EC2's words where there is one that is none. */
export function requireInstances(account: Account, instanceIds: string[]): InstanceRecord[] {
  const malformed = instanceIds.find((id) => !/^i-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id));
  if (malformed !== undefined) {
    throw new AwsError("InvalidInstanceID.Malformed", `Invalid id: "${malformed}"`);
  }
  const { instances } = account.ec2;
  const unknown = instanceIds.filter((id) => !instances.has(id));
  if (unknown.length > 0) {
    const sentence = unknown.length === 1 ? "ID '?' does" : "IDs '?' do";
    throw new AwsError(
      "InvalidInstanceID.NotFound",
      `The instance ${sentence.replace("?", unknown.join(", "))} not exist`,
    );
  }
  return [...instances.values()].filter(({ instance }) => instanceIds.includes(instance.InstanceId));
}

export const describeInstances = operation<{ InstanceIds?: string[] }>({
  api: "DescribeInstances",
  input: structure({ InstanceIds: list(string()) }),
  demands: () => [{ action: "ec2:DescribeInstances", resource: "*", context: {} }],
  perform: (account, { InstanceIds: ids = [] }) => {
    const records = ids.length > 0 ? requireInstances(account, ids) : [...account.ec2.instances.values()];
    return { Reservations: reservations(account, records) };
  },
});

/** Instances that were launched together are answered together. */
function reservations(account: Account, records: InstanceRecord[]): object[] {
  return [...new Set(records.map(({ reservationId }) => reservationId))].map((ReservationId) => ({
    ReservationId,
    OwnerId: account.place.accountId,
    Groups: [],
    Instances: records
      .filter((record) => record.reservationId === ReservationId)
      .map(({ instance }) => instance),
  }));
}
