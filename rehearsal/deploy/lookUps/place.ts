import type { Account } from "../../account/account";
import type { Inputs } from "../messages";

/** aws.getPartition, aws.getRegion, aws.getCallerIdentity: who and where the provider is. */

export function getPartition({ place: { partition } }: Account): Inputs {
  return { id: partition, partition, dnsSuffix: dnsSuffix(partition) };
}

export function getRegion({ place: { region } }: Account): Inputs {
  return { id: region, region, name: region };
}

export function getCallerIdentity({ place: { partition, accountId } }: Account): Inputs {
  return { id: accountId, accountId, arn: `arn:${partition}:iam::${accountId}:user/deployer` };
}

function dnsSuffix(partition: string): string {
  return partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}
