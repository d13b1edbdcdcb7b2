import { InputError } from "./errors";
import { sortedSet } from "./launch/facts";
import { TEMPLATES_MAX } from "./launch/source";
import { LaunchConfigurationFrom } from "./launchConfigurationFrom";
import { Place } from "./policies";
import { quoted } from "./quoted";

// Every check takes whatever was given, because callers in JavaScript and values out of configuration files have no
// types, and gives the value back with its type. The sentences name the input, the value, what is allowed and the
// likely repair.

/**
 * Printable ASCII without blanks and colons, which is what Auto Scaling allows in a group's name, and without the five
 * characters that mean something in an IAM pattern (`*`, `?`, `$`) or in the Automation language (`{`, `}`).
 */
const PLAIN_NAME = /^[!-#%-)+-9;->@-z|~]+$/;
const PLAIN_NAME_RULE = "printable ASCII without blanks, colons and the characters * ? $ { }";

/** `_YYYY-MM-DD_HH.MM.SS`, the longest that the runbook appends to the prefix. */
const LONGEST_SUFFIX = "_YYYY-MM-DD_HH.MM.SS".length;
/** AWS's limit for the name of a launch configuration. */
const LAUNCH_CONFIGURATION_NAME_MAX = 255;
export const PREFIX_MAX = LAUNCH_CONFIGURATION_NAME_MAX - LONGEST_SUFFIX;

const PARTITION = "aws[a-z-]*";
const ROLE_ARN = new RegExp(`^arn:${PARTITION}:iam::\\d{12}:role/([!-~]+/)?[\\w+=,.@-]{1,64}$`);
const POLICY_ARN = new RegExp(`^arn:${PARTITION}:iam::(\\d{12}|aws):policy/([!-~]+/)?[\\w+=,.@-]{1,128}$`);
const INSTANCE_PROFILE_ARN = new RegExp(`^arn:${PARTITION}:iam::\\d{12}:instance-profile/`);
/** AWS's own limit on the roles of one list parameter of a runbook is 50 values; nobody needs as many. */
const PROFILE_ROLES_MAX = 20;

/** The role's ARN is a parameter of the runbook, at most 512 characters: `arn:PARTITION:iam::ACCOUNT:role`, path, name. */
const ROLE_PATH_MAX = 400;

/** AWS allows 50 tags on a resource; the runbook adds its own to images and snapshots. */
const TAGS_MAX = 40;
/** What IAM allows in tags; EC2, Systems Manager and EventBridge allow at least this. */
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

function text(input: string, value: unknown, repair: string): string {
  if (value === undefined || value === null) {
    throw new InputError(`${input} is missing: give ${repair}.`);
  }
  if (typeof value !== "string") {
    throw new InputError(`${input} ${quoted(value)} is not a string: give ${repair}.`);
  }
  return value;
}

export function instanceId(value: unknown): string {
  const id = text("instanceId", value, "the id of the golden instance, such as i-0123456789abcdef0");
  if (!/^i-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id)) {
    throw new InputError(
      `instanceId ${quoted(id)} is not an EC2 instance id: it is "i-" and 8 or 17 lower-case hexadecimal digits, ` +
        `such as i-0123456789abcdef0; copy it from the EC2 console.`,
    );
  }
  return id;
}

export function autoScalingGroupName(value: unknown): string {
  const name = text("autoScalingGroupName", value, "the name of the Auto Scaling group");
  if (name.startsWith("arn:")) {
    throw new InputError(
      `autoScalingGroupName ${quoted(name)} is an ARN: give the group's name alone, the part behind "autoScalingGroupName/".`,
    );
  }
  if (!PLAIN_NAME.test(name) || name.length > 255) {
    throw new InputError(
      `autoScalingGroupName ${quoted(name)} cannot be used: it is 1 to 255 characters of ${PLAIN_NAME_RULE}; ` +
        `give the group's name as the EC2 console shows it, or choose a group whose name has none of these characters.`,
    );
  }
  return name;
}

