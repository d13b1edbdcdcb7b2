import type { AccountState } from "../state";
import type { InstanceRecord } from "../ec2";
import { AwsError } from "../errors";
import { operation } from "../operation";
import { list, string, structure } from "../parameters";
import { type Filter, filtered, filtersShape, type FilterSources, tagSources } from "./filters";
import { page, type PageRequest, pageShapes, refuseSizeWithIds } from "./paging";
import type { Instance } from "./shapes";

/** The instances of these ids, in EC2's words where there is one that is none. */
export function requireInstances(account: AccountState, instanceIds: string[]): InstanceRecord[] {
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

interface DescribeInstancesRequest extends PageRequest {
  InstanceIds?: string[];
  Filters?: Filter[];
}

const api = "ec2:DescribeInstances";
const limits = { least: 5, most: 1000 };

export const describeInstances = operation<DescribeInstancesRequest>({
  api: "DescribeInstances",
  input: structure({ InstanceIds: list(string()), Filters: filtersShape, ...pageShapes() }),
  demands: () => [{ action: api, resource: "*", context: {} }],
  perform: (account, request) => {
    const { InstanceIds: ids = [], Filters: filters } = request;
    refuseSizeWithIds(ids, request, "instancesSet");
    const records = ids.length > 0 ? requireInstances(account, ids) : [...account.ec2.instances.values()];
    const passed = filtered(api, records, filters, sourcesOf(filters));
    const { items, NextToken } = page(account.ec2, passed, request, limits);
    return { Reservations: reservations(account, items), NextToken };
  },
});

function sourcesOf(filters: Filter[] | undefined): FilterSources<InstanceRecord> {
  const ofTags = Object.entries(tagSources<Instance>(filters)).map(([name, source]) => [
    name,
    ({ instance }: InstanceRecord) => source(instance),
  ]);
  return {
    "image-id": ({ instance }) => [instance.ImageId],
    "instance-id": ({ instance }) => [instance.InstanceId],
    "instance-state-name": ({ instance }) => [instance.State.Name],
    ...Object.fromEntries(ofTags),
  };
}

/** Instances that were launched together are answered together. */
function reservations(account: AccountState, records: InstanceRecord[]): object[] {
  const byId = new Map<string, Instance[]>();
  for (const { reservationId, instance } of records) {
    byId.set(reservationId, [...(byId.get(reservationId) ?? []), instance]);
  }
  return [...byId].map(([ReservationId, Instances]) => ({
    ReservationId,
    OwnerId: account.place.accountId,
    Groups: [],
    Instances,
  }));
}
