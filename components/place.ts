import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import { getRegionOutput } from "@pulumi/aws/getRegion";
import * as pulumi from "@pulumi/pulumi";
import { LookUp, requireAnswer } from "./answer";
import { askOnce } from "./askOnce";
import { InputError } from "./errors";
import { Checker } from "./inputs/checker";
import { readFailure } from "./launch/failure";

/** Where everything is: a partition (see partitions.ts), a Region and an account. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

const SET_UP_REGION =
  "set aws:region, or the Region of the provider, to one that AWS has, and give credentials for it";
const PARTITION = {
  token: "aws:index/getPartition:getPartition",
  anyOf: ["partition" as const],
  what: "partition",
  repair: SET_UP_REGION,
};
const REGION = {
  token: "aws:index/getRegion:getRegion",
  anyOf: ["region" as const],
  what: "Region",
  repair: SET_UP_REGION,
};
const IDENTITY = {
  token: "aws:index/getCallerIdentity:getCallerIdentity",
  anyOf: ["accountId" as const],
  what: "account (sts:GetCallerIdentity)",
  repair: "give the provider credentials that are valid; the call needs no permission",
};

/**
 * Asks the component's own provider where it is. A provider that cannot be used fails all three look-ups, and every other one:
 * each that fails tells what came before it, so that one cause has one sentence.
 */
export function lookUpPlace(checker: Checker, component: pulumi.Resource): pulumi.Output<Place> {
  const explain = <A extends object>(
    { what, repair, ...lookUp }: LookUp<A> & { what: string; repair: string },
    ask: (args: object, options: pulumi.InvokeOutputOptions) => pulumi.Output<A>,
    cause: pulumi.Output<unknown>,
  ) => {
    const answer = askOnce(component, lookUp.token, undefined, () => ask({}, { parent: component }));
    const recovered = pulumi.recover(answer, (error) =>
      checker.conclude(cause, pulumi.output(readFailure(error)), (_, { reason }): A => {
        throw new InputError(`the provider's ${what} cannot be looked up (${reason}): ${repair}.`);
      }),
    );
    return requireAnswer(checker, lookUp, recovered, cause);
  };
  const partition = explain(PARTITION, getPartitionOutput, pulumi.output(undefined));
  const region = explain(REGION, getRegionOutput, partition);
  const identity = explain(IDENTITY, getCallerIdentityOutput, region);
  return pulumi
    .all([partition, region, identity])
    .apply(([{ partition }, { region }, { accountId }]) => ({ partition, region, accountId }));
}
