import type { Place } from "../api";

/** The ARN of a launch configuration, or with `*` that of one that is still to be made. */
export function launchConfigurationArn(place: Place, name: string, uuid = "*"): string {
  return arn(place, `launchConfiguration:${uuid}:launchConfigurationName/${name}`);
}

/** The ARN of a group, or with `*` that of one that there is not. */
export function groupArn(place: Place, name: string, uuid = "*"): string {
  return arn(place, `autoScalingGroup:${uuid}:autoScalingGroupName/${name}`);
}

function arn({ partition, region, accountId }: Place, resource: string): string {
  return `arn:${partition}:autoscaling:${region}:${accountId}:${resource}`;
}
