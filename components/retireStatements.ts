import { OWNERSHIP_TAG, Statement } from "./policies";
import { imageArns, Refreshed } from "./refreshed";

// What the automation role may do to retire the images that earlier runs made: look for whoever uses them, and delete what
// carries this group's ownership tag. Launch configurations and versions of templates are with the statements of their kinds.

/** What the step `retire` looks at beside what every run does; AWS gives these actions no resource level. */
export const RETIRE_LOOKS = [
  "autoscaling:DescribeLaunchConfigurations",
  "ec2:DescribeFleets",
  "ec2:DescribeImageReferences",
  "ec2:DescribeLaunchTemplateVersions",
  "ec2:DescribeSpotFleetRequests",
];

export function retireStatements(refreshed: Refreshed): Statement[] {
  const { partition, region, accountId, autoScalingGroupName } = refreshed;
  const [images, snapshots] = imageArns(refreshed);
  const owned = { StringEquals: { [`aws:ResourceTag/${OWNERSHIP_TAG}`]: autoScalingGroupName } };
  const byWayOf = { "ForAnyValue:StringEquals": { "aws:CalledVia": ["ec2-images.amazonaws.com"] } };
  return [
    {
      // Only EC2 itself, when it is asked who refers to an image, may look there for the role. As AWS's managed policy
      // AmazonEC2ImageReferencesAccessPolicy allows it.
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
    {
      // With whom an image is shared is asked before it goes.
      Sid: "RetireImages",
      Effect: "Allow",
      Action: ["ec2:DeregisterImage", "ec2:DescribeImageAttribute"],
      Resource: images,
      Condition: owned,
    },
    {
      Sid: "RetireSnapshots",
      Effect: "Allow",
      Action: "ec2:DeleteSnapshot",
      Resource: snapshots,
      Condition: owned,
    },
  ];
}
