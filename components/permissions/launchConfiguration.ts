import { LaunchConfigurationFrom } from "../launchConfigurationFrom";
import { groupArn, instanceArn, launchConfigurationArns } from "./arns";
import { updatesLaunchSource } from "./groupUpdate";
import { LaunchKindPermissions, Statement } from "./policy";
import { Scope } from "./scope";

/** What it takes to make a launch configuration that names the image. */
export function makeLaunchConfigurations(scope: Scope): LaunchKindPermissions {
  const fromInstance = scope.launchConfigurationFrom === LaunchConfigurationFrom.Instance;
  return {
    looks: [
      "autoscaling:DescribeLaunchConfigurations",
      // Auto Scaling reads the instance that it derives one from. A copy keeps the group's type, which may not run the image.
      fromInstance ? "ec2:DescribeInstances" : "ec2:DescribeInstanceTypes",
    ],
    statements: [
      {
        Sid: "LaunchConfigurationsWithOurNames",
        Effect: "Allow",
        Action: "autoscaling:CreateLaunchConfiguration",
        Resource: launchConfigurationArns(scope),
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
      ...(fromInstance ? [attributesOfTheInstance(scope)] : []),
    ],
  };
}

/** What it takes to let the group launch from one, and from no launch template. */
export function useLaunchConfiguration(scope: Scope): Statement[] {
  return [
    {
      // The launch configuration of this group, and nothing else of it that IAM can tell. To any of them, because a roll-out
      // that fails sets it back to what people made, under whatever name.
      Sid: "LaunchConfigurationOfTheGroup",
      Effect: "Allow",
      Action: "autoscaling:UpdateAutoScalingGroup",
      Resource: groupArn(scope),
      Condition: updatesLaunchSource("configuration"),
    },
  ];
}

/**
 * Deriving a launch configuration from an instance reads attributes that DescribeInstances does not show, such as its user
 * data. Same page as WhatCreateLaunchConfigurationLooksUp.
 */
function attributesOfTheInstance(scope: Scope): Statement {
  return {
    Sid: "AttributesOfTheGoldenInstance",
    Effect: "Allow",
    Action: "ec2:DescribeInstanceAttribute",
    Resource: instanceArn(scope),
  };
}
