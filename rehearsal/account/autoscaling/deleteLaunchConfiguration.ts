import type { AccountState } from "../state";
import { AwsError } from "../errors";
import { operation } from "../operation";
import { structure } from "../parameters";
import { launchConfigurationArn } from "./arns";
import { validationError } from "./errors";
import { name } from "./limits";

const api = "DeleteLaunchConfiguration";

export const deleteLaunchConfiguration = operation<{ LaunchConfigurationName: string }>({
  api,
  input: structure({ LaunchConfigurationName: name() }, ["LaunchConfigurationName"]),
  demands: (account, { LaunchConfigurationName: wanted }) => [
    { action: `autoscaling:${api}`, resource: arnOf(account, wanted), context: {} },
  ],
  perform: ({ autoscaling }, { LaunchConfigurationName: wanted }) => {
    if (!autoscaling.launchConfigurations.has(wanted)) {
      throw validationError(`Launch configuration name not found - Launch configuration ${wanted} not found`);
    }
    const user = [...autoscaling.groups.values()].find((group) => group.LaunchConfigurationName === wanted);
    if (user !== undefined) {
      throw new AwsError(
        "ResourceInUse",
        `Cannot delete launch configuration ${wanted} because it is attached to AutoScalingGroup ${user.AutoScalingGroupName}`,
      );
    }
    autoscaling.launchConfigurations.delete(wanted);
    return {};
  },
});

function arnOf({ autoscaling, place }: AccountState, wanted: string): string {
  const found = autoscaling.launchConfigurations.get(wanted);
  return found?.LaunchConfigurationARN ?? launchConfigurationArn(place, wanted);
}
