import { partitionOf } from "../../account/partitions";
import type { AccountState } from "../../account/state";
import type { Inputs } from "../messages";

/** aws.getPartition, aws.getRegion, aws.getCallerIdentity: who and where the provider is. */

export function getPartition({ place: { partition, region } }: AccountState): Inputs {
  return { id: partition, partition, dnsSuffix: partitionOf(region)?.dnsSuffix };
}

export function getRegion({ place: { region } }: AccountState): Inputs {
  return { id: region, region, name: region };
}

export function getCallerIdentity({ place: { partition, accountId } }: AccountState): Inputs {
  return { id: accountId, accountId, arn: `arn:${partition}:iam::${accountId}:user/deployer` };
}
