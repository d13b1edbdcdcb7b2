import type { Principal } from "./iam";
import type { AccessRequest, Decision } from "./policy";

/** What AWS says to someone who may not. Actions that have no resource level name no resource. */
export function notAuthorized(
  principal: Principal,
  { action, resource }: AccessRequest,
  decision: Decision,
): string {
  const where = resource === "*" ? "" : ` on resource: ${resource}`;
  const why =
    decision === "explicitDeny"
      ? "with an explicit deny in an identity-based policy"
      : `because no identity-based policy allows the ${action} action`;
  return `User: ${principal.arn} is not authorized to perform: ${action}${where} ${why}`;
}
