import { mayRollBack } from "../launch/facts";
import { groupArn } from "./arns";
import { useLaunchConfiguration } from "./launchConfiguration";
import { referToVersions, useTemplates } from "./launchTemplate";
import { lookStatements } from "./looks";
import { Statement } from "./policy";
import { passStatements, tagStatements } from "./rollOut";
import { Scope } from "./scope";

// What refresh's role may do: let this group launch from what prepare made, replace its instances, put all of that back, and
// write down on an image of ours that it was rolled out. It may make no version and delete no image.

/** By which a refresh ends before its time. */
export function stopActions({ launch }: Scope): string[] {
  return [
    "autoscaling:CancelInstanceRefresh",
    ...(mayRollBack(launch) ? ["autoscaling:RollbackInstanceRefresh"] : []),
  ];
}

export function refreshStatements(scope: Scope, entries: string[]): Statement[] {
  const looks = [
    "autoscaling:DescribeAutoScalingGroups",
    "autoscaling:DescribeInstanceRefreshes",
    "ec2:DescribeImages",
    // Which instances run the image.
    "ec2:DescribeInstances",
  ];
  const refresh: Statement = {
    Sid: "InstanceRefreshesOfTheGroup",
    Effect: "Allow",
    Action: [...stopActions(scope), "autoscaling:StartInstanceRefresh"],
    Resource: groupArn(scope),
  };
  return scope.launch.kind === "configuration"
    ? [
        ...lookStatements(scope, looks, false),
        ...alarmStatements(scope, entries),
        refresh,
        ...useLaunchConfiguration(scope),
        ...tagStatements(scope),
      ]
    : [
        ...lookStatements(scope, [...looks, ...versionLooks(scope)], false),
        ...alarmStatements(scope, entries),
        refresh,
        ...useTemplates(scope, ["delete", "launch"]),
        ...referToVersions(scope),
        ...passStatements(scope),
        ...tagStatements(scope),
      ];
}

/** Which version is meant where a template is not referred to by a number. */
function versionLooks({ launch }: Scope): string[] {
  const isMoving = launch.templates.some(({ refersBy }) => refersBy.some((by) => by !== "number"));
  return isMoving ? ["ec2:DescribeLaunchTemplateVersions"] : [];
}

/**
 * Whether the alarms that watch over a refresh are OK is looked at before anything is made. Whether Auto Scaling asks the same
 * right of who starts a refresh with alarms AWS does not say: its service-linked role has it.
 */
export function alarmStatements({ partition, region, accountId }: Scope, entries: string[]): Statement[] {
  return entries.some((entry) => entry.startsWith("Alarms="))
    ? [
        {
          Sid: "LookAtTheAlarms",
          Effect: "Allow",
          Action: "cloudwatch:DescribeAlarms",
          Resource: `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:*`,
        },
      ]
    : [];
}
