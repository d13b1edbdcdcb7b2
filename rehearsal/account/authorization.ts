import type { Place } from "./api";
import type { Principal } from "./iam";
import type { Demand } from "./operation";
import { type Decision, evaluate } from "./policy";

/** What somebody's policies say to one demand of a call, with all that IAM knows about it. */
export function decide(place: Place, { policies }: Principal, demand: Demand): Decision {
  return evaluate(policies, { ...demand, context: { ...globalContext(place, demand), ...demand.context } });
}

/** The condition keys that IAM knows at every call. */
function globalContext({ region, accountId }: Place, { action }: Demand): Demand["context"] {
  return {
    "aws:RequestedRegion": region,
    "aws:PrincipalAccount": accountId,
    "aws:SecureTransport": true,
    ...(action.startsWith("ec2:") ? { "ec2:Region": region } : {}),
  };
}
