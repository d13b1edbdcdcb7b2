import { AwsError } from "../errors";
import { operation } from "../operation";
import { structure } from "../parameters";
import type { AccountState } from "../state";
import { groupDemand } from "./groupDemand";
import { name } from "./limits";
import { cancel, goBack } from "./refreshing";
import type { Refreshing } from "./refreshState";
import { hasMovingVersion } from "./startInstanceRefresh";

const input = structure({ AutoScalingGroupName: name() }, ["AutoScalingGroupName"]);

interface StopRequest {
  AutoScalingGroupName: string;
}

export const cancelInstanceRefresh = operation<StopRequest>({
  api: "CancelInstanceRefresh",
  input,
  demands: (account, { AutoScalingGroupName: groupName }) => [
    groupDemand(account, "CancelInstanceRefresh", groupName),
  ],
  perform: (account, { AutoScalingGroupName: groupName }) => {
    const one = activeRefresh(account, groupName);
    cancel(one, account.clock.now().getTime());
    return { InstanceRefreshId: one.refresh.InstanceRefreshId };
  },
});

export const rollbackInstanceRefresh = operation<StopRequest>({
  api: "RollbackInstanceRefresh",
  input,
  demands: (account, { AutoScalingGroupName: groupName }) => [
    groupDemand(account, "RollbackInstanceRefresh", groupName),
  ],
  perform: (account, { AutoScalingGroupName: groupName }) => {
    const one = activeRefresh(account, groupName);
    const group = account.autoscaling.groups.get(groupName);
    if (
      group === undefined ||
      one.desired === undefined ||
      hasMovingVersion(one.desired) ||
      hasMovingVersion(one.saved)
    ) {
      throw new AwsError("IrreversibleInstanceRefresh", "The instance refresh has nothing to roll back to.");
    }
    if (one.isBack) {
      throw new AwsError("IrreversibleInstanceRefresh", "The instance refresh is being rolled back already.");
    }
    goBack(account, one, group, "Rollback due to user request.", account.clock.now().getTime());
    return { InstanceRefreshId: one.refresh.InstanceRefreshId };
  },
});

function activeRefresh({ autoscaling }: AccountState, groupName: string): Refreshing {
  const one = autoscaling.refreshing.get(groupName);
  if (one === undefined || one.cancelledAt !== undefined) {
    throw new AwsError("ActiveInstanceRefreshNotFound", "No in progress or pending Instance Refresh found.");
  }
  return one;
}
