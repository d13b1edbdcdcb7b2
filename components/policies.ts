// What the events role may do, and who may use the two roles, from plain values; automationPolicy.ts has what the
// automation role may do. Each statement says which step or which AWS page asks for it. Sources: the Service Authorization
// Reference for EC2, Auto Scaling, Systems Manager, KMS and IAM, and where a statement names one, a page of the user guides.

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
        executionsArn(place),
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

/** All executions of this account and Region: their ids nobody knows beforehand. */
export function executionsArn({ partition, region, accountId }: Place): string {
  return `arn:${partition}:ssm:${region}:${accountId}:automation-execution/*`;
}

/** Only Automation may use the automation role, and only for executions of this account and Region. */
export function automationTrust(place: Place): TrustPolicy {
  return trust("ssm.amazonaws.com", {
    StringEquals: { "aws:SourceAccount": place.accountId },
    ArnLike: {
      "aws:SourceArn": executionsArn(place),
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
export function passedTo(service: string, partition: string): string[] {
  const everywhere = `${service}.amazonaws.com`;
  return partition === "aws-cn" ? [everywhere, `${everywhere}.cn`] : [everywhere];
}

export function policy(statements: Statement[]): Policy {
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
