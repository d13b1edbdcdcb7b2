import type { AccountState } from "../../state";
import { AwsError } from "../../errors";
import { operation } from "../../operation";
import { boolean, structure } from "../../parameters";
import { groupDemand, requireGroup } from "../groupDemands";
import { name } from "../limits";
import { advanceRefreshes } from "./advancing";
import { cancel, type Refreshing } from "./ending";
import { activeRefresh } from "./status";

interface CancelRequest {
  AutoScalingGroupName: string;
  WaitForTransitioningInstances?: boolean;
}

const api = "CancelInstanceRefresh";

export const cancelInstanceRefresh = operation<CancelRequest>({
  api,
  input: structure({ AutoScalingGroupName: name(), WaitForTransitioningInstances: boolean() }, [
    "AutoScalingGroupName",
  ]),
  demands: (account, request) => [groupDemand(account, api, request.AutoScalingGroupName)],
  perform: (account, request) => {
    const cancellable = ["Pending", "InProgress", "Baking", "RollbackInProgress"];
    const refreshing = requireRefreshing(account, request.AutoScalingGroupName, cancellable);
    cancel(refreshing, request.WaitForTransitioningInstances ?? true);
    advanceRefreshes(account);
    return { InstanceRefreshId: refreshing.progress.refresh.InstanceRefreshId };
  },
});

/** The refresh of a group that is in one of these statuses, or AWS's error where there is none. */
export function requireRefreshing(account: AccountState, groupName: string, statuses: string[]): Refreshing {
  const group = requireGroup(account, groupName);
  const active = activeRefresh(account.autoscaling, groupName);
  const progress = account.autoscaling.refreshing.get(groupName);
  if (!active || active !== progress?.refresh || !statuses.includes(active.Status)) {
    throw new AwsError(
      "ActiveInstanceRefreshNotFound",
      `No in progress or pending Instance Refresh found for Auto Scaling group ${groupName}`,
    );
  }
  return { account, group, progress, at: account.clock.now().getTime() };
}
