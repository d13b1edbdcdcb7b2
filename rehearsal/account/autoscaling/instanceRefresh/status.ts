import type { AutoScaling } from "../../autoscaling";
import type { InstanceRefresh } from "./shapes";

/** A refresh in one of these still changes instances, or may: a group has one of them at most. */
const ACTIVE = ["Pending", "InProgress", "Cancelling", "RollbackInProgress", "Baking"];

export function isActive({ Status }: InstanceRefresh): boolean {
  return ACTIVE.includes(Status);
}

export function activeRefresh(
  { instanceRefreshes }: AutoScaling,
  groupName: string,
): InstanceRefresh | undefined {
  return instanceRefreshes.get(groupName)?.find(isActive);
}
