/** The configured values that the verification goes by. */
export interface Configured {
  instanceId: string;
  autoScalingGroupName: string;
  prefix: string;
  launchConfigurationFrom: string;
  /** Whether a night may change what others launch who share a template with the group. */
  allowSharedTemplate: boolean;
}
