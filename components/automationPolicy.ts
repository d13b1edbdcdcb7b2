import { InputError } from "./errors";
import { sortedSet } from "./launch/facts";
import { LaunchConfigurationFrom } from "./launchConfigurationFrom";
import { CONFIGURATION_LOOKS, configurationStatements } from "./launchConfigurationStatements";
import { TEMPLATE_LOOKS, templateStatements } from "./launchTemplateStatements";
import { executionsArn, OWNERSHIP_TAG, passedTo, Policy, policy, Statement } from "./policies";
import { imageArns, instanceArn, Refreshed } from "./refreshed";
import { RETIRE_LOOKS, retireStatements } from "./retireStatements";

// What the automation role may do, from plain values: look, take the image, what the group's kind asks for and nothing of the
// other kind, and retire what earlier runs made.

/** What every run looks at; AWS gives these actions no resource level. */
const LOOKS = [
  "autoscaling:DescribeAutoScalingGroups",
  "autoscaling:DescribeInstanceRefreshes",
  "ec2:DescribeImages",
  "ec2:DescribeInstances",
  "ec2:DescribeSnapshots",
  "ec2:DescribeVolumes",
  // Which other runs of the runbook are at work.
  "ssm:DescribeAutomationExecutions",
];

/** The permissions of the automation role, which the runbook's steps use. */
export function automationPolicy(refreshed: Refreshed): Policy {
  const configuration = refreshed.launch.kind === "configuration";
  return policy([
    {
      // preflight, launchSource and the waits look things up, and so do the steps that read back what they made.
      Sid: "Look",
      Effect: "Allow",
      Action: sortedSet([...LOOKS, ...looksOf(refreshed)]),
      Resource: "*",
    },
    {
      // When this run and others started.
      Sid: "LookAtRuns",
      Effect: "Allow",
      Action: "ssm:GetAutomationExecution",
      Resource: executionsArn(refreshed),
    },
    ...keyStatements(refreshed),
    ...imageStatements(refreshed),
    ...(configuration ? configurationStatements(refreshed) : templateStatements(refreshed)),
    ...passStatements(refreshed),
    ...(refreshed.retire ? retireStatements(refreshed) : []),
  ]);
}

function looksOf({ launch: { kind }, launchConfigurationFrom, retire }: Refreshed): string[] {
  // A launch configuration from the instance has the instance's own type, on which its image runs.
  const ownType = kind === "configuration" && launchConfigurationFrom === LaunchConfigurationFrom.Instance;
  return [
    ...(ownType ? [] : ["ec2:DescribeInstanceTypes"]),
    ...(kind === "configuration" ? CONFIGURATION_LOOKS : TEMPLATE_LOOKS),
    ...(retire ? RETIRE_LOOKS : []),
  ];
}

/** What IAM takes of all inline policies of a role together, white space not counted. Source: IAM User Guide, quotas. */
export const POLICY_MAX = 10240;

/** The policy as text, or one sentence where IAM would not take it. */
export function automationPolicyText(refreshed: Refreshed): string {
  const text = JSON.stringify(automationPolicy(refreshed));
  const counted = text.replace(/\s/g, "").length;
  if (counted > POLICY_MAX) {
    const { templates, roleArns } = refreshed.launch;
    throw new InputError(
      `the automation role's policy, made for ${templates.length} launch templates and ${roleArns.length} roles, has ` +
        `${counted} characters: IAM takes at most ${POLICY_MAX}; let the group use fewer of them, or split it.`,
    );
  }
  return text;
}

/** Which keys are the customer's own: asked where the golden instance has an encrypted volume. */
function keyStatements({ launch: { keyArns } }: Refreshed): Statement[] {
  return keyArns.length === 0
    ? []
    : [{ Sid: "LookAtTheKeys", Effect: "Allow", Action: "kms:DescribeKey", Resource: keyArns }];
}

function imageStatements(refreshed: Refreshed): Statement[] {
  const made = imageArns(refreshed);
  const owned = { [`aws:RequestTag/${OWNERSHIP_TAG}`]: refreshed.autoScalingGroupName };
  return [
    {
      // CreateImage is authorised on the instance, on the new image and on its new snapshots.
      Sid: "ImageOfTheGoldenInstance",
      Effect: "Allow",
      Action: "ec2:CreateImage",
      Resource: instanceArn(refreshed),
    },
    {
      // Only with the ownership tag, which is what later allows the image's deletion.
      Sid: "ImageWithOwnershipTag",
      Effect: "Allow",
      Action: "ec2:CreateImage",
      Resource: made,
      Condition: { StringEquals: owned },
    },
    {
      // Only while CreateImage makes them: a role that may tag an existing image could make any image its own.
      // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
      Sid: "TagWhatCreateImageMakes",
      Effect: "Allow",
      Action: "ec2:CreateTags",
      Resource: made,
      Condition: { StringEquals: { "ec2:CreateAction": "CreateImage", ...owned } },
    },
  ];
}

/**
 * A launch configuration with an instance profile passes the profile's role to EC2, and so does the dry run of a launch
 * template. https://docs.aws.amazon.com/autoscaling/ec2/userguide/us-iam-role.html
 */
function passStatements({ partition, launch: { roleArns } }: Refreshed): Statement[] {
  return roleArns.length === 0
    ? []
    : [
        {
          Sid: "PassRoleOfTheInstanceProfile",
          Effect: "Allow",
          Action: "iam:PassRole",
          Resource: roleArns,
          Condition: { StringEquals: { "iam:PassedToService": passedTo("ec2", partition) } },
        },
      ];
}
