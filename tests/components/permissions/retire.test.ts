import { expect } from "chai";
import type { LaunchFacts } from "../../../components/launch/facts";
import type { Statement } from "../../../components/permissions/policy";
import { retireStatements } from "../../../components/permissions/retire";
import { BEIJING } from "../../mocks";
import { BY_LATEST, BY_PARAMETER, CONFIGURATION, MIXED, OTHER_TEMPLATE, TEMPLATE } from "../launch/facts";
import { SCOPE } from "./scope";

const owned = { StringEquals: { "aws:ResourceTag/ami-refresh:auto-scaling-group": "web-group" } };
const byWayOf = { "ForAnyValue:StringEquals": { "aws:CalledVia": ["ec2-images.amazonaws.com"] } };

/** For a group with a launch configuration, and for every other one too: it may have had one. */
const ALWAYS: Statement[] = [
  {
    Sid: "Look",
    Effect: "Allow",
    Action: [
      "autoscaling:DescribeAutoScalingGroups",
      "autoscaling:DescribeInstanceRefreshes",
      "autoscaling:DescribeLaunchConfigurations",
      "ec2:DescribeFleets",
      "ec2:DescribeImageReferences",
      "ec2:DescribeImages",
      "ec2:DescribeInstances",
      "ec2:DescribeLaunchTemplateVersions",
      "ec2:DescribeSnapshots",
      "ec2:DescribeSpotFleetRequests",
      "ssm:DescribeAutomationExecutions",
    ],
    Resource: "*",
  },
  {
    Sid: "LookAtRuns",
    Effect: "Allow",
    Action: "ssm:GetAutomationExecution",
    Resource: "arn:aws:ssm:ap-northeast-1:123456789012:automation-execution/*",
  },
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
      "arn:aws:imagebuilder:ap-northeast-1:123456789012:container-recipe/*",
      "arn:aws:ssm:ap-northeast-1:123456789012:parameter/*",
    ],
    Condition: byWayOf,
  },
  {
    Sid: "RetireImages",
    Effect: "Allow",
    Action: ["ec2:DeregisterImage", "ec2:DescribeImageAttribute"],
    Resource: "arn:aws:ec2:ap-northeast-1::image/*",
    Condition: owned,
  },
  {
    Sid: "RetireSnapshots",
    Effect: "Allow",
    Action: "ec2:DeleteSnapshot",
    Resource: "arn:aws:ec2:ap-northeast-1::snapshot/*",
    Condition: owned,
  },
  {
    Sid: "RetireLaunchConfigurations",
    Effect: "Allow",
    Action: "autoscaling:DeleteLaunchConfiguration",
    Resource: ["web_20??-??-??", "web_20??-??-??_??.??.??"].map(
      (name) =>
        `arn:aws:autoscaling:ap-northeast-1:123456789012:launchConfiguration:*:launchConfigurationName/${name}`,
    ),
  },
];

/** Behind what DescribeImageReferences needs. */
const WITH_PARAMETER: Statement[] = [
  ...ALWAYS.slice(0, 4),
  {
    Sid: "ReadTheParameterOfTheGroup",
    Effect: "Allow",
    Action: "ssm:GetParameter",
    Resource: "arn:aws:ssm:ap-northeast-1:123456789012:parameter/images/web",
  },
  ...ALWAYS.slice(4),
];

const versionsOf = (...ids: string[]): Statement => ({
  Sid: "RetireLaunchTemplateVersions",
  Effect: "Allow",
  Action: "ec2:DeleteLaunchTemplateVersions",
  Resource: ids.map((id) => `arn:aws:ec2:ap-northeast-1:123456789012:launch-template/${id}`),
});

describe("the role of retire may do exactly this", () => {
  for (const [what, launch, statements] of [
    ["for a launch configuration", CONFIGURATION, ALWAYS],
    ["for a launch template", BY_LATEST, [...ALWAYS, versionsOf(TEMPLATE)]],
    // Versions are left from a time when the template named an image itself.
    ["for a template with a parameter", BY_PARAMETER, [...WITH_PARAMETER, versionsOf(TEMPLATE)]],
    ["for a mixed instances policy", MIXED, [...ALWAYS, versionsOf(TEMPLATE, OTHER_TEMPLATE)]],
  ] as [string, LaunchFacts, Statement[]][]) {
    it(what, () => expect(retireStatements({ ...SCOPE, launch })).to.deep.equal(statements));
  }

  it("in partition aws-cn", () => {
    for (const launch of [CONFIGURATION, BY_PARAMETER, MIXED]) {
      expect(JSON.stringify(retireStatements({ ...SCOPE, ...BEIJING, launch }))).to.not.contain("arn:aws:");
    }
  });
});
