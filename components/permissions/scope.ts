import { LaunchFacts } from "../launch/facts";
import { LaunchConfigurationFrom } from "../launchConfigurationFrom";
import { Place } from "../place";

/** What the permissions of the runbooks' roles are made for. */
export interface Scope extends Place {
  readonly instanceId: string;
  readonly autoScalingGroupName: string;
  readonly prefix: string;
  readonly launchConfigurationFrom: LaunchConfigurationFrom;
  readonly launch: LaunchFacts;
}

/** The tag by which an image or a snapshot is ours; its value is the group's name. */
export const OWNERSHIP_TAG = "ami-refresh:auto-scaling-group";

/** The condition that what is asked for has the ownership tag already. */
export function isOurs({ autoScalingGroupName }: Scope): Record<string, string> {
  return { [`aws:ResourceTag/${OWNERSHIP_TAG}`]: autoScalingGroupName };
}
