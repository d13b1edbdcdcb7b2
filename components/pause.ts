import * as iam from "@pulumi/aws/iam";
import { writePolicy } from "./permissions/policy";
import { Parts } from "./runbooks";
import { Runbook } from "./runbook";
import { Starts } from "./starts";

/**
 * Lets a roll-out switch its schedule off, so that the next run does not roll forward again what somebody has rolled back. A
 * policy of its own, because what it switches off is known later than all else that the role may do.
 */
export function letPause(
  { component, name, inputs }: Parts,
  rollOut: Runbook,
  starts: Starts,
): iam.RolePolicy {
  return new iam.RolePolicy(
    `${name}-roll-out-pause-policy`,
    {
      name: inputs.names.pausePolicy,
      role: rollOut.roleName,
      policy: starts.pauseStatements.apply((statements) =>
        writePolicy("roll-out", "the schedule", statements),
      ),
    },
    { parent: component },
  );
}
