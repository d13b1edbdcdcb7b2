import { groupArn } from "./arns";
import { useTemplates } from "./launchTemplate";
import { lookStatements } from "./looks";
import { Statement } from "./policy";
import { alarmStatements, stopActions } from "./refresh";
import { Scope } from "./scope";
import { StartedRunbook, startStatements } from "./start";

// What roll-out's role may do where instances are replaced: start the two runbooks that do it, and stop a refresh. What prepare
// made it may take back; of what the group launches it may change nothing.

export function rollOutWithRefreshStatements(
  scope: Scope,
  entries: string[],
  started: StartedRunbook[],
): Statement[] {
  const isConfiguration = scope.launch.kind === "configuration";
  return [
    ...lookStatements(scope, [
      "autoscaling:DescribeAutoScalingGroups",
      "autoscaling:DescribeInstanceRefreshes",
      // Whether an image was rolled out before, and which instances run it.
      "ec2:DescribeImages",
      "ec2:DescribeInstances",
      isConfiguration
        ? // Whether the group is back on the image before.
          "autoscaling:DescribeLaunchConfigurations"
        : // Which version is meant where the group follows one: by now it may, whatever it did at the deployment.
          "ec2:DescribeLaunchTemplateVersions",
    ]),
    ...alarmStatements(scope, entries),
    {
      Sid: "StopInstanceRefreshesOfTheGroup",
      Effect: "Allow",
      Action: stopActions(scope),
      Resource: groupArn(scope),
    },
    ...(isConfiguration ? [] : useTemplates(scope, ["delete"])),
    ...startStatements(scope, started),
  ];
}
