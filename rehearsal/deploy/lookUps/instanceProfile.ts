import type { AccountState } from "../../account/state";
import type { Inputs } from "../messages";
import { NotFound } from "./failure";

/** aws.iam.getInstanceProfile. One without a role is found, and has none. */
export function getInstanceProfile({ iam }: AccountState, { name }: Inputs): Inputs {
  const profile = iam.instanceProfile(String(name));
  if (profile === undefined) {
    throw new NotFound(`reading IAM Instance Profile (${String(name)}): couldn't find resource`);
  }
  return {
    id: `AIPA${profile.name}`,
    arn: profile.arn,
    name: profile.name,
    path: "/",
    roleArn: profile.roleArn,
    roleId: profile.roleArn && "AROAREHEARSAL00000000",
    roleName: profile.roleArn.slice(profile.roleArn.lastIndexOf("/") + 1),
  };
}
