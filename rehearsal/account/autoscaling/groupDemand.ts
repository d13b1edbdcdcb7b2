import type { Demand } from "../operation";
import type { Context } from "../policyConditions";
import type { AccountState } from "../state";
import { groupArn } from "./arns";
import type { AutoScalingGroup } from "./shapes";

/** What an API needs that changes a group: the right to do so on this very group. */
export function groupDemand(
  account: AccountState,
  api: string,
  groupName: string,
  context: Context = {},
): Demand {
  const group = account.autoscaling.groups.get(groupName);
  return {
    action: `autoscaling:${api}`,
    resource: group?.AutoScalingGroupARN ?? groupArn(account.place, groupName),
    context: { ...context, ...tagContext(group) },
  };
}

function tagContext(group: AutoScalingGroup | undefined): Context {
  const keys = (group?.Tags ?? []).flatMap(({ Key, Value }) => [
    [`autoscaling:ResourceTag/${Key}`, Value],
    [`aws:ResourceTag/${Key}`, Value],
  ]);
  return Object.fromEntries(keys);
}
