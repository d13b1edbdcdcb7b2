import { LaunchConfigurationFrom } from "./launchConfigurationFrom";
import { Statement } from "./policies";
import { groupArn, instanceArn, Refreshed } from "./refreshed";

// What the automation role may do for a group with a launch configuration, and for no other.

/** What a run looks at beside what every run does; AWS gives these actions no resource level. */
export const CONFIGURATION_LOOKS = [
  "autoscaling:DescribeAccountLimits",
  "autoscaling:DescribeLaunchConfigurations",
];

export function configurationStatements(refreshed: Refreshed): Statement[] {
  const { partition, region, accountId, prefix, launchConfigurationFrom } = refreshed;
  const newNames = launchConfigurationNames(prefix);
  const launchConfigurations = `arn:${partition}:autoscaling:${region}:${accountId}:launchConfiguration:*`;
  const statements: Statement[] = [
    {
      // New ones; old ones go when they are retired.
      Sid: "LaunchConfigurationsWithOurNames",
      Effect: "Allow",
      Action: [
        "autoscaling:CreateLaunchConfiguration",
        ...(refreshed.retire ? ["autoscaling:DeleteLaunchConfiguration"] : []),
      ],
      Resource: newNames.map((name) => `${launchConfigurations}:launchConfigurationName/${name}`),
    },
    {
      // Auto Scaling checks what a launch configuration names with the caller's own rights. AWS lists these, and
      // DescribeImages, DescribeInstances and DescribeInstanceAttribute, for CreateLaunchConfiguration:
      // https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-api-permissions.html
      Sid: "WhatCreateLaunchConfigurationLooksUp",
      Effect: "Allow",
      Action: [
        "ec2:DescribeKeyPairs",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSpotInstanceRequests",
        "ec2:DescribeVpcClassicLink",
      ],
      Resource: "*",
    },
    {
      // The launch configuration of this group, to one with our names, and nothing else of it: sizes are left out of
      // the request or it is denied. IfExists, as in AWS's own example, because a request need not name every key:
      // https://docs.aws.amazon.com/autoscaling/ec2/userguide/security_iam_id-based-policy-examples.html
      Sid: "LaunchConfigurationOfTheGroup",
      Effect: "Allow",
      Action: "autoscaling:UpdateAutoScalingGroup",
      Resource: groupArn(refreshed),
      Condition: {
        StringLikeIfExists: { "autoscaling:LaunchConfigurationName": newNames },
        Null: { "autoscaling:MinSize": "true", "autoscaling:MaxSize": "true" },
      },
    },
  ];
  if (launchConfigurationFrom === LaunchConfigurationFrom.Instance) {
    statements.push({
      // Deriving a launch configuration from an instance reads attributes that DescribeInstances does not show, such as
      // its user data. Same page as WhatCreateLaunchConfigurationLooksUp.
      Sid: "AttributesOfTheGoldenInstance",
      Effect: "Allow",
      Action: "ec2:DescribeInstanceAttribute",
      Resource: instanceArn(refreshed),
    });
  }
  return statements;
}

/**
 * The names that the runbook gives to launch configurations, as IAM patterns: the prefix and exactly a date, or a date
 * and a time. `prefix_*` would also match the names of another component whose prefix is `prefix_api`.
 */
export function launchConfigurationNames(prefix: string): string[] {
  const date = `${prefix}_20??-??-??`;
  return [date, `${date}_??.??.??`];
}
