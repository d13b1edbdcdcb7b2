import { LaunchFacts } from "./launch/facts";
import { LaunchConfigurationFrom } from "./launchConfigurationFrom";
import { Place } from "./policies";

/** What the automation role's permissions are made for. */
export interface Refreshed extends Place {
  readonly instanceId: string;
  readonly autoScalingGroupName: string;
  readonly prefix: string;
  readonly launchConfigurationFrom: LaunchConfigurationFrom;
  /** Whether runs delete what earlier runs made. */
  readonly retire: boolean;
  readonly launch: LaunchFacts;
}

/** The golden instance's ARN. */
export function instanceArn({ partition, region, accountId, instanceId }: Refreshed): string {
  return `arn:${partition}:ec2:${region}:${accountId}:instance/${instanceId}`;
}

/** All images, and all snapshots: they have no account in their ARN, and new ones no id yet. */
export function imageArns({ partition, region }: Place): [images: string, snapshots: string] {
  return [`arn:${partition}:ec2:${region}::image/*`, `arn:${partition}:ec2:${region}::snapshot/*`];
}

/** The group's ARN, whose id nobody knows beforehand; names are unique in an account and Region. */
export function groupArn({ partition, region, accountId, autoScalingGroupName }: Refreshed): string {
  return `arn:${partition}:autoscaling:${region}:${accountId}:autoScalingGroup:*:autoScalingGroupName/${autoScalingGroupName}`;
}
