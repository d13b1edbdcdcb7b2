import { InputError } from "../errors";
import { quote } from "../quote";
import { requireText } from "./text";

/** The role's ARN is a parameter of the runbook, at most 512 characters: `arn:PARTITION:iam::ACCOUNT:role`, path, name. */
const ROLE_PATH_MAX = 400;

export function checkRolePath(value: unknown): string {
  const path = requireText("rolePath", value, "a path such as /automation/, or leave it out");
  if (!/^\/([!-~]+\/)?$/.test(path) || path.includes("//") || path.length > ROLE_PATH_MAX) {
    throw new InputError(
      `rolePath ${quote(path)} is not a path that can be used: it begins and ends with one slash, holds printable ASCII ` +
        `without blanks and is at most ${ROLE_PATH_MAX} characters, because AWS takes 512 for the role's ARN as a parameter ` +
        `of the runbook; choose one such as /automation/.`,
    );
  }
  if (/[*?${}]/.test(path)) {
    throw new InputError(
      `rolePath ${quote(path)} holds one of * ? $ { }, which mean something in an IAM policy or in a runbook: choose a path ` +
        `of letters, digits and slashes, such as /automation/.`,
    );
  }
  return path;
}