export function prefix(value: unknown): string {
  const name = text("prefix", value, "what the names of the launch configurations begin with, such as web");
  if (!PLAIN_NAME.test(name) || name.length > PREFIX_MAX) {
    throw new InputError(
      `prefix ${quoted(name)} cannot be used: it is 1 to ${PREFIX_MAX} characters of ${PLAIN_NAME_RULE}, because ` +
        `launch configurations are named <prefix>_YYYY-MM-DD_HH.MM.SS; choose a shorter or simpler one, such as web.`,
    );
  }
  return name;
}

export function flag(input: string): (value: unknown) => boolean {
  return (value) => {
    if (typeof value !== "boolean") {
      throw new InputError(
        `${input} ${quoted(value)} is not a boolean: give true or false, without quotation marks.`,
      );
    }
    return value;
  };
}

/** A whole number from 1 to `most`. */
export function count(input: string, most: number): (value: unknown) => number {
  return (value) => {
    if (typeof value !== "number" || !Number.isInteger(value) || value < 1 || value > most) {
      throw new InputError(
        `${input} ${quoted(value)} cannot be used: it is a whole number from 1 to ${most}, because what the group launches ` +
          `is always kept; give such a number, without quotation marks.`,
      );
    }
    return value;
  };
}

export function launchConfigurationFrom(value: unknown): LaunchConfigurationFrom {
  const known = Object.values(LaunchConfigurationFrom);
  const found = known.find((one) => one === value);
  if (found === undefined) {
    throw new InputError(
      `launchConfigurationFrom ${quoted(value)} is not known: give ${known.map(quoted).join(" or ")}.`,
    );
  }
  return found;
}

export function permissionsBoundaryArn(value: unknown): string {
  const arn = text("permissionsBoundaryArn", value, "the ARN of a managed IAM policy, or leave it out");
  if (!POLICY_ARN.test(arn)) {
    throw new InputError(
      `permissionsBoundaryArn ${quoted(arn)} is not the ARN of a managed policy: it reads ` +
        `arn:<partition>:iam::<account>:policy/<name>; copy it from the IAM console, or leave it out.`,
    );
  }
  return arn;
}

/** Checks that ARNs are of the account that the component is deployed into; a role of another one cannot be passed. */
export function ofThisAccount(input: string): (value: unknown) => string[] {
  return (value) => {
    const { arns, place } = value as { arns: string[]; place: Place };
    const here = `arn:${place.partition}:iam::${place.accountId}:`;
    const foreign = arns.find((arn) => !arn.startsWith(here));
    if (foreign !== undefined) {
      throw new InputError(
        `${input} ${quoted(foreign)} is of another account or partition: what is passed to EC2 begins with ${here}; give the ` +
          `ARN of this account's role.`,
      );
    }
    return arns;
  };
}

export function rolePath(value: unknown): string {
  const path = text("rolePath", value, "a path such as /automation/, or leave it out");
  if (!/^\/([!-~]+\/)?$/.test(path) || path.includes("//") || path.length > ROLE_PATH_MAX) {
    throw new InputError(
      `rolePath ${quoted(path)} is not a path that can be used: it begins and ends with one slash, holds printable ASCII ` +
        `without blanks and is at most ${ROLE_PATH_MAX} characters, because AWS takes 512 for the role's ARN as a parameter ` +
        `of the runbook; choose one such as /automation/.`,
    );
  }
  if (/[*?${}]/.test(path)) {
    throw new InputError(
      `rolePath ${quoted(path)} holds one of * ? $ { }, which mean something in an IAM policy or in a runbook: choose a path ` +
        `of letters, digits and slashes, such as /automation/.`,
    );
  }
  return path;
}

export function launchTemplateIds(value: unknown): string[] {
  if (!Array.isArray(value)) {
    throw new InputError(
      `launchTemplateIds ${quoted(value)} is not a list: give a list of launch template ids, an empty one for a launch ` +
        `configuration, or leave it out.`,
    );
  }
  if (value.length > TEMPLATES_MAX) {
    throw new InputError(
      `launchTemplateIds has ${value.length} entries: at most ${TEMPLATES_MAX} are allowed; name only the templates that ` +
        `this group launches with.`,
    );
  }
  return sortedSet(value.map((id, index) => launchTemplateId(id, index)));
}

