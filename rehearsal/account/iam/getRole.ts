import type { Iam } from "../iam";
import { AwsError } from "../errors";
import { operation } from "../operation";
import { string, structure } from "../parameters";

const api = "GetRole";

export const getRole = operation<{ RoleName: string }>({
  api,
  input: structure({ RoleName: string({ min: 1, max: 64, pattern: /^[\w+=,.@-]+$/ }) }, ["RoleName"]),
  // IAM authorises on the role's whole ARN, path included.
  demands: ({ place, iam }, { RoleName: name }) => [
    {
      action: `iam:${api}`,
      resource: iam.role(name)?.arn ?? `arn:${place.partition}:iam::${place.accountId}:role/${name}`,
      context: {},
    },
  ],
  perform: ({ iam }: { iam: Iam }, { RoleName: roleName }) => {
    const role = iam.role(roleName);
    if (role === undefined) {
      throw new AwsError("NoSuchEntity", `The role with name ${roleName} cannot be found.`, 404);
    }
    return { Role: { RoleName: role.name, Arn: role.arn, CreateDate: role.madeAt } };
  },
});
