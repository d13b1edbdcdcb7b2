import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import { getRegionOutput } from "@pulumi/aws/getRegion";
import * as pulumi from "@pulumi/pulumi";
import { InputError } from "./errors";
import { Checker } from "./inputs/checker";
import { readFailure } from "./launch/failure";
import { unknownIfEmpty } from "./unknown";

/** Where everything is: a partition (see partitions.ts), a Region and an account. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

const SET_UP_REGION =
  "set aws:region, or the Region of the provider, to one that AWS has, and give credentials for it";
const SET_UP_CREDENTIALS = "give the provider credentials that are valid; the call needs no permission";

/**
 * Asks the component's own provider where it is. A provider that cannot be used fails all three look-ups, and every other one:
 * each that fails tells what came before it, so that one cause has one sentence.
 */
export function lookUpPlace(checker: Checker, options: pulumi.InvokeOutputOptions): pulumi.Output<Place> {
  const explain = <A extends object>(
    what: string,
    answer: pulumi.Output<A>,
    repair: string,
    cause: pulumi.Output<unknown>,
  ) =>
    unknownIfEmpty(
      pulumi.recover(answer, (error) =>
        checker.conclude(cause, pulumi.output(readFailure(error)), (_, { reason }): A => {
          throw new InputError(`the provider's ${what} cannot be looked up (${reason}): ${repair}.`);
        }),
      ),
    );
  const partition = explain("partition", getPartitionOutput({}, options), SET_UP_REGION, pulumi.output(0));
  const region = explain("Region", getRegionOutput({}, options), SET_UP_REGION, partition);
  const identity = explain(
    "account (sts:GetCallerIdentity)",
    getCallerIdentityOutput({}, options),
    SET_UP_CREDENTIALS,
    region,
  );
  return pulumi
    .all([partition, region, identity])
    .apply(([{ partition }, { region }, { accountId }]) => ({ partition, region, accountId }));
}
