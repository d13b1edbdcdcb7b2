/** The configured values that the verification goes by. */
export interface Configured {
  instanceId: string;
  autoScalingGroupName: string;
  prefix: string;
  launchConfigurationFrom: string;
  /** Whether a night may change what others launch who share a template with the group. */
  allowSharedTemplate: boolean;
  /** Whether runs delete what earlier runs made. */
  retire: boolean;
  /** How many images are kept that were rolled out. */
  retainImages: number;
  /** For how many days every image is kept; nothing where there is no such time. */
  retainDays?: number;
  /** How many launch configurations are kept that were rolled out. */
  retainLaunchConfigurations: number;
}
