import { LaunchConfigurationFrom } from "./launchConfigurationFrom";

// What the two roles may do, and who may use them, from plain values. Each statement says which step or which AWS page
// asks for it. Sources: the Service Authorization Reference for EC2, Auto Scaling, Systems Manager and IAM, and where a
// statement names one, a page of the user guides.

/** Where everything is: a partition (`aws`, `aws-cn`, `aws-us-gov`), a Region and an account. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

type Condition = Record<string, Record<string, string | string[]>>;

export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Condition?: Condition;
}

export interface Policy {
  readonly Version: "2012-10-17";
  readonly Statement: Statement[];
}

export interface TrustPolicy {
  readonly Version: "2012-10-17";
  readonly Statement: {
    readonly Effect: "Allow";
    readonly Principal: { readonly Service: string };
    readonly Action: "sts:AssumeRole";
    readonly Condition: Condition;
  }[];
}

/** The tag by which an image or a snapshot is this runbook's own; its value is the group's name. */
export const OWNERSHIP_TAG = "ami-refresh:auto-scaling-group";

/** What the automation role's permissions are made for. */
export interface Refreshed extends Place {
  readonly instanceId: string;
  readonly autoScalingGroupName: string;
  readonly prefix: string;
  readonly launchConfigurationFrom: LaunchConfigurationFrom;
  readonly instanceProfileRoleArns: readonly string[];
}

/** The permissions of the automation role, which the runbook's steps use. */
export function automationPolicy(refreshed: Refreshed): Policy {
  const { partition, region, accountId } = refreshed;
  const instance = `arn:${partition}:ec2:${region}:${accountId}:instance/${refreshed.instanceId}`;
  const autoScaling = `arn:${partition}:autoscaling:${region}:${accountId}`;
  // Images and snapshots have no account in their ARN. A new one has no id yet either.
  const images = `arn:${partition}:ec2:${region}::image/*`;
  const snapshots = `arn:${partition}:ec2:${region}::snapshot/*`;
  const owned = { [`aws:RequestTag/${OWNERSHIP_TAG}`]: refreshed.autoScalingGroupName };
  const newNames = launchConfigurationNames(refreshed.prefix);

  const statements: Statement[] = [
    {
      // preflight, launchSource and the waits look things up; AWS gives these actions no resource level.
      Sid: "Look",
      Effect: "Allow",
      Action: [
        "autoscaling:DescribeAccountLimits",
        "autoscaling:DescribeAutoScalingGroups",
        "autoscaling:DescribeLaunchConfigurations",
        "ec2:DescribeImages",
        "ec2:DescribeInstances",
      ],
      Resource: "*",
    },
    {
      // CreateImage is authorised on the instance, on the new image and on its new snapshots.
      Sid: "ImageOfTheGoldenInstance",
      Effect: "Allow",
      Action: "ec2:CreateImage",
      Resource: instance,
    },
    {
      // Only with the ownership tag, which is what later allows the image's deletion.
      Sid: "ImageWithOwnershipTag",
      Effect: "Allow",
      Action: "ec2:CreateImage",
      Resource: [images, snapshots],
      Condition: { StringEquals: owned },
    },
    {
      // Only while CreateImage makes them: a role that may tag an existing image could make any image its own.
      // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
      Sid: "TagWhatCreateImageMakes",
      Effect: "Allow",
      Action: "ec2:CreateTags",
      Resource: [images, snapshots],
      Condition: { StringEquals: { "ec2:CreateAction": "CreateImage", ...owned } },
    },
    {
      Sid: "NewLaunchConfiguration",
      Effect: "Allow",
      Action: "autoscaling:CreateLaunchConfiguration",
      Resource: newNames.map(
        (name) => `${autoScaling}:launchConfiguration:*:launchConfigurationName/${name}`,
      ),
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
      Resource: `${autoScaling}:autoScalingGroup:*:autoScalingGroupName/${refreshed.autoScalingGroupName}`,
      Condition: {
        StringLikeIfExists: { "autoscaling:LaunchConfigurationName": newNames },
        Null: { "autoscaling:MinSize": "true", "autoscaling:MaxSize": "true" },
      },
    },
  ];
  if (refreshed.launchConfigurationFrom === LaunchConfigurationFrom.Instance) {
    statements.push({
      // Deriving a launch configuration from an instance reads attributes that DescribeInstances does not show, such as
      // its user data. Same page as WhatCreateLaunchConfigurationLooksUp.
      Sid: "AttributesOfTheGoldenInstance",
      Effect: "Allow",
      Action: "ec2:DescribeInstanceAttribute",
      Resource: instance,
    });
  }
  if (refreshed.instanceProfileRoleArns.length > 0) {
    statements.push({
      // A launch configuration with an instance profile passes the profile's role to EC2.
      // https://docs.aws.amazon.com/autoscaling/ec2/userguide/us-iam-role.html
      Sid: "PassRoleOfTheInstanceProfile",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: [...refreshed.instanceProfileRoleArns],
      Condition: { StringEquals: { "iam:PassedToService": passedTo("ec2", partition) } },
    });
  }
  return policy(statements);
}

