import { InputError } from "../errors";
import { Place } from "../place";
import { quote } from "../quote";
import { sortUnique } from "../sortUnique";
import { requireText } from "./text";

const PARTITION = "aws[a-z-]*";
const ROLE_ARN = new RegExp(`^arn:${PARTITION}:iam::\\d{12}:role/([!-~]+/)?[\\w+=,.@-]{1,64}$`);
const POLICY_ARN = new RegExp(`^arn:${PARTITION}:iam::(\\d{12}|aws):policy/([!-~]+/)?[\\w+=,.@-]{1,128}$`);
const INSTANCE_PROFILE_ARN = new RegExp(`^arn:${PARTITION}:iam::\\d{12}:instance-profile/`);
/** AWS's own limit on the roles of one list parameter of a runbook is 50 values; nobody needs as many. */
const PROFILE_ROLES_MAX = 20;

export function checkBoundaryArn(value: unknown): string {
  const arn = requireText(
    "permissionsBoundaryArn",
    value,
    "the ARN of a managed IAM policy, or leave it out",
  );
  if (!POLICY_ARN.test(arn)) {
    throw new InputError(
      `permissionsBoundaryArn ${quote(arn)} is not the ARN of a managed policy: it reads ` +
        `arn:<partition>:iam::<account>:policy/<name>; copy it from the IAM console, or leave it out.`,
    );
  }
  return arn;
}

export function checkRoleArns(value: unknown): string[] {
  if (!Array.isArray(value)) {
    throw new InputError(
      `instanceProfileRoleArns ${quote(value)} is not a list: give a list of role ARNs, or leave it out.`,
    );
  }
  if (value.length > PROFILE_ROLES_MAX) {
    throw new InputError(
      `instanceProfileRoleArns has ${value.length} entries: at most ${PROFILE_ROLES_MAX} are allowed; name only the ` +
        `roles of the instance profiles that this group launches with.`,
    );
  }
  return sortUnique(value.map((arn, index) => checkRoleArn(arn, index)));
}

function checkRoleArn(value: unknown, index: number): string {
  const arn = requireText(
    `instanceProfileRoleArns[${index}]`,
    value,
    "the ARN of the role in the instance profile",
  );
  if (INSTANCE_PROFILE_ARN.test(arn)) {
    throw new InputError(
      `instanceProfileRoleArns ${quote(arn)} is the ARN of an instance profile: give the ARN of the role in it, ` +
        `arn:<partition>:iam::<account>:role/<name>.`,
    );
  }
  if (!ROLE_ARN.test(arn) || /[*?$]/.test(arn)) {
    throw new InputError(
      `instanceProfileRoleArns ${quote(arn)} is not the ARN of a role: it reads ` +
        `arn:<partition>:iam::<account>:role/<name>, without wildcards; copy it from the IAM console.`,
    );
  }
  return arn;
}

/** Checks that ARNs are of the account that the component is deployed into; a role of another one cannot be passed. */
export function checkOwnAccount(input: string): (value: unknown) => string[] {
  return (value) => {
    const { arns, place } = value as { arns: string[]; place: Place };
    const here = `arn:${place.partition}:iam::${place.accountId}:`;
    const foreign = arns.find((arn) => !arn.startsWith(here));
    if (foreign !== undefined) {
      throw new InputError(
        `${input} ${quote(foreign)} is of another account or partition: what is passed to EC2 begins with ${here}; give the ` +
          `ARN of this account's role.`,
      );
    }
    return arns;
  };
}
