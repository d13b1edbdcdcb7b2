import { imagesArn } from "./arns";
import { makeLaunchConfigurations, useLaunchConfiguration } from "./launchConfiguration";
import { referToVersions, TEMPLATE_LOOKS, useTemplates } from "./launchTemplate";
import { lookStatements } from "./looks";
import { changeParameter } from "./parameter";
import { passedTo, Statement } from "./policy";
import { isOurs, Scope } from "./scope";

// What roll-out's role may do: change what this group launches, by what its kind asks for and nothing of the other kind, and
// write down on an image of ours that it was rolled out. It may delete no image.

/** What a roll-out writes down on the image. */
const ROLL_OUT_TAGS = ["ami-refresh:rolled-out", "ami-refresh:previous-image"];

export function rollOutStatements(scope: Scope): Statement[] {
  if (scope.launch.kind === "configuration") {
    const { looks, statements } = makeLaunchConfigurations(scope);
    return [
      ...checkStatements(scope, looks),
      ...statements,
      ...useLaunchConfiguration(scope),
      ...passStatements(scope),
      ...tagStatements(scope),
    ];
  }
  if (scope.launch.kind === "parameter") {
    return [...checkStatements(scope, TEMPLATE_LOOKS), ...changeParameter(scope), ...tagStatements(scope)];
  }
  return [
    ...checkStatements(scope, TEMPLATE_LOOKS),
    ...useTemplates(scope, ["make", "delete", "launch"]),
    ...referToVersions(scope),
    ...passStatements(scope),
    ...tagStatements(scope),
  ];
}

/** The checks of the image and of the group. */
export function checkStatements(scope: Scope, looks: string[]): Statement[] {
  return [
    ...lookStatements(scope, [
      "autoscaling:DescribeAutoScalingGroups",
      "autoscaling:DescribeInstanceRefreshes",
      "ec2:DescribeImages",
      // Under which keys the image's snapshots are.
      "ec2:DescribeSnapshots",
      ...looks,
    ]),
    ...keyStatements(scope),
  ];
}

/** Which keys are the customer's own: asked where the image has an encrypted volume. */
function keyStatements({ launch: { keyArns } }: Scope): Statement[] {
  return keyArns.length === 0
    ? []
    : [{ Sid: "LookAtTheKeys", Effect: "Allow", Action: "kms:DescribeKey", Resource: keyArns }];
}

/**
 * A launch configuration with an instance profile passes the profile's role to EC2, and so does the dry run of a launch
 * template. https://docs.aws.amazon.com/autoscaling/ec2/userguide/us-iam-role.html
 */
export function passStatements({ partition, launch: { roleArns } }: Scope): Statement[] {
  return roleArns.length === 0
    ? []
    : [
        {
          Sid: "PassRoleOfTheInstanceProfile",
          Effect: "Allow",
          Action: "iam:PassRole",
          Resource: roleArns,
          Condition: passedTo("ec2", partition),
        },
      ];
}

/**
 * On images of ours these two keys and no others: a role that may write the ownership tag could make any image ours.
 * ForAllValues is also true of no key at all, so that one is asked for.
 */
export function tagStatements(scope: Scope): Statement[] {
  return [
    {
      Sid: "WriteDownWhatWasRolledOut",
      Effect: "Allow",
      Action: "ec2:CreateTags",
      Resource: imagesArn(scope),
      Condition: {
        StringEquals: isOurs(scope),
        "ForAllValues:StringEquals": { "aws:TagKeys": ROLL_OUT_TAGS },
        Null: { "aws:TagKeys": "false" },
      },
    },
  ];
}