/**
 * The names that the runbook gives to launch configurations, as IAM patterns: the prefix and exactly a date, or a date
 * and a time. `prefix_*` would also match the names of another component whose prefix is `prefix_api`.
 */
export function launchConfigurationNames(prefix: string): string[] {
  const date = `${prefix}_20??-??-??`;
  return [date, `${date}_??.??.??`];
}

/** The permissions of the events role, with which EventBridge starts the runbook. */
export function eventsPolicy(place: Place, documentName: string, automationRoleArn: string): Policy {
  const ssm = `arn:${place.partition}:ssm:${place.region}`;
  return policy([
    {
      // AWS authorises the start on the document and on the execution; older reports show denials that name the
      // automation definition. The id of the execution cannot be known: the other two do the limiting.
      Sid: "StartTheRunbook",
      Effect: "Allow",
      Action: "ssm:StartAutomationExecution",
      Resource: [
        `${ssm}:${place.accountId}:automation-definition/${documentName}:*`,
        `${ssm}:${place.accountId}:document/${documentName}`,
        `${ssm}:${place.accountId}:automation-execution/*`,
      ],
    },
    {
      // Who starts a run must be allowed to pass it the role that it will use.
      Sid: "PassTheAutomationRole",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: automationRoleArn,
      Condition: { StringEquals: { "iam:PassedToService": passedTo("ssm", place.partition) } },
    },
  ]);
}

/**
 * What a rule's target names to start a runbook. It is built from its parts: the ARN that the provider gives for an
 * Automation document changes its form between versions, `document/` in it would mean Run Command, and without a version
 * at its end a rule fires and nothing starts.
 */
export function automationDefinitionArn(place: Place, documentName: string): string {
  return `arn:${place.partition}:ssm:${place.region}:${place.accountId}:automation-definition/${documentName}:$DEFAULT`;
}

/** Only Automation may use the automation role, and only for executions of this account and Region. */
export function automationTrust(place: Place): TrustPolicy {
  return trust("ssm.amazonaws.com", {
    StringEquals: { "aws:SourceAccount": place.accountId },
    ArnLike: {
      "aws:SourceArn": `arn:${place.partition}:ssm:${place.region}:${place.accountId}:automation-execution/*`,
    },
  });
}

/** Only EventBridge may use the events role, and only for this rule. */
export function eventsTrust(accountId: string, ruleArn: string): TrustPolicy {
  return trust("events.amazonaws.com", {
    StringEquals: { "aws:SourceAccount": accountId },
    ArnEquals: { "aws:SourceArn": ruleArn },
  });
}

/**
 * The service a role is passed to. AWS's example for China allows both spellings; elsewhere there is one.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/us-iam-role.html
 */
function passedTo(service: string, partition: string): string[] {
  const everywhere = `${service}.amazonaws.com`;
  return partition === "aws-cn" ? [everywhere, `${everywhere}.cn`] : [everywhere];
}

function policy(statements: Statement[]): Policy {
  return { Version: "2012-10-17", Statement: statements };
}

/** Service principals are the same in every partition. */
function trust(service: string, condition: Condition): TrustPolicy {
  return {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole", Condition: condition },
    ],
  };
}
