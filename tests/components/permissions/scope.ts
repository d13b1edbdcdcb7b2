import type { Statement } from "../../../components/permissions/policy";
import type { Scope } from "../../../components/permissions/scope";
import { TOKYO } from "../../mocks";
import { CONFIGURATION } from "../launch/facts";

/** For tests of what the roles may do. */
export const SCOPE: Scope = {
  ...TOKYO,
  instanceId: "i-0123456789abcdef0",
  autoScalingGroupName: "web-group",
  prefix: "web",
  launchConfigurationFrom: "instance",
  launch: CONFIGURATION,
};

/** As IAM takes them. */
export function policyOf(statements: Statement[]) {
  return { Version: "2012-10-17" as const, Statement: statements };
}
