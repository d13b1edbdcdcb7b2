import type { Progress, Transition } from "./autoscaling/instanceRefresh/progress";
import type { FleetEntry, InstanceRefresh } from "./autoscaling/instanceRefresh/shapes";
import type { AutoScalingGroup, LaunchConfiguration } from "./autoscaling/shapes";

/** Auto Scaling's state in one Region: groups and launch configurations, refreshes of groups, and what limits them. */
export class AutoScaling {
  readonly groups = new Map<string, AutoScalingGroup>();
  readonly launchConfigurations = new Map<string, LaunchConfiguration>();
  /** By the group's name, in the order in which they were begun. */
  readonly instanceRefreshes = new Map<string, InstanceRefresh[]>();
  /** By the group's name, what goes on. A refresh that is not here, because somebody only put it above, stands still. */
  readonly refreshing = new Map<string, Progress>();
  /** The instances that are coming or going. */
  transitions: Transition[] = [];
  /** How many instances ran which image while groups were refreshed, in the order of time. */
  readonly fleet: FleetEntry[] = [];

  /** The Region's quota, at AWS's default. */
  readonly quotas = { launchConfigurations: 200 };

  /**
   * The block devices of a launch configuration that is made from an instance without any. AWS's own pages disagree:
   * the sample answer shows none, the text says that they are those of the image that the instance was launched from.
   */
  blockDevicesFromInstance: "none" | "ofSourceImage" = "none";
}
