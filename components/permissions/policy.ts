import { InputError } from "../errors";
import { servicePrincipals } from "../partitions";

// The forms that IAM takes, from plain values. Each statement in this folder says which step, or which page of AWS, asks for
// it. Sources: the Service Authorization Reference for EC2, Auto Scaling, Systems Manager, KMS and IAM, and where a statement
// names one, a page of the user guides.

export type Condition = Record<string, Record<string, string | string[]>>;

export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Condition?: Condition;
}

/** What one kind of launch source asks for beside what every roll-out does. */
export interface LaunchKindPermissions {
  /** Actions that only look, for which AWS has no resource level. */
  readonly looks: string[];
  readonly statements: Statement[];
}

/** What IAM takes of all inline policies of a role together, white space not counted. Source: IAM User Guide, quotas. */
export const POLICY_MAX = 10240;

/** The policy of one of the roles as text, or one sentence where IAM would not take it. `madeFor` tells what makes it long. */
export function writePolicy(role: string, madeFor: string, statements: Statement[]): string {
  const text = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  const counted = text.replace(/\s/g, "").length;
  if (counted > POLICY_MAX) {
    throw new InputError(
      `the ${role} role's policy, made for ${madeFor}, has ${counted} characters: IAM takes at most ${POLICY_MAX}; let the ` +
        `group use fewer of them, or split it.`,
    );
  }
  return text;
}

/**
 * The service a role is passed to. AWS's example for China allows both spellings, and so does this where there are two.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/us-iam-role.html
 */
export function passedTo(service: string, partition: string): Condition {
  return { StringEquals: { "iam:PassedToService": servicePrincipals(service, partition) } };
}
