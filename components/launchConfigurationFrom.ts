/** Where the new launch configuration takes everything but its image from. */
export const LaunchConfigurationFrom = {
  /** AWS derives it from the golden instance. */
  Instance: "instance",
  /** A copy of the group's current launch configuration. */
  Group: "group",
} as const;

export type LaunchConfigurationFrom = (typeof LaunchConfigurationFrom)[keyof typeof LaunchConfigurationFrom];
