import type { Account } from "../account";
import { operation } from "../operation";
import { structure } from "../parameters";
import type { Context } from "../policyConditions";
import { groupArn } from "./arns";
import { validationError } from "./errors";
import { name } from "./limits";
import type { AutoScalingGroup } from "./shapes";

interface UpdateAutoScalingGroupRequest {
  AutoScalingGroupName: string;
  LaunchConfigurationName?: string;
}

export const updateAutoScalingGroup = operation<UpdateAutoScalingGroupRequest>({
  api: "UpdateAutoScalingGroup",
  input: structure({ AutoScalingGroupName: name(), LaunchConfigurationName: name() }, [
    "AutoScalingGroupName",
  ]),
  demands: (account, request) => {
    const group = account.autoscaling.groups.get(request.AutoScalingGroupName);
    return [
      {
        action: "autoscaling:UpdateAutoScalingGroup",
        resource: group?.AutoScalingGroupARN ?? groupArn(account.place, request.AutoScalingGroupName),
        context: { ...launchContext(request), ...tagContext(group) },
      },
    ];
  },
  perform: ({ autoscaling }, { AutoScalingGroupName, LaunchConfigurationName }) => {
    const group = autoscaling.groups.get(AutoScalingGroupName);
    if (!group) {
      throw validationError("AutoScalingGroup name not found - null");
    }
    if (LaunchConfigurationName !== undefined) {
      checkLaunchConfiguration(autoscaling, LaunchConfigurationName);
      // Only what is launched from now on: the group's instances keep the one that they were launched with.
      group.LaunchConfigurationName = LaunchConfigurationName;
    }
    return {};
  },
});

function checkLaunchConfiguration({ launchConfigurations }: Account["autoscaling"], wanted: string): void {
  if (!launchConfigurations.has(wanted)) {
    throw validationError(`Launch configuration name not found - Launch configuration ${wanted} not found`);
  }
}

function launchContext({ LaunchConfigurationName }: UpdateAutoScalingGroupRequest): Context {
  return LaunchConfigurationName === undefined
    ? {}
    : { "autoscaling:LaunchConfigurationName": LaunchConfigurationName };
}

function tagContext(group: AutoScalingGroup | undefined): Context {
  const keys = (group?.Tags ?? []).flatMap(({ Key, Value }) => [
    [`autoscaling:ResourceTag/${Key}`, Value],
    [`aws:ResourceTag/${Key}`, Value],
  ]);
  return Object.fromEntries(keys);
}
