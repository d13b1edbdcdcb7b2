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
  return [
    ...lookStatements(scope, [
      "autoscaling:DescribeAutoScalingGroups",
      "autoscaling:DescribeInstanceRefreshes",
      // Which instances run the image.
      "ec2:DescribeInstances",
    ]),
    ...alarmStatements(scope, entries),
    {
      Sid: "StopInstanceRefreshesOfTheGroup",
      Effect: "Allow",
      Action: stopActions(scope),
      Resource: groupArn(scope),
    },
    ...(scope.launch.kind === "configuration" ? [] : useTemplates(scope, ["delete"])),
    ...startStatements(scope, started),
  ];
}
