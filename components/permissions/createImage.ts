import { imagesArn, instanceArn, snapshotsArn } from "./arns";
import { lookStatements } from "./looks";
import { readParameter } from "./parameter";
import { Statement } from "./policy";
import { OWNERSHIP_TAG, Scope } from "./scope";
import { StartedRunbook, startStatements } from "./start";

// What create-image's role may do: take the image of this instance for this group, and start the patches and the roll-out.
// It may change nothing of the group and delete nothing.

export function createImageStatements(
  scope: Scope,
  started: StartedRunbook[],
  skipUnchanged = false,
): Statement[] {
  const made = [imagesArn(scope), snapshotsArn(scope)];
  const asksForTag = { [`aws:RequestTag/${OWNERSHIP_TAG}`]: scope.autoScalingGroupName };
  return [
    ...lookStatements(scope, [
      // Whether the group exists.
      "autoscaling:DescribeAutoScalingGroups",
      // Whether a launch configuration has the name that the image would give it.
      "autoscaling:DescribeLaunchConfigurations",
      "ec2:DescribeImages",
      "ec2:DescribeInstances",
      ...(skipUnchanged ? looksForChanges(scope) : []),
    ]),
    {
      // CreateImage is authorised on the instance, on the new image and on its new snapshots.
      Sid: "ImageOfTheGoldenInstance",
      Effect: "Allow",
      Action: "ec2:CreateImage",
      Resource: instanceArn(scope),
    },
    {
      // Only with the ownership tag, which is what later allows the image's deletion.
      Sid: "ImageWithOwnershipTag",
      Effect: "Allow",
      Action: "ec2:CreateImage",
      Resource: made,
      Condition: { StringEquals: asksForTag },
    },
    {
      // Only while CreateImage makes them: a role that may tag an existing image could make any image its own.
      // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
      Sid: "TagWhatCreateImageMakes",
      Effect: "Allow",
      Action: "ec2:CreateTags",
      Resource: made,
      Condition: { StringEquals: { "ec2:CreateAction": "CreateImage", ...asksForTag } },
    },
    ...(skipUnchanged ? readParameter(scope) : []),
    // The steps patch and rollOut.
    ...startStatements(scope, started),
  ];
}

/** What the group launches, and of which volumes that was made. */
function looksForChanges({ launch: { kind } }: Scope): string[] {
  return [
    "ec2:DescribeSnapshots",
    "ec2:DescribeVolumes",
    ...(kind === "configuration" ? [] : ["ec2:DescribeLaunchTemplateVersions"]),
  ];
}
