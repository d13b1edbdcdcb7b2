import type { AccountState } from "../../state";
import type { AutoScalingGroup } from "../shapes";
import type { FleetImage, InstanceRefresh } from "./shapes";

/** Writes down how the fleet is where that has changed, or always. */
export function logFleet(
  account: AccountState,
  group: AutoScalingGroup,
  refresh: InstanceRefresh,
  at: Date,
  when: "changed" | "always",
): void {
  const { fleet } = account.autoscaling;
  const { AutoScalingGroupName: groupName } = group;
  const images = imagesOf(account, group);
  const last = [...fleet].reverse().find((entry) => entry.groupName === groupName);
  if (when === "always" || JSON.stringify(last?.images) !== JSON.stringify(images)) {
    fleet.push({ at, groupName, images, refreshId: refresh.InstanceRefreshId });
  }
}

/** In the order of the group's instances, the oldest first. */
export function imagesOf({ ec2 }: AccountState, { Instances }: AutoScalingGroup): FleetImage[] {
  const images = new Map<string, FleetImage>();
  for (const { InstanceId, LifecycleState, HealthStatus } of Instances) {
    const imageId = ec2.instances.get(InstanceId)?.instance.ImageId ?? "";
    const image = images.get(imageId) ?? { imageId, healthy: 0, other: 0 };
    image[LifecycleState === "InService" && HealthStatus === "Healthy" ? "healthy" : "other"] += 1;
    images.set(imageId, image);
  }
  return [...images.values()];
}
