import type { AccountState } from "../state";
import type { FleetEntry } from "./fleetEntry";

/** Notes how the instances of a group are, where that is not what was noted last. */
export function noteFleet(
  account: AccountState,
  { groupName, refresh }: { groupName: string; refresh: { InstanceRefreshId: string; Status: string } },
  at: number,
): void {
  const { fleet } = account.autoscaling;
  const images = countImages(account, groupName);
  const last = fleet.at(-1);
  if (last?.groupName === groupName && last.status === refresh.Status && same(last.images, images)) {
    return;
  }
  fleet.push({
    at: new Date(at),
    groupName,
    refreshId: refresh.InstanceRefreshId,
    status: refresh.Status,
    images,
  });
}

/** Those that go are counted with what is not healthy. */
export function countImages({ autoscaling, ec2 }: AccountState, groupName: string): FleetEntry["images"] {
  const counted = new Map<string, { healthy: number; other: number }>();
  for (const { InstanceId, LifecycleState, HealthStatus } of autoscaling.groups.get(groupName)?.Instances ??
    []) {
    const imageId = ec2.instances.get(InstanceId)?.instance.ImageId ?? "gone";
    const count = counted.get(imageId) ?? { healthy: 0, other: 0 };
    count[LifecycleState === "InService" && HealthStatus === "Healthy" ? "healthy" : "other"]++;
    counted.set(imageId, count);
  }
  return [...counted].map(([imageId, count]) => ({ imageId, ...count }));
}

function same(one: FleetEntry["images"], other: FleetEntry["images"]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