function launchTemplateId(value: unknown, index: number): string {
  const id = text(
    `launchTemplateIds[${index}]`,
    value,
    "the id of a launch template, such as lt-0123456789abcdef0",
  );
  if (!/^lt-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id)) {
    throw new InputError(
      `launchTemplateIds ${quoted(id)} is not the id of a launch template: it is "lt-" and 8 or 17 lower-case hexadecimal ` +
        `digits, such as lt-0123456789abcdef0; copy it from the EC2 console.`,
    );
  }
  return id;
}

export function instanceProfileRoleArns(value: unknown): string[] {
  if (!Array.isArray(value)) {
    throw new InputError(
      `instanceProfileRoleArns ${quoted(value)} is not a list: give a list of role ARNs, or leave it out.`,
    );
  }
  if (value.length > PROFILE_ROLES_MAX) {
    throw new InputError(
      `instanceProfileRoleArns has ${value.length} entries: at most ${PROFILE_ROLES_MAX} are allowed; name only the ` +
        `roles of the instance profiles that this group launches with.`,
    );
  }
  return sortedSet(value.map((arn, index) => instanceProfileRoleArn(arn, index)));
}

function instanceProfileRoleArn(value: unknown, index: number): string {
  const arn = text(`instanceProfileRoleArns[${index}]`, value, "the ARN of the role in the instance profile");
  if (INSTANCE_PROFILE_ARN.test(arn)) {
    throw new InputError(
      `instanceProfileRoleArns ${quoted(arn)} is the ARN of an instance profile: give the ARN of the role in it, ` +
        `arn:<partition>:iam::<account>:role/<name>.`,
    );
  }
  if (!ROLE_ARN.test(arn) || /[*?$]/.test(arn)) {
    throw new InputError(
      `instanceProfileRoleArns ${quoted(arn)} is not the ARN of a role: it reads ` +
        `arn:<partition>:iam::<account>:role/<name>, without wildcards; copy it from the IAM console.`,
    );
  }
  return arn;
}

export function tags(value: unknown): Record<string, string> {
  if (!isPlainMap(value)) {
    throw new InputError(
      `tags ${quoted(value)} is not a map: give tag keys with their values, or leave it out.`,
    );
  }
  const entries = Object.entries(value);
  if (entries.length > TAGS_MAX) {
    throw new InputError(
      `tags has ${entries.length} entries: at most ${TAGS_MAX} are allowed, because AWS allows 50 on an image and ` +
        `the runbook adds its own; leave some out.`,
    );
  }
  const seen = new Map<string, string>();
  for (const [key, tagValue] of entries) {
    tag(key, tagValue);
    const twin = seen.get(key.toLowerCase());
    if (twin !== undefined) {
      throw new InputError(
        `tags ${quoted(key)} and ${quoted(twin)} differ only in case, which IAM does not allow: leave one of them out.`,
      );
    }
    seen.set(key.toLowerCase(), key);
  }
  return Object.fromEntries(entries) as Record<string, string>;
}

/** A Map or a Date is an object too, and would lose what it holds in silence. */
function isPlainMap(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return false;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function tag(key: string, value: unknown): asserts value is string {
  if (/^(aws|ami-refresh):/i.test(key)) {
    throw new InputError(
      `tags ${quoted(key)} begins with a reserved name: keys beginning with "aws:" are AWS's and those beginning with ` +
        `"ami-refresh:" are the runbook's own; choose another key.`,
    );
  }
  if (key.length < 1 || key.length > 128 || !TAG_TEXT.test(key) || key.includes("=")) {
    throw new InputError(
      `tags ${quoted(key)} is not a tag key: it is 1 to 128 letters, digits, blanks and _ . : / + - @; choose another key.`,
    );
  }
  if (typeof value !== "string" || value.length > 256 || !TAG_TEXT.test(value)) {
    throw new InputError(
      `tags ${quoted(key)} has the value ${quoted(value)}: a tag's value is a string of at most 256 letters, digits, ` +
        `blanks and _ . : / = + - @; write numbers and booleans in quotation marks.`,
    );
  }
}
