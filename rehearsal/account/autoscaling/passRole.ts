import type { Demand } from "../operation";

/** Whoever lets a group launch with an instance profile gives its role to every instance. Nothing where there is none. */
export function demandsToPass(roleArn: string | undefined): Demand[] {
  const context = { "iam:PassedToService": "ec2.amazonaws.com" };
  return roleArn === undefined ? [] : [{ action: "iam:PassRole", resource: roleArn, context }];
}
