import type { InstanceRefresh } from "./autoscaling/instanceRefresh/shapes";
import type { AutoScalingGroup, LaunchConfiguration } from "./autoscaling/shapes";

/** Auto Scaling's state in one Region: groups and launch configurations, and what limits them. */
export class AutoScaling {
  readonly groups = new Map<string, AutoScalingGroup>();
  readonly launchConfigurations = new Map<string, LaunchConfiguration>();
  /** By the group's name, in the order in which they were begun. Nothing here begins any or lets one go on. */
  readonly instanceRefreshes = new Map<string, InstanceRefresh[]>();

  /** The Region's quota, at AWS's default. */
  readonly quotas = { launchConfigurations: 200 };

  /**
   * The block devices of a launch configuration that is made from an instance without any. AWS's own pages disagree:
   * the sample answer shows none, the text says that they are those of the image that the instance was launched from.
   */
  blockDevicesFromInstance: "none" | "ofSourceImage" = "none";
}
