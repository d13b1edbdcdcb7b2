import { isLive, takeCensus } from "./census";
import type { Refreshing } from "./ending";
import { terminate } from "./transitions";

/** Whoever comes back into service is a member more. Whoever leaves it is one less where the group wants one less. */
export function heedStandby({ group, progress }: Refreshing): void {
  for (const member of group.Instances) {
    const { InstanceId: id, LifecycleState: state } = member;
    if (progress.standby.has(id) && isLive(member)) {
      progress.standby.delete(id);
      progress.size += 1;
    } else if (state === "Standby" && !progress.standby.has(id)) {
      progress.standby.add(id);
      progress.size -= group.DesiredCapacity < progress.size ? 1 : 0;
    }
  }
}

/** Nobody misses an instance in standby. It has a successor only where the group wants more instances than it has. */
export function endStandby({ account, group, progress, at }: Refreshing, upTo: number): void {
  for (const member of takeCensus(group, progress, at).inStandby) {
    if (progress.retired < upTo && terminate(account, group, member, at)) {
      progress.retired += 1;
      if (progress.size < group.DesiredCapacity) {
        progress.size += 1;
      } else {
        progress.endedInStandby += 1;
      }
      progress.progressedAt = at;
    }
  }
}
