import { InputError } from "../errors";
import { quote } from "../quote";

/** With the ARN in front of it AWS takes no more. */
const MOST = 1011;

/** Checks for the name of a parameter of this account. Source: Systems Manager API reference, PutParameter. */
export function checkParameterName(value: unknown): string {
  const isName = typeof value === "string" && value.length <= MOST && /^\/?[\w.-]+(\/[\w.-]+)*$/.test(value);
  if (!isName || /^\/?(aws|ssm)/i.test(value) || value.split("/").length > 16) {
    throw new InputError(
      `imageParameterName ${quote(value)} is no name of a parameter: it is 1 to ${MOST} letters, digits and _ . - in up to 15 ` +
        `levels behind slashes, and begins with neither "aws" nor "ssm"; give one such as "/web/ami", or leave it out.`,
    );
  }
  return value;
}
