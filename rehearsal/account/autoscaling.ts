import type { FleetEntry } from "./autoscaling/fleetEntry";
import type { Refreshing } from "./autoscaling/refreshState";
import type { AutoScalingGroup, InstanceRefresh, LaunchConfiguration } from "./autoscaling/shapes";

/** Auto Scaling's state in one Region: groups and launch configurations, and what limits them. */
export class AutoScaling {
  readonly groups = new Map<string, AutoScalingGroup>();
  readonly launchConfigurations = new Map<string, LaunchConfiguration>();
  /** By the group's name, in the order in which they were begun. */
  readonly instanceRefreshes = new Map<string, InstanceRefresh[]>();

  /** Those that go on, by the group's name: a group has one at a time. */
  readonly refreshing = new Map<string, Refreshing>();

  /** How the instances of groups changed while they were refreshed. */
  readonly fleet: FleetEntry[] = [];

  /** The Region's quota, at AWS's default. */
  readonly quotas = { launchConfigurations: 200 };

  /**
   * The block devices of a launch configuration that is made from an instance without any. AWS's own pages disagree:
   * the sample answer shows none, the text says that they are those of the image that the instance was launched from.
   */
  blockDevicesFromInstance: "none" | "ofSourceImage" = "none";
}
