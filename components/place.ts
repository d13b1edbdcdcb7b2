import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import { getRegionOutput } from "@pulumi/aws/getRegion";
import * as pulumi from "@pulumi/pulumi";
import { unknownIfEmpty } from "./unknown";

/** Where everything is: a partition (`aws`, `aws-cn`, `aws-us-gov`), a Region and an account. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** Asks the component's own provider where it is. */
export function lookUpPlace(options: pulumi.InvokeOutputOptions): pulumi.Output<Place> {
  return pulumi
    .all([
      unknownIfEmpty(getPartitionOutput({}, options)),
      unknownIfEmpty(getRegionOutput({}, options)),
      unknownIfEmpty(getCallerIdentityOutput({}, options)),
    ])
    .apply(([{ partition }, { region }, { accountId }]) => ({ partition, region, accountId }));
}
