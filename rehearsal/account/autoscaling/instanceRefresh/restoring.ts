import { sourceOf } from "../launchSource";
import type { GroupMember } from "../shapes";
import { isHealthy, isLive } from "./census";
import type { Refreshing } from "./ending";
import { isUnderWay, launch, terminate } from "./transitions";

/**
 * Where a refresh has ended in the middle, the group has a member too few or too many. As Auto Scaling does, this makes it
 * whole with what the group launches. Afterwards nothing changes instances any more.
 */
export function restore({ account, group, progress, at }: Refreshing): void {
  const live = group.Instances.filter(isLive);
  for (let count = live.length; count < progress.size; count += 1) {
    launch(account, group, sourceOf(group), at);
  }
  const healthy = live.filter(isHealthy).sort((one, other) => launchedAt(one) - launchedAt(other));
  for (const member of healthy.slice(0, Math.max(0, healthy.length - progress.size))) {
    terminate(account, group, member, at);
  }
  const isWhole = group.Instances.filter(isLive).length >= progress.size;
  if (isWhole && !isUnderWay(account, group)) {
    account.autoscaling.refreshing.delete(group.AutoScalingGroupName);
  }

  function launchedAt({ InstanceId }: GroupMember): number {
    return account.ec2.instances.get(InstanceId)?.instance.LaunchTime.getTime() ?? 0;
  }
}
