import type { AccountState } from "../state";
import { AwsError } from "../errors";
import type { Demand } from "../operation";
import type { Context } from "../policyConditions";
import { groupArn } from "./arns";
import { dryRunDemands } from "./dryRunDemands";
import { validationError } from "./errors";
import { type RequestedSource, requestedSource } from "./requestedSource";
import type { AutoScalingGroup, LaunchSource } from "./shapes";

/** The group that a request names; its absence has the same words in every API. */
export function requireGroup({ autoscaling }: AccountState, name: string): AutoScalingGroup {
  const group = autoscaling.groups.get(name);
  if (!group) {
    throw validationError("AutoScalingGroup name not found - null");
  }
  return group;
}

/** What it takes to do something to a group: the action on its ARN, with its tags. */
export function groupDemand(account: AccountState, api: string, name: string, context: Context = {}): Demand {
  const group = account.autoscaling.groups.get(name);
  return {
    action: `autoscaling:${api}`,
    resource: group?.AutoScalingGroupARN ?? groupArn(account.place, name),
    context: { ...context, ...tagContext(group) },
  };
}

/**
 * What it takes to let a group launch from what a request sends. What the checks refuse gets to no dry run: `perform` makes
 * the same checks, and answers with what they say. `change` makes a copy of the group what it would be.
 */
export function dryRunOf(
  account: AccountState,
  group: AutoScalingGroup,
  sent: LaunchSource,
  change: (group: AutoScalingGroup, wanted: RequestedSource | undefined) => void,
): Demand[] {
  try {
    const wanted = requestedSource(account, sent);
    const changed = { ...group };
    change(changed, wanted);
    return (wanted?.launches ?? []).flatMap((launch) => dryRunDemands(account, changed, launch));
  } catch (error) {
    if (error instanceof AwsError) {
      return [];
    }
    throw error;
  }
}

function tagContext(group: AutoScalingGroup | undefined): Context {
  const keys = (group?.Tags ?? []).flatMap(({ Key, Value }) => [
    [`autoscaling:ResourceTag/${Key}`, Value],
    [`aws:ResourceTag/${Key}`, Value],
  ]);
  return Object.fromEntries(keys);
}
