import { InputError } from "../errors";
import { quote } from "../quote";
import { requireText } from "./text";

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
const PREFIX_MAX = LAUNCH_CONFIGURATION_NAME_MAX - LONGEST_SUFFIX;

export function checkGroupName(value: unknown): string {
  const name = requireText("autoScalingGroupName", value, "the name of the Auto Scaling group");
  if (name.startsWith("arn:")) {
    throw new InputError(
      `autoScalingGroupName ${quote(name)} is an ARN: give the group's name alone, the part behind "autoScalingGroupName/".`,
    );
  }
  if (!PLAIN_NAME.test(name) || name.length > 255) {
    throw new InputError(
      `autoScalingGroupName ${quote(name)} cannot be used: it is 1 to 255 characters of ${PLAIN_NAME_RULE}; ` +
        `give the group's name as the EC2 console shows it, or choose a group whose name has none of these characters.`,
    );
  }
  return name;
}

export function checkPrefix(value: unknown): string {
  const name = requireText(
    "prefix",
    value,
    "what the names of the launch configurations begin with, such as web",
  );
  if (!PLAIN_NAME.test(name) || name.length > PREFIX_MAX) {
    throw new InputError(
      `prefix ${quote(name)} cannot be used: it is 1 to ${PREFIX_MAX} characters of ${PLAIN_NAME_RULE}, because ` +
        `launch configurations are named <prefix>_YYYY-MM-DD_HH.MM.SS; choose a shorter or simpler one, such as web.`,
    );
  }
  return name;
}
