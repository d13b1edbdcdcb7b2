import { imagesArn, launchConfigurationArns, snapshotsArn, templateArns } from "./arns";
import { lookStatements } from "./looks";
import { readParameter } from "./parameter";
import { Condition, Statement } from "./policy";
import { isOurs, Scope } from "./scope";

// What retire's role may do: look for whoever uses an image of ours, and delete what carries this group's ownership tag, with
// the launch configurations and template versions that name it. It may make nothing.

export function retireStatements(scope: Scope): Statement[] {
  const owned = { StringEquals: isOurs(scope) };
  return [
    ...lookStatements(scope, [
      // Whatever may use an image.
      "autoscaling:DescribeAutoScalingGroups",
      // One that is not finished names what it goes to.
      "autoscaling:DescribeInstanceRefreshes",
      "autoscaling:DescribeLaunchConfigurations",
      "ec2:DescribeFleets",
      "ec2:DescribeImageReferences",
      "ec2:DescribeImages",
      "ec2:DescribeInstances",
      "ec2:DescribeLaunchTemplateVersions",
      "ec2:DescribeSnapshots",
      "ec2:DescribeSpotFleetRequests",
    ]),
    ...imageReferenceStatements(scope),
    ...readParameter(scope),
    {
      // With whom an image is shared is asked before it goes.
      Sid: "RetireImages",
      Effect: "Allow",
      Action: ["ec2:DeregisterImage", "ec2:DescribeImageAttribute"],
      Resource: imagesArn(scope),
      Condition: owned,
    },
    {
      Sid: "RetireSnapshots",
      Effect: "Allow",
      Action: "ec2:DeleteSnapshot",
      Resource: snapshotsArn(scope),
      Condition: owned,
    },
    {
      // For a group of any kind: one that moved to a launch template left its launch configurations behind.
      Sid: "RetireLaunchConfigurations",
      Effect: "Allow",
      Action: "autoscaling:DeleteLaunchConfiguration",
      Resource: launchConfigurationArns(scope),
    },
    ...templateStatements(scope),
  ];
}

/**
 * Only EC2 itself, when it is asked who refers to an image, may look there for the role. As AWS's managed policy
 * AmazonEC2ImageReferencesAccessPolicy allows it.
 */
function imageReferenceStatements({ partition, region, accountId }: Scope): Statement[] {
  const byWayOf: Condition = {
    "ForAnyValue:StringEquals": { "aws:CalledVia": ["ec2-images.amazonaws.com"] },
  };
  return [
    {
      Sid: "WhatDescribeImageReferencesLooksAt",
      Effect: "Allow",
      Action: [
        "ec2:DescribeLaunchTemplates",
        "imagebuilder:ListContainerRecipes",
        "imagebuilder:ListImageRecipes",
        "ssm:DescribeParameters",
      ],
      Resource: "*",
      Condition: byWayOf,
    },
    {
      Sid: "WhatDescribeImageReferencesReads",
      Effect: "Allow",
      Action: ["imagebuilder:GetContainerRecipe", "ssm:GetParameters"],
      Resource: [
        `arn:${partition}:imagebuilder:${region}:${accountId}:container-recipe/*`,
        `arn:${partition}:ssm:${region}:${accountId}:parameter/*`,
      ],
      Condition: byWayOf,
    },
  ];
}

/** IAM limits the template only; which versions are ours the runbook finds out. */
function templateStatements(scope: Scope): Statement[] {
  return scope.launch.templates.length === 0
    ? []
    : [
        {
          Sid: "RetireLaunchTemplateVersions",
          Effect: "Allow",
          Action: "ec2:DeleteLaunchTemplateVersions",
          Resource: templateArns(scope),
        },
      ];
}
